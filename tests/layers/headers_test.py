"""Every header of ours compiles alone and twice, as strictly as the build; public ones from include/ only."""

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
    def check(self, folder, folders):
        headers = sorted(p.relative_to(ROOT / folder).as_posix() for p in (ROOT / folder).rglob("*.hpp"))
        self.assertTrue(headers)
        with ThreadPoolExecutor(2) as pool:
            found = [c for c in pool.map(lambda h: complaint(h, folders), headers) if c]
        self.assertEqual([], found, "\n" + "\n".join(found))

    def test_public_headers_compile_alone(self):
        self.check("include", ["include"])

    def test_private_headers_compile_alone(self):
        self.check("src", ["include", "src"])


if __name__ == "__main__":
    unittest.main()
