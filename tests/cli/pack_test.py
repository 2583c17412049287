"""placement fields, pack and check: what the program knows, what a pack holds, and whether it is sound."""

import json
import re
import unittest

from harness import FINDINGS, PACK, ROOT, USAGE, CliTest, small_pack


class Fields(CliTest):
    def test_as_json_say_everything_about_a_field(self):
        fields = json.loads(self.done("fields", "--format", "json"))
        self.assertEqual(len({field["field"] for field in fields}), len(fields))
        self.assertGreaterEqual(len(fields), 60)
        for field in fields:
            with self.subTest(field["field"]):
                self.assertEqual(list(field), ["field", "kind", "group", "meaning", "question", "values", "from", "to",
                                               "unit",
                                               "top_coded", "worse", "modifiable", "use", "codes"])
                self.assertRegex(field["field"], r"\A[a-z][a-z0-9_]{0,39}\Z")
                self.assertTrue(field["question"].endswith("?"))
                self.assertEqual(field["kind"] == "count", not field["values"])
                self.assertEqual(field["kind"] == "count",
                                 field["from"] == 0 and field["to"] > 0 and bool(field["unit"]))

    def test_as_text_and_markdown_name_every_field_and_value(self):
        fields = json.loads(self.done("fields", "--format", "json"))
        text, markdown = self.done("fields"), self.done("fields", "--format", "markdown")
        self.assertEqual(self.done("fields", "--format", "text"), text)
        for field in fields:
            for word in [field["field"], *(v["value"] for v in field["values"] if field["kind"] != "flag")]:
                self.assertRegex(text, rf"\b{word}\b")
                self.assertRegex(markdown, rf"\b{word}\b")

    def test_are_those_that_an_assessment_may_name(self):
        fields = json.loads(self.done("fields", "--format", "json"))
        any_answer = {f["field"]: {"any_of": [v["value"] for v in f["values"]] or [f["from"], f["to"]]} for f in fields}
        self.assertEqual(set(any_answer), set(json.loads((ROOT / "rules/assessment.schema.json").read_text())
                                              ["$defs"]["assessment"]["properties"]))
        self.done("recommend", "-", "--format", "dot", stdin=any_answer)


class Pack(CliTest):
    def test_as_json_is_the_pack_again(self):
        for path in (PACK, self.file(small_pack(), "pack.json")):
            written = self.done("pack", path, "--format", "json")
            self.assertEqual(json.loads(written), json.loads(path.read_text()))
            again = self.file(written, "again.json")
            self.assertEqual(self.digest(again), self.digest(path))

    def test_built_in_is_the_one_of_rules(self):
        self.assertEqual(self.digest(), self.digest(PACK))
        self.assertIn(self.digest(), self.done("version"))

    def test_digest_depends_on_content_not_on_layout(self):
        pack = small_pack()
        digest = self.digest(self.file(json.dumps(pack, indent=3)))
        self.assertEqual(self.digest(self.file(json.dumps(dict(reversed(pack.items()))))), digest)
        pack["rules"][0]["because"] += "!"
        self.assertNotEqual(self.digest(self.file(pack)), digest)

    def test_as_text_and_markdown_name_what_is_in_it(self):
        path = self.file(small_pack(), "pack.json")
        for form in ("text", "markdown"):
            text = self.done("pack", path, "--format", form)
            for word in ("A small pack", "small 1.0.0", "Home", "Ward", "is_unwell", "Why is_unwell.", "Naloxone",
                         "Nursing",
                         "unwell", "A book", "For tests only."):
                self.assertIn(word, text.replace("\\", ""), form)  # Markdown escapes underscores
        self.assertEqual(self.done("pack", path), self.done("pack", path, "--format", "text"))

    def digest(self, *pack):
        return re.search(r"digest: ([0-9a-f]{64})", self.done("pack", *pack))[1]


