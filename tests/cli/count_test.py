"""`placement count` from outside: what it prints, what it refuses."""
import json
import unittest
from fractions import Fraction

from harness import ROOT, USAGE, CliTest, placement, small_pack


class Count(CliTest):
    def counts(self, *arguments):
        return json.loads(self.done("count", *arguments, "--format", "json"))

    def test_levels_and_out_of_scope_add_up_to_all_consistent_assessments(self):
        counts = self.counts()
        parts = [*counts["levels"].values(), counts["out_of_scope"]]
        self.assertEqual(sum(int(p["count"]) for p in parts), int(counts["consistent"]["count"]))
        self.assertEqual(sum(Fraction(int(p["share"]["over"]), int(p["share"]["under"])) for p in parts), 1)
        self.assertGreater(int(counts["consistent"]["count"]), 2**150)

    def test_given_a_condition_only_those_count(self):
        whole, part = self.counts(), self.counts("--given", "pregnant")
        rest = self.counts("--given", "not(pregnant)")
        self.assertEqual(part["given"], "pregnant")
        for level in whole["levels"]:
            self.assertEqual(int(whole["levels"][level]["count"]),
                             int(part["levels"][level]["count"]) + int(rest["levels"][level]["count"]))

    def test_text_and_markdown_show_levels_and_rules(self):
        pack = self.file(small_pack(), "pack.json")
        for form in ("text", "markdown"):
            text = self.done("count", pack, "--format", form).replace("\\_", "_")
            for word in ("out of scope", "decides alone", *(rule["id"] for rule in small_pack()["rules"]
                                                             if rule["kind"] != "continue")):
                self.assertIn(word, text)

    def test_refuses_a_condition_that_cannot_be_read_and_one_nobody_fulfils(self):
        for condition, why in (("pregnent", "`pregnant`"), ("pregnant and not(pregnant)", "no consistent assessment")):
            run = placement("count", "--given", condition)
            self.assertEqual((run.returncode, run.stdout), (USAGE, ""))
            self.assertIn(why, run.stderr)
            self.assertEqual(run.stderr.count("\n"), 1)


class Diff(CliTest):
    OTHER = ROOT / "rules" / "opioid-other-thresholds.json"
    FIRST = ROOT / "rules" / "opioid.json"

    def test_a_pack_does_not_differ_from_itself(self):
        result = json.loads(self.done("diff", self.FIRST, self.FIRST, "--format", "json"))
        self.assertEqual((result["moved"]["count"], result["regions"], result["items"]), ("0", [], []))
        self.assertIn("nobody", self.done("diff", self.FIRST, self.FIRST))

    def test_examples_of_regions_are_answered_otherwise(self):
        result = json.loads(self.done("diff", self.FIRST, self.OTHER, "--format", "json"))
        self.assertGreaterEqual(len(result["regions"]), 3)
        for region in result["regions"][:3]:
            person = self.file(region["example"])
            levels = [json.loads(self.done("recommend", person, "--pack", pack, "--format", "json"))["possible"]
                      for pack in (self.FIRST, self.OTHER)]
            self.assertEqual(levels, [[region["moves"][0]["from"]], [region["moves"][0]["to"]]])

    def test_a_cohort_is_compared_row_by_row_and_bad_rows_are_told(self):
        canary = "KANARIE"
        rows = (ROOT / "examples" / "people.ndjson").read_text() + '{"housing": "%s"}\n' % canary
        file = self.file(rows.encode(), "people.ndjson")
        run = placement("diff", self.FIRST, self.OTHER, "--cohort", file, "--format", "json")
        result = json.loads(run.stdout)
        self.assertEqual(run.returncode, 3)
        self.assertEqual(result["rows"], rows.count("\n") - 1)
        self.assertIn(f"line {rows.count(chr(10))}", run.stderr)
        self.assertNotIn(canary, run.stderr)
        self.assertEqual(sum(m["rows"] for m in result["moves"]), result["rows"] - result["refused"])

    def test_every_format_names_what_changes(self):
        for form in ("text", "markdown"):
            text = self.done("diff", self.FIRST, self.OTHER, "--format", form)
            for word in ("alcohol_many_risks", "elsewhere", "naltrexone"):
                self.assertIn(word, text.replace("\\_", "_"))


if __name__ == "__main__":
    unittest.main()
