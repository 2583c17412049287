"""placement test: cases that pass, fail and cannot be read; coverage; the JUnit report."""

import json
import unittest
import xml.etree.ElementTree as ElementTree

from harness import CASES, FINDINGS, PACK, USAGE, CliTest, small_pack

HEALTHY = {"age_years": 40, "oud_diagnosis": "none", "overdose_signs_now": False, "fluid_loss": "none", "cows_score": 0}
UNWELL = HEALTHY | {"oud_diagnosis": "severe", "oud_history": True, "fluid_loss": "severe"}
GOOD = [
    {"note": "nothing is wrong", "assessment": HEALTHY,
     "want": {"status": "decided", "possible": ["home"], "determining_rules": [], "no": ["is_unwell"], "alerts": []}},
    {"note": "dehydrated", "assessment": UNWELL,
     "want": {"status": "decided", "possible": ["ward"], "determining_rules": ["is_unwell"],
              "capabilities": ["nursing"],
              "offers": ["naloxone"], "holds": ["is_unwell"], "feasible": None, "disposition": "admit"},
     "request": {"available": [{"level": "home", "capabilities": ["nursing"]}]}},
    {"note": "nobody knows", "assessment": {}, "want": {"status": "undecided", "possible": ["home", "ward"]}},
]


class CasesTest(CliTest):
    def setUp(self):
        super().setUp()
        self.pack = self.file(small_pack(), "pack.json")

    def run_cases(self, cases, *options, code=0):
        lines = "\n".join(case if isinstance(case, str) else json.dumps(case) for case in cases)
        return self.done("test", self.pack, "-", *options, stdin=lines, code=code)


class Cases(CasesTest):
    def failure(self, case, **want):
        """What is said of the one case that fails."""
        return self.run_cases([case | {"want": want}], code=FINDINGS).splitlines()

    def test_that_pass(self):
        text = self.run_cases(GOOD)
        self.assertEqual(text.splitlines()[-1], "3 passed, 0 failed")
        path = self.file("\n".join(map(json.dumps, GOOD)) + "\n", "cases.jsonl")
        self.assertEqual(self.done("test", self.pack, path), text)

    def test_of_the_shipped_pack_pass(self):
        self.assertRegex(self.done("test", PACK, CASES).splitlines()[-1], r"\A\d{2,} passed, 0 failed\Z")

    def test_that_fail_say_where_and_how(self):
        text = self.run_cases(["", GOOD[0], GOOD[2] | {"note": "wrong",
                                                       "want": {"status": "decided", "possible": ["ward"]}}],
                              code=FINDINGS)
        self.assertEqual(text.splitlines()[:3], ["line 3: wrong", "  status: wanted decided, got undecided",
                                                 "  possible: wanted [ward], got [home, ward]"])
        self.assertEqual(text.splitlines()[-1], "1 passed, 1 failed")

    def test_may_want_anything_the_docs_say(self):
        for want, difference in (({"determining_rules": ["is_child"]},
                                  "determining_rules: wanted [is_child], got [is_unwell]"),
                                 ({"alerts": ["overdose"]}, "alerts: wanted [overdose], got []"),
                                 ({"capabilities": []}, "capabilities: wanted [], got [nursing]"),
                                 ({"holds": ["is_child"]}, "rule is_child: wanted holds, got no"),
                                 ({"no": ["is_unwell"]}, "rule is_unwell: wanted no, got holds"),
                                 ({"disposition": "continue"}, "disposition: wanted continue, got admit"),
                                 ({"feasible": "ward"}, "feasible: wanted ward, got null"),
                                 ({"holds": ["nothing"]}, "the pack has no rule nothing"),
                                 ({"offers": ["nothing"]}, "offers: the pack has no service nothing")):
            with self.subTest(want):
                self.assertEqual(self.failure(GOOD[1], **want)[1], "  " + difference)

    def test_may_want_no_level_to_be_feasible(self):
        case = GOOD[0] | {"request": {"available": [{"level": "home"}]}}
        self.run_cases([case | {"want": {"feasible": "home"}}])
        self.assertEqual(self.failure(case, feasible=None)[1], "  feasible: wanted null, got home")

    def test_that_cannot_be_read_are_told_by_line(self):
        lines = self.refused("test", self.pack, "-", stdin="\n".join([
            json.dumps(GOOD[0]), '{"note": ', "[]", '{"note": "x", "assessment": {"age_years": 400}, "want": {}}',
            '{"note": "x", "assessment": {}, "want": {"stats": "decided"}}', '{"assessment": {}, "want": {}}',
            '{"note": "x", "assessment": {}, "want": {}, "request": {"surplus": 1}}',
            '{"note": "x", "assessment": {}}']))
        for number, words in ((2, "JSON"), (3, "object"), (4, "/assessment/age_years: above range"),
                              (5, "did you mean `status`"),
                              (6, "`note` is missing"), (7, "/request/surplus: unknown key"), (8, "`want` is missing")):
            found = [line for line in lines if f"line {number}" in line]
            self.assertEqual(len(found), 1, (number, lines))
            self.assertIn(words, found[0])

    def test_whose_request_does_not_fit_the_pack_fail(self):
        text = self.failure(GOOD[0] | {"request": {"current_level": "nowhere"}}, status="decided")
        self.assertIn("/request/current_level", " ".join(text))


