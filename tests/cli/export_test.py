"""placement export: conditions for other people's engines."""

import json
import unittest

from harness import PACK, USAGE, CliTest, placement, small_pack


def guarded(field, comparison):
    return f"if {field} = null then null else {comparison}"


class Feel(CliTest):
    def export(self, pack=None):
        arguments = [] if pack is None else [self.file(pack, "pack.json")]
        return json.loads(self.done("export", *arguments, "--to", "feel"))

    def expression(self, when):
        """What a rule's condition becomes."""
        pack = small_pack()
        pack["rules"][0]["when"] = when
        return self.export(pack)["rules"][0]["expression"]

    def test_says_which_pack_and_how_to_use_it(self):
        export = self.export()
        result = json.loads(self.done("recommend", "-", "--format", "json", stdin="{}"))
        self.assertEqual(list(export), ["format", "format_version", "how_to", "library", "pack", "fields", "terms",
                                        "constraints", "rules", "must_know"])
        self.assertEqual((export["format"], export["format_version"]), ("feel", 1))
        self.assertEqual((export["pack"], export["library"]), (result["pack"], result["library"]))
        self.assertEqual(self.done("export", PACK, "--to", "feel"), self.done("export", "--to", "feel"))

    def test_lists_how_every_field_is_encoded(self):
        fields = {field["field"]: field for field in self.export()["fields"]}
        known = json.loads(self.done("fields", "--format", "json"))
        self.assertEqual(list(fields), [field["field"] for field in known])
        self.assertEqual(fields["pregnant"], {"field": "pregnant", "kind": "flag", "type": "boolean"})
        self.assertEqual(fields["cows_score"], {"field": "cows_score", "kind": "count", "type": "number", "from": 0,
                                                "to": 48, "top_coded": False})
        self.assertEqual(fields["fluid_loss"]["type"], "number")
        self.assertEqual(fields["fluid_loss"]["values"], [{"value": "none", "is": 0}, {"value": "mild", "is": 1},
                                                          {"value": "severe", "is": 2}])
        self.assertEqual(fields["moud_wish"]["type"], "string")
        self.assertEqual(fields["moud_wish"]["values"][0], {"value": "wants", "is": "wants"})

    def test_holds_every_condition_of_a_pack(self):
        pack = small_pack()
        export = self.export(pack)
        self.assertEqual(export["terms"], [
            {"id": "score", "kind": "scale", "meaning": "withdrawal by score",
             "values": [{"value": "low", "is": 0}, {"value": "high", "is": 1}],
             "expression": "if cows_score = null then null else if cows_score >= 13 then 1 else 0"},
            {"id": "unwell", "kind": "flag", "meaning": "unwell in withdrawal",
             "expression": f"({guarded('cows_score', 'cows_score >= 13')}) or "
                           f"({guarded('fluid_loss', 'fluid_loss = 2')})"}])
        self.assertEqual(export["constraints"], [
            {"id": "diagnosis_is_history",
             "expression": f"({guarded('oud_diagnosis', 'oud_diagnosis = 0')}) or oud_history"}])
        self.assertEqual(export["must_know"],
                         [{"field": "oud_diagnosis", "expression": guarded("age_years", "age_years >= 18")}])
        self.assertEqual([list(rule.items())[:3] for rule in export["rules"]],
                         [[("id", "is_child"), ("kind", "out_of_scope"),
                           ("expression", guarded("age_years", "age_years <= 17"))],
                          [("id", "is_unwell"), ("kind", "require"), ("level", "ward")],
                          [("id", "goals_open"), ("kind", "continue"),
                           ("expression", guarded("goals_met", "goals_met >= 1"))],
                          [("id", "needs_nurse"), ("kind", "capability"), ("capability", "nursing")],
                          [("id", "gets_naloxone"), ("kind", "offer"), ("service", "naloxone")],
                          [("id", "no_naloxone"), ("kind", "avoid"), ("service", "naloxone")],
                          [("id", "overdose"), ("kind", "alert"), ("urgency", "stop")]])

    def test_terms_stand_before_those_that_use_them(self):
        pack = small_pack()
        pack["terms"].insert(0, {"id": "first", "meaning": "uses a later term", "when": "not(unwell)",
                                 "sources": ["book"]})
        self.assertEqual([term["id"] for term in self.export(pack)["terms"]], ["unwell", "first", "score"])

    def test_comparisons_are_guarded_and_flags_are_not(self):
        for when, wanted in {
                "pregnant": "pregnant",
                "pregnant = false": "not(pregnant)",
                "unwell = false": "not(unwell)",
                "true": "true",
                "cows_score between 5 and 12": guarded("cows_score", "cows_score between 5 and 12"),
                "cows_score in (0, 1, 7, 48)":
                    guarded("cows_score", "cows_score <= 1 or cows_score = 7 or cows_score = 48"),
                "cows_score != 7": guarded("cows_score", "cows_score != 7"),
                "13 <= cows_score": guarded("cows_score", "cows_score >= 13"),
                "moud_wish = wants": guarded("moud_wish", 'moud_wish = "wants"'),
                "moud_current != none": guarded("moud_current", 'moud_current != "none"'),
                "moud_current in (methadone, buprenorphine)":
                    guarded("moud_current", 'moud_current in ("methadone", "buprenorphine")'),
                "score = high": guarded("cows_score", "cows_score >= 13"),
                # True or false whatever the answer, so also without one.
                "cows_score >= 0": "true", "cows_score > 48": "false"}.items():
            with self.subTest(when):
                self.assertEqual(self.expression(when), wanted)

    def test_brackets_stand_where_they_are_needed(self):
        for when, wanted in {
                "pregnant and (injects or uses_alone)": "pregnant and (injects or uses_alone)",
                "pregnant and injects or uses_alone": "pregnant and injects or uses_alone",
                "(pregnant and injects) or uses_alone": "pregnant and injects or uses_alone",
                "not(pregnant or injects)": "not(pregnant or injects)",
                "not(cows_score >= 5)": "not(" + guarded("cows_score", "cows_score >= 5") + ")",
                "pregnant and cows_score >= 5":
                    "pregnant and (" + guarded("cows_score", "cows_score >= 5") + ")"}.items():
            with self.subTest(when):
                self.assertEqual(self.expression(when), wanted)

    def test_at_least_counts_the_true_and_the_false(self):
        self.assertEqual(
            self.expression("at least 2 of (pregnant, injects, cows_score >= 5)"),
            "{All: [pregnant, injects, if cows_score = null then null else cows_score >= 5], Enough: "
            "if sum(for Each in All return if Each = true then 1 else 0) >= 2 then true else "
            "if sum(for Each in All return if Each = false then 1 else 0) > 1 then false else null}.Enough")

    def test_grows_with_the_condition_only(self):
        nested = "pregnant"
        for _ in range(30):
            nested = f"at least 1 of ({nested}, injects)"
        self.assertLess(len(self.expression(nested)), 300 * 30)

    def test_refuses_what_it_cannot_do(self):
        self.assertEqual(placement("export").returncode, USAGE)
        [line] = self.refused("export", "--to", "sql", code=USAGE)
        self.assertIn("--to", line)
        [line] = self.refused("export", self.file("{", "broken.json"), "--to", "feel")
        self.assertIn("broken.json", line)


if __name__ == "__main__":
    unittest.main()
