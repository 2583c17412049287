"""Bad input to placement recommend: a line for each fault with its place, exit code 3, nothing on standard output."""

import json
import unittest

from harness import EXAMPLES, CliTest, example, placement


class Faults(CliTest):
    def fault(self, answers, place, *words):
        """The one line that the answers earn."""
        lines = self.refused("recommend", "-", stdin=answers)
        self.assertEqual(len(lines), 1, lines)
        self.assertTrue(lines[0].startswith(f"placement: standard input: {place}: "), lines)
        for word in words:
            self.assertIn(word, lines[0])

    def test_of_numbers(self):
        self.fault({"age_years": 121}, "/age_years", "above range", "0 to 120")
        self.fault({"age_years": -1}, "/age_years", "below range", "0 to 120")
        self.fault({"age_years": 10**30}, "/age_years")
        self.fault({"age_years": -10**30}, "/age_years")
        self.fault({"age_years": 2**63}, "/age_years", "above range")
        self.fault({"age_years": 27.5}, "/age_years", "wrong type", "whole number")
        self.fault({"age_years": "27"}, "/age_years", "wrong type", "whole number")
        self.fault({"age_years": True}, "/age_years", "wrong type", "whole number")
        self.fault({"age_years": [27]}, "/age_years", "wrong type")

    def test_of_flags(self):
        for value in ("true", "yes", 1, 0, [], "pregnant"):
            self.fault({"pregnant": value}, "/pregnant", "wrong type", "true or false")

    def test_of_names(self):
        self.fault({"housing": "tent"}, "/housing", "not an allowed name", "stable", "unsheltered")
        self.fault({"housing": "Stable"}, "/housing", "not an allowed name")
        self.fault({"housing": ""}, "/housing", "not an allowed name")
        self.fault({"housing": 3}, "/housing", "wrong type", "expected one of stable")

    def test_of_keys(self):
        self.fault({"age_year": 27}, "/age_year", "unknown key `age_year`", "did you mean `age_years`?")
        self.fault({"zzz": 27}, "/zzz", "unknown key `zzz`")
        self.fault({"request": {}}, "/request", "unknown key `request`")
        self.fault('{"age_years": 27, "age_years": 27}', "/age_years", "stands twice")
        self.fault('{"age_years": 27, "age_years": null}', "/age_years", "stands twice")

    def test_of_ranges_and_sets(self):
        self.fault({"cows_score": {}}, "/cows_score", "empty")
        self.fault({"cows_score": {"from": 9, "to": 8}}, "/cows_score", "`from` is above `to`")
        self.fault({"cows_score": {"from": None}}, "/cows_score/from", "wrong type")
        self.fault({"cows_score": {"to": 49}}, "/cows_score/to", "above range")
        self.fault({"cows_score": {"from": 3, "any_of": [3]}}, "/cows_score", "`any_of` stands alone")
        self.fault({"cows_score": {"any_of": []}}, "/cows_score/any_of", "at least one")
        self.fault({"cows_score": {"any_of": 3}}, "/cows_score/any_of", "list")
        self.fault({"cows_score": {"any_of": [3, 50]}}, "/cows_score/any_of/1", "above range")
        self.fault({"cows_score": {"between": 3}}, "/cows_score/between", "unknown key", "`from`, `to` or `any_of`")
        self.fault({"suicide_risk": {"from": "moderate", "to": "low"}}, "/suicide_risk", "empty range")
        self.fault({"opioid_kind": {"from": "fentanyl"}}, "/opioid_kind/from", "unknown key", "`any_of`")
        self.fault({"pregnant": {"to": True}}, "/pregnant/to", "unknown key")

    def test_of_envelopes(self):
        self.fault({"assessment": None}, "/assessment", "wrong type")
        self.fault({"assessment": []}, "/assessment", "wrong type")
        self.fault({"assessment": {"age_years": 121}}, "/assessment/age_years", "above range")
        self.fault({"assessment": {}, "requests": {}}, "/requests", "unknown key", "did you mean `request`?")
        self.fault({"assessment": {}, "note": ""}, "/note", "not empty")
        for request, place, word in (([], "", "an object"), ({"asof": "2026-01-01"}, "/asof", "did you mean `as_of`?"),
                                     ({"id": 7}, "/id", "wrong type"),
                                     ({"undecided": "maybe"}, "/undecided", "highest"),
                                     ({"asked": ["phq9_scor"]}, "/asked/0", "phq9_score"),
                                     ({"asked": "phq9_score"}, "/asked", "list"),
                                     ({"available": {}}, "/available", "list"),
                                     ({"available": [{}]}, "/available/0", "`level`"),
                                     ({"handled": [{}]}, "/handled/0", "`alert`"),
                                     ({"handled": [7]}, "/handled/0", "object"),
                                     ({"placed": "iop"}, "/placed", "object"), ({"placed": {}}, "/placed", "`level`"),
                                     ({"current_level": "nowhere"}, "/current_level", "iop"),
                                     ({"as_of": "2026-02-30"}, "/as_of", "date")):
            with self.subTest(request):
                self.fault({"assessment": {}, "request": request}, "/request" + place, word)

    def test_are_all_told_at_once(self):
        answers = {"age_years": 130, "agee": 1, "housing": "tent", "pregnant": "yes", "cows_score": {"to": -1},
                   "suicide_risk": {"any_of": ["none", "unheard_of"]}}
        lines = self.refused("recommend", "-", stdin={"assessment": answers,
                                                      "request": {"asked": ["agee"], "surplus": 1}})
        self.assertEqual(len(lines), 8)
        for place in ("/assessment/age_years", "/assessment/agee", "/assessment/housing", "/assessment/pregnant",
                      "/assessment/cows_score/to", "/assessment/suicide_risk/any_of/1", "/request/asked/0",
                      "/request/surplus"):
            self.assertEqual(sum(f" {place}: " in line for line in lines), 1, place)

    def test_name_the_file(self):
        path = self.file({"age_years": 130})
        self.assertEqual(self.refused("recommend", path)[0].split(": ")[:3], ["placement", str(path), "/age_years"])