class Coverage(CasesTest):
    def test_is_counted(self):
        text = self.run_cases(GOOD)
        for line in ("rules that hold in one case and just miss in another: 1 of 7", "statuses reached: 2 of 5",
                     "dispositions reached: 2 of 7", "levels decided: 2 of 2", "moves walked: 2 of 2",
                     "services offered: 1 of 1", "services advised against: 1 of 1", "capabilities required: 1 of 1",
                     "some things are untested (--list-untested names them)"):
            self.assertIn(line + "\n", text)
        self.assertRegex(text, r"thresholds with a case on both sides: \d+ of \d+\n")

    def test_lists_what_is_untested(self):
        text = self.run_cases(GOOD, "--list-untested")
        for line in ("untested:", "  rule is_child holds in no case", "  rule is_child has no near miss",
                     "  status emergency", "  status inconsistent", "  disposition transfer",
                     "  status out_of_scope", "  threshold cows_score 13: no case on either side"):
            self.assertIn(line + "\n", text)
        self.assertNotIn("--list-untested", text)
        alone = self.run_cases([GOOD[0]], "--list-untested")
        for line in ("  level ward", "  move step_up home to ward", "  offer naloxone", "  capability nursing"):
            self.assertIn(line + "\n", alone)

    def test_can_be_required(self):
        self.run_cases(GOOD, "--require-complete", code=FINDINGS)

    def test_names_the_cases_of_each_rule(self):
        lines = self.run_cases(GOOD, "--by-rule").splitlines()
        self.assertEqual(lines[:2], ["is_child: holds in; near miss in", "is_unwell: holds in 2; near miss in"])


class JUnit(CasesTest):
    def test_report_is_well_formed_and_complete(self):
        path = self.folder / "report.xml"
        note = "weird <note> & \"quotes\" 'single' ]]> é"
        self.run_cases([GOOD[0], GOOD[2] | {"note": note, "want": {"status": "decided"}}], "--junit", path,
                       code=FINDINGS)
        suite = ElementTree.parse(path).getroot()
        self.assertEqual((suite.tag, suite.get("tests"), suite.get("failures")), ("testsuite", "2", "1"))
        good, bad = suite.findall("testcase")
        self.assertEqual((good.get("classname"), good.get("name"), good.find("failure")),
                         ("line 1", "nothing is wrong", None))
        self.assertEqual(bad.get("name"), note)
        self.assertEqual(bad.find("failure").get("message"), "status: wanted decided, got undecided")

    def test_report_that_cannot_be_written_is_told(self):
        lines = self.refused("test", self.pack, "-", "--junit", self.folder / "absent" / "x.xml",
                             stdin=json.dumps(GOOD[0]),
                             code=USAGE)
        self.assertIn("--junit", lines[0])


if __name__ == "__main__":
    unittest.main()
