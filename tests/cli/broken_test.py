"""tests/broken: one minimal pack per fault, and beside each what `placement check` says about it.

PLACEMENT_UPDATE_GOLDEN=1 rewrites the .txt files; the difference is then reviewed like code.
"""

import json
import os
import subprocess
import unittest

from harness import DONE, FINDINGS, PROGRAM, ROOT, UNREADABLE

BROKEN = ROOT / "tests/broken"
PACKS = sorted(BROKEN.glob("*.json"))
SEVERITIES = ["information", "warning", "error"]


def check(path, *options):
    return subprocess.run([PROGRAM, "check", path.name, *options], cwd=BROKEN, capture_output=True, text=True,
                          check=False, timeout=60)


class Broken(unittest.TestCase):
    def test_packs_are_told_what_is_wrong(self):
        self.assertGreater(len(PACKS), 50)
        for path in PACKS:
            with self.subTest(path.stem):
                run = check(path)
                told = f"{run.stdout}{run.stderr}exit {run.returncode}\n"
                expected = path.with_suffix(".txt")
                if os.environ.get("PLACEMENT_UPDATE_GOLDEN") == "1":
                    expected.write_text(told)
                self.assertEqual(told, expected.read_text())

    def test_what_the_reader_refuses_is_unreadable_and_nothing_else(self):
        for path in PACKS:
            with self.subTest(path.stem):
                self.assertEqual(check(path).returncode == UNREADABLE, path.stem.startswith("read-"))

    def test_exit_code_follows_the_severity_asked_for(self):
        for path in PACKS:
            if path.stem.startswith("read-"):
                continue
            with self.subTest(path.stem):
                found = json.loads(check(path, "--format", "json").stdout)["findings"]
                worst = max((SEVERITIES.index(f["severity"]) for f in found if f["severity"] != "none"), default=-1)
                for i, severity in enumerate(SEVERITIES):
                    self.assertEqual(check(path, "--fail-on", severity).returncode,
                                     FINDINGS if worst >= i else DONE, severity)

    def test_there_is_a_pack_for_every_kind_of_finding(self):
        kinds, shown = set(), set()
        for path in PACKS:
            if path.stem.startswith("read-"):
                continue
            run = json.loads(check(path, "--format", "sarif").stdout)["runs"][0]
            kinds = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
            shown |= {result["ruleId"] for result in run["results"] if result["kind"] == "fail"}
        self.assertEqual(kinds - shown, {"untested"})  # that one needs cases


if __name__ == "__main__":
    unittest.main()
