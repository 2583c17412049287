"""`placement mapping` from outside: names, words, the file itself, and faults of a file."""

import json
import unittest

from harness import ROOT, CliTest, small_mapping


class Mapping(CliTest):
    def test_lists_what_the_library_carries(self):
        names = sorted(path.stem for path in (ROOT / "rules/mappings").glob("*.json"))
        self.assertEqual([line.split(":")[0] for line in self.done("mapping").splitlines()], names)

    def test_says_what_a_mapping_answers_and_loses(self):
        text = self.done("mapping", "teds-a")
        mapping = json.loads((ROOT / "rules/mappings/teds-a.json").read_text())
        self.assertRegex(text, r"\Ateds-a \d+\.\d+\.\d+: TEDS-A")
        for field in mapping["answers"]:
            self.assertIn(f"\n  {field}: from ", text)
        words = " ".join(text.split())
        for loss in [*mapping["loses"], *mapping["sources"], *(a["note"] for a in mapping["answers"].values())]:
            self.assertIn(loss, words)

    def test_writes_the_file_byte_for_byte(self):
        path = ROOT / "rules/mappings/ctn0094.json"
        self.assertEqual(self.done("mapping", "ctn0094", "--format", "json"), path.read_text())
        self.assertEqual(self.done("mapping", path), self.done("mapping", "ctn0094"))

    def test_reports_every_fault_of_a_file(self):
        path = self.file({**small_mapping(), "id": "Big", "colums": [], "row_id": "sex"})
        self.assertEqual(self.refused("mapping", path), [
            f"placement: {path}: /id: expected an id: a small letter, then small letters, digits, _ or -, at most 40",
            f"placement: {path}: /row_id: expected a column that has a text: this one has codes",
            f"placement: {path}: /columns/0: nothing is made of the column `no`",
            f"placement: {path}: /colums: unknown key `colums`; did you mean `columns`?"])
        self.refused("mapping", self.folder / "teds-b")


if __name__ == "__main__":
    unittest.main()
