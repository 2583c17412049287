"""Every header of ours compiles alone: public ones, and private ones without a .cpp of their name, are tried here, twice
in one file; the rest are tried whenever each file is compiled alone, since x.cpp includes x.hpp before anything else
(docs/decisions/faster-builds.md)."""

import os
import subprocess
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(os.environ.get("PLACEMENT_SOURCE_DIR", Path(__file__).resolve().parents[2]))
COMPILER = os.environ.get("PLACEMENT_CXX", "c++")
FLAGS = ["-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Wconversion", "-Werror"]


def complaint(header, folders):
    text = f'#include "{header}"\n#include "{header}"\n'
    command = [COMPILER, *FLAGS, *(f"-I{ROOT / folder}" for folder in folders), "-x", "c++", "-"]
    run = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    return "" if run.returncode == 0 else f"{header}:\n{run.stderr[:2000]}"


class Headers(unittest.TestCase):
    def check(self, headers, folders):
        with ThreadPoolExecutor(2) as pool:
            found = [c for c in pool.map(lambda h: complaint(h, folders), headers) if c]
        if found:
            self.fail("\n" + "\n".join(found))

    def test_public_headers_compile_alone(self):
        headers = sorted(p.relative_to(ROOT / "include").as_posix() for p in (ROOT / "include").rglob("*.hpp"))
        self.assertTrue(headers)
        self.check(headers, ["include"])

    def test_private_headers_compile_alone(self):
        untried, found = [], []
        for path in sorted((ROOT / "src").rglob("*.hpp")):
            header = path.relative_to(ROOT / "src").as_posix()
            source = path.with_suffix(".cpp")
            if not source.exists():
                untried.append(header)
            elif not source.read_text().split("#include", 1)[1].startswith(f' "{header}"'):
                found.append(f"src/{header}: its .cpp must include it first")
        if found:
            self.fail("\n" + "\n".join(found))
        self.check(untried, ["include", "src"])


if __name__ == "__main__":
    unittest.main()
