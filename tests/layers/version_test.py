"""The version has one place, include/placement/version.hpp; files that other tools read repeat it and follow."""

import json
import os
import re
import unittest
from pathlib import Path

ROOT = Path(os.environ.get("PLACEMENT_SOURCE_DIR", Path(__file__).resolve().parents[2]))


def found_packages():
    """Names that the build looks for, tests and benchmarks aside."""
    return set(re.findall(r"(?m)^ *find_package\((\w+)", (ROOT / "CMakeLists.txt").read_text()))


class Version(unittest.TestCase):
    def test_vcpkg_has_the_version_and_the_packages_that_the_build_looks_for(self):
        manifest = json.loads((ROOT / "vcpkg.json").read_text())
        header = (ROOT / "include/placement/version.hpp").read_text()
        self.assertEqual(manifest["version-semver"], re.search(r'kVersion = "([^"]+)"', header)[1])
        names = {"Boost": "boost-graph", "nlohmann_json": "nlohmann-json", "OpenSSL": "openssl", "hwy": "highway",
                 "TBB": "tbb", "simdjson": "simdjson", "CLI11": "cli11", "spdlog": "spdlog"}
        self.assertEqual(found_packages(), set(names))
        self.assertLessEqual(set(names.values()), set(manifest["dependencies"]))

    def test_conan_asks_for_the_packages_that_the_build_looks_for(self):
        recipe = (ROOT / "conanfile.py").read_text()
        asked = {name.replace("_", "-") for name in re.findall(r'requires\("([a-z0-9_]+)/', recipe)}
        self.assertEqual(asked, {"boost", "nlohmann-json", "openssl", "highway", "onetbb", "simdjson", "cli11", "spdlog"})
        self.assertEqual(len(asked), len(found_packages()))


if __name__ == "__main__":
    unittest.main()