class Faults(CliTest):
    """One broken thing a test: the line that says so, in `pack`, `check`, `test` and `recommend` alike."""

    def fault(self, change, place, *words):
        pack = small_pack()
        change(pack)
        path = self.file(pack, "pack.json")
        lines = self.refused("check", path)
        self.assertEqual(len(lines), 1, lines)
        self.assertTrue(lines[0].startswith(f"placement: {path}: {place}"), lines)
        for word in words:
            self.assertIn(word, lines[0])

    def test_of_conditions_have_a_position(self):
        for text, *words in (("age_yeas > 30", "line 1, column 1", "did you mean `age_years`?"),
                             ("age_years >", "column 12"), ("age_years > 30 or", "column 18"),
                             ("age_years > 300", "column"),
                             ("housing > tent", "column"), ("housing = tent", "column"),
                             ("opioid_kind > mixed", "column"),
                             ("(pregnant", "column"), ("at least 3 of (pregnant, injects)", "column")):
            with self.subTest(text):
                self.fault(lambda pack: pack["rules"][1].update(when=text), "/rules/1/when: ", *words)

    def test_of_references_name_the_nearest(self):
        self.fault(lambda pack: pack["rules"][1].update(level="wrd"), "/rules/1/level: ", "did you mean `ward`?")
        self.fault(lambda pack: pack["rules"][1].update(sources=["boo"]), "/rules/1/sources/0: ",
                   "did you mean `book`?")
        self.fault(lambda pack: pack["rules"][1].update(dimension="needs"), "/rules/1/dimension: ", "`need`")
        self.fault(lambda pack: pack["moves"][0].update(to="nowhere"), "/moves/0/to: ", "home, ward")
        self.fault(lambda pack: pack["monotone"].append("cow_score"), "/monotone/1: ", "did you mean `cows_score`?")

    def test_of_keys_name_the_nearest(self):
        self.fault(lambda pack: pack["rules"][1].update(becaus="x"), "/rules/1/becaus: ", "did you mean `because`?")
        self.fault(lambda pack: pack["rules"][0].update(level="ward"), "/rules/0/level: ", "unknown key `level`")
        self.fault(lambda pack: pack["rules"][1].pop("level"), "/rules/1: ", "the key `level` is missing")
        self.fault(lambda pack: pack.pop("moves") and None, "", "the key `moves` is missing")

    def test_of_the_whole(self):
        self.fault(lambda pack: pack["rules"].append(pack["rules"][0]), "/rules/7/id: ", "stands twice")
        self.fault(lambda pack: pack["terms"][1].update(when="unwell"), "/terms/1/when: ", "depends on itself")
        self.fault(lambda pack: pack["terms"].append(pack["terms"][0] | {"id": "age_years"}), "/terms/2/id: ",
                   "already means something else")
        self.fault(lambda pack: pack["moves"].pop(), "/moves: ", "step_down")
        self.fault(lambda pack: pack["moves"].pop(0), "/moves: ", "step_up")
        self.fault(lambda pack: pack["levels"][1].update(intensity=10), "/levels: ", "same intensity")
        self.fault(lambda pack: pack["rules"][1].update(sources=[]), "/rules/1/sources: ", "at least one source")
        self.fault(lambda pack: pack["sources"][0].update(verification="consensus_unverified") or
                   [rule.update(evidence="consensus_unverified") for rule in pack["rules"][1:]], "/rules/0/evidence: ",
                   "claims more than its sources")
        self.fault(lambda pack: pack["rules"][1].update(when="transport"), "/rules/1/when: ", "feasibility")
        self.fault(lambda pack: pack["properties"][3].update(independent={"field": "craving", "of": ["level"]}),
                   "/properties/3", "exactly one of")
        self.fault(lambda pack: pack["about"].update(released="soon"), "/about/released: ", "date")
        self.fault(lambda pack: pack.update(format=2), "/format: ", "1 to 1")

    def test_are_all_told_at_once_whatever_the_command(self):
        pack = small_pack()
        pack["rules"][1].update(when="age_yeas > 3", level="nowhere", surplus=1)
        pack["levels"][0].update(intensity="high")
        path = self.file(pack, "pack.json")
        told = self.refused("check", path)
        self.assertEqual(len(told), 4)
        for arguments in (["pack", path], ["test", path, "-"], ["recommend", "-", "--pack", path]):
            self.assertEqual(self.refused(*arguments, stdin="{}"), told)

    def test_of_texts_that_are_no_pack(self):
        for text in ("", "{", "[]", "{}", "null", b"\xff\xfe", "[" * 1000):
            self.refused("check", self.file(text))