class Text(CliTest):
    def refusal(self, text):
        lines = self.refused("recommend", "-", stdin=text)
        self.assertEqual(len(lines), 1, lines)
        return lines[0]

    def test_that_is_not_json_is_told_with_line_and_column(self):
        self.assertIn("line 2, column 16", self.refusal('{\n  "age_years": ]\n}'))
        for text in ("{", "}", "nonsense", '{"age_years": 27,}', "{'age_years': 27}", '{"age_years": NaN}',
                     '{"age_years": 027}', '{} {}', '{}x', '{"age_years": 27 // note\n}', '{"age_years"}',
                     '{"a": "\n"}'):
            with self.subTest(text):
                self.assertIn(": line ", self.refusal(text))

    def test_that_is_empty_is_told(self):
        for text in ("", " \n "):
            self.assertIn("the text is empty", self.refusal(text))

    def test_that_is_json_but_no_object_is_told(self):
        for text in ("null", "[]", "[{}]", "7", '"x"', "true"):
            self.assertIn("expected an object", self.refusal(text))

    def test_that_is_no_text(self):
        noise = bytes(range(256)) * 64
        for text in (noise, b"\x00", b"\xff\xfe{\x00}\x00", b'{"age_years": "\xff"}', b"\x1f\x8b\x08" + noise):
            self.assertIn("line 1, column", self.refusal(text))

    def test_that_is_too_large(self):
        text = json.dumps({"age_years": 27}) + " " * (2 << 20)
        self.assertIn("too large: at most 1048576 bytes", self.refusal(text))
        self.assertEqual(placement("recommend", self.file(text)).returncode, 3)
        self.assertIn("NOT DECIDED", self.done("recommend", "-", stdin=text[:1 << 20]))

    def test_that_is_nested_deeply(self):
        for text in ("[" * 200000, '{"a":' * 100000, '{"age_years": ' + "[" * 40 + "]" * 40 + "}"):
            self.assertIn("nested too deeply", self.refusal(text))


class Files(CliTest):
    def test_that_cannot_be_read(self):
        for path in (self.folder / "absent.json", self.folder / "absent" / "x.json", self.folder):
            for arguments in (["recommend", path], ["recommend", "-", "--pack", path], ["pack", path], ["check", path],
                              ["test", path, path], ["test", EXAMPLES.parent.parent / "rules/opioid.json", path]):
                with self.subTest(arguments):
                    lines = self.refused(*arguments, stdin="{}")
                    self.assertEqual(len(lines), 1)
                    self.assertTrue(lines[0].startswith(f"placement: {path}: "), lines)

    def test_that_are_empty(self):
        self.assertEqual(len(self.refused("recommend", self.file(""))), 1)
        self.assertEqual(len(self.refused("recommend", "/dev/null")), 1)


class Contradictions(CliTest):
    def test_are_no_error_but_a_status_with_the_answers_named(self):
        result = self.result(example("contradiction")[0])
        self.assertEqual((result["status"], result["possible"]), ("inconsistent", []))
        self.assertEqual({part["field"] for part in result["conflict"]}, {"oud_diagnosis", "oud_history"})


if __name__ == "__main__":
    unittest.main()
