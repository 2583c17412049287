"""placement explain: the answer first, then what was asked, in sentences or as JSON."""

import json
import unittest

from harness import EXAMPLES, USAGE, CliTest, example, placement


class Explain(CliTest):
    def explained(self, name, *options):
        return json.loads(self.done("explain", EXAMPLES / f"{name}.json", "--format", "json", *options))

    def test_without_a_question_says_why_and_what_would_lower_and_raise_the_level(self):
        text = self.done("explain", EXAMPLES / "moderate-oud-working.json")
        for heading in ("WHY", "WHAT WOULD LOWER IT", "WHAT WOULD RAISE IT"):
            self.assertIn(f"\n{heading}\n", text)
        result = self.explained("moderate-oud-working")
        self.assertTrue(result["down"] and result["up"] and result["reason"])
        self.assertEqual((result["to"], result["why_not"], result["rules"]), (None, None, []))

    def test_changes_lead_where_they_say(self):
        answers, request = example("moderate-oud-working")
        result = self.explained("moderate-oud-working")
        found = [c for c in result["down"] + result["up"] if c["outcome"] == "found"]
        self.assertTrue(found)
        for change in found:
            changed = answers | {c["field"]: c["to"] for c in change["changes"]}
            self.assertEqual(self.result(changed, request=request)["possible"], [change["level"]])

    def test_to_the_level_that_is_indicated_changes_nothing(self):
        indicated = self.explained("moderate-oud-working")["indicated"]
        change = self.explained("moderate-oud-working", "--to", indicated)["to"]
        self.assertEqual((change["outcome"], change["changes"], change["steps"]), ("is_so", [], 0))

    def test_rules_are_explained_in_the_order_asked(self):
        rules = self.explained("homeless-severe-oud", "--rule", "use_after_iop", "--rule", "no_coping")["rules"]
        self.assertEqual([rule["id"] for rule in rules], ["use_after_iop", "no_coping"])
        for rule in rules:
            self.assertEqual(rule["condition"]["kind"], "all_of")
            self.assertNotEqual(bool(rule["reason"]), bool(rule["waits_for"]))

    def test_why_not_says_too_low_and_too_high(self):
        relations = [self.explained("moderate-oud-working", "--why-not", level)["why_not"]["relation"]
                     for level in ("aftercare", "detox")]
        self.assertEqual(relations, ["too_low", "too_high"])

    def test_current_level_bears_on_the_answer(self):
        answers, request = example("continued-stay-iop")
        self.assertIn("current_level", request)
        command = ("explain", "-", "--format", "json", "--rule", "worse_no_step_down")
        states = [json.loads(self.done(*command, *options, stdin=answers))["rules"][0]["state"]
                  for options in ([], ["--current-level", "iop"])]
        self.assertEqual(states[0], "not_evaluated")
        self.assertNotEqual(states[1], "not_evaluated")

    def test_unknown_names_are_wrong_usage_with_the_nearest_name(self):
        for options, said in ((["--rule", "no_copping"], "--rule: the pack has no such rule; did you mean `no_coping`?"),
                              (["--why-not", "iopp"], "--why-not: the pack has no such level; did you mean `iop`?"),
                              (["--to", "outpatent"], "--to: the pack has no such level; did you mean `outpatient`?")):
            lines = self.refused("explain", "-", *options, stdin={}, code=USAGE)
            self.assertEqual(len(lines), 1)
            self.assertIn(said, lines[0])
        self.assertEqual(len(self.refused("explain", "-", "--rule", "a", "--to", "b", stdin={}, code=USAGE)), 2)

    def test_no_level_of_a_contradiction_is_explained_away(self):
        result = self.explained("contradiction", "--to", "outpatient", "--why-not", "iop")
        self.assertEqual((result["to"]["outcome"], result["why_not"]["relation"]), ("no_level", "no_level"))

    def test_every_example_has_a_short_text(self):
        for path in sorted(EXAMPLES.glob("*.json")):
            lines = self.done("explain", path).splitlines()
            self.assertLessEqual(len(lines), 40, path)
            self.assertTrue(all(len(line) <= 100 for line in lines), path)

    def test_same_input_gives_the_same_bytes(self):
        options = ("explain", EXAMPLES / "first-contact.json", "--why-not", "iop", "--to", "php", "--rule", "no_coping")
        self.assertEqual(placement(*options).stdout, placement(*options).stdout)


if __name__ == "__main__":
    unittest.main()