class Check(CliTest):
    def check(self, change=lambda pack: None, code=0):
        pack = small_pack()
        change(pack)
        path = self.file(pack, "pack.json")
        text = self.done("check", path, code=code)
        findings = json.loads(self.done("check", path, "--format", "json", code=code))["findings"]
        faults = [finding for finding in findings if finding["is_fault"]]
        self.assertEqual(bool(faults), code == FINDINGS)
        counts = [sum(f["severity"] == severity for f in findings) for severity in ("error", "warning", "information")]
        self.assertEqual([int(n) for n in re.findall(r"\d+", text.splitlines()[-1])], counts)
        return text, faults

    def test_proves_a_sound_pack(self):
        text, _ = self.check()
        self.assertRegex(text, r"(?m)^proved: 4 property, 1 monotone, 2 projection$")
        self.assertNotIn("refuted", text)

    def test_proves_the_shipped_pack(self):
        text = self.done("check", PACK)
        self.assertGreaterEqual(int(re.search(r"(?m)^proved: (\d+) property", text)[1]), 10)
        self.assertIn("\n0 errors, ", text)

    def test_refutes_with_an_example(self):
        def drop_alert(pack):
            pack["rules"][6]["when"] = "overdose_signs_now and injects"
        text, faults = self.check(drop_alert, FINDINGS)
        self.assertRegex(text, r"(?m)^error: properties \(property\)\n  line 1  /properties/0\n      refuted: `overdose_stops`")
        self.assertEqual([(f["verdict"], f["where"]) for f in faults], [("refuted", "/properties/0")])
        self.assertEqual((faults[0]["counterexample"]["overdose_signs_now"], faults[0]["counterexample"]["injects"]),
                         (True, False))
        self.assertTrue(text.splitlines()[-1].startswith("1 error, "), text)

    def test_counterexample_is_an_assessment_that_shows_it(self):
        def forget_shelter(pack):
            pack["rules"][1]["when"] = "unwell or housing = unsheltered"
        _, faults = self.check(forget_shelter, FINDINGS)
        self.assertEqual([f["where"] for f in faults], ["/properties/1"])
        self.assertEqual(faults[0]["counterexample"], {"housing": "unsheltered"})
        result = self.result(faults[0]["counterexample"], "--pack", self.folder / "pack.json")
        self.assertEqual(result["possible"], ["ward"])

    def test_writes_counterexamples_that_recommend_reads(self):
        pack = small_pack()
        pack["rules"][1]["when"] = "unwell and fluid_loss = none"
        path, folder = self.file(pack, "pack.json"), self.folder / "new/refuted"
        self.done("check", path, "--counterexamples", folder, code=FINDINGS)
        names = sorted(p.name for p in folder.iterdir())
        self.assertEqual(names, ["property-properties-3-other.json", "property-properties-3.json"])
        worst = [max(self.result(json.loads((folder / name).read_text())["assessment"], "--pack", path)["possible"])
                 for name in names]
        self.assertEqual(worst, ["home", "ward"])  # more loss, and less
        for name in names:
            self.done("recommend", folder / name, "--pack", path)
        self.refused("check", path, "--counterexamples", path, code=USAGE)

    def test_lists_what_cases_leave_untested(self):
        path = self.file(small_pack(), "pack.json")
        cases = self.file('{"note": "n", "assessment": {"fluid_loss": "severe"}, "want": {}}', "cases.jsonl")
        text = self.done("check", path, "--cases", cases)
        self.assertIn("`is_unwell` has no case that just misses it", text)
        self.assertIn("`is_child` holds in no case", text)
        self.assertNotIn("untested", self.done("check", path))
        self.refused("check", path, "--cases", self.folder / "missing.jsonl")

    def test_fails_on_the_severity_asked_for(self):
        pack = small_pack()
        pack["rules"].append(pack["rules"][1] | {"id": "again"})
        path = self.file(pack, "pack.json")
        self.done("check", path)
        self.done("check", path, "--fail-on", "error")
        self.done("check", path, "--fail-on", "warning", code=FINDINGS)
        self.done("check", path, "--fail-on", "information", code=FINDINGS)
        self.refused("check", path, "--fail-on", "nothing", code=USAGE)

    def test_sarif_points_into_the_file(self):
        pack = small_pack()
        pack["rules"].append(pack["rules"][1] | {"id": "again"})
        path = self.file(json.dumps(pack, indent=1), "my pack.json")
        log = json.loads(self.done("check", path, "--format", "sarif"))
        self.assertEqual(log["version"], "2.1.0")
        run, = log["runs"]
        found, = [result for result in run["results"] if result["ruleId"] == "duplicate"]
        self.assertEqual((found["level"], found["kind"]), ("warning", "fail"))
        place = found["locations"][0]["physicalLocation"]
        self.assertTrue(place["artifactLocation"]["uri"].endswith("/my%20pack.json"))
        lines = path.read_text().splitlines()
        self.assertIn('"again"', "".join(lines[place["region"]["startLine"] - 1:][:2]))

    def test_refutes_independence_with_two_people(self):
        _, faults = self.check(lambda p: p["properties"][2]["independent"].update(field="fluid_loss"), FINDINGS)
        self.assertEqual([f["where"] for f in faults], ["/properties/2"])
        one, other = faults[0]["counterexample"], faults[0]["counterexample_other"]
        self.assertEqual({key for key in one if one[key] != other[key]}, {"fluid_loss"})

    def test_refutes_monotone_claims(self):
        def turn_round(pack):
            pack["rules"][1]["when"] = "fluid_loss = none"
        _, faults = self.check(turn_round, FINDINGS)
        self.assertIn("/properties/3", [f["where"] for f in faults])

    def test_tells_a_claim_about_nobody(self):
        text, faults = self.check(
            lambda p: p["properties"][0]["implies"].update(when="age_years > 100 and age_years < 18"), FINDINGS)
        self.assertEqual([f["verdict"] for f in faults], ["vacuous"])
        self.assertIn("true of nobody it speaks of: `overdose_stops`", text)

    def test_tells_a_level_that_leads_to_a_contradiction(self):
        _, faults = self.check(lambda p: p["levels"][1]["resolves"].update(oud_history=False), FINDINGS)
        self.assertEqual([(f["verdict"], f["kind"]) for f in faults], [("refuted", "projection")])

    def test_refutes_a_changed_copy_of_the_shipped_pack(self):
        pack = json.loads(PACK.read_text())
        pack["rules"] = [rule for rule in pack["rules"] if rule["id"] != "offer_naloxone"]
        path = self.file(pack, "pack.json")
        found = json.loads(self.done("check", path, "--format", "json", code=FINDINGS))["findings"]
        self.assertIn("naloxone_for_all", " ".join(f["message"] for f in found if f["verdict"] == "refuted"))


if __name__ == "__main__":
    unittest.main()
