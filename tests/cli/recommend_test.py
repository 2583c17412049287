"""placement recommend: where the assessment comes from, every option, every format."""

import json
import re
import unittest
import xml.etree.ElementTree as ElementTree

from harness import EXAMPLES, UNREADABLE, CliTest, example, placement, small_pack

FORMATS = ["text", "json", "markdown", "dot", "svg"]


class Input(CliTest):
    def test_of_nothing_is_undecided_with_every_level_and_a_question(self):
        result = self.result({})
        self.assertEqual((result["status"], result["indicated"], result["policy"]), ("undecided", None, None))
        self.assertEqual(result["possible"], ["aftercare", "outpatient", "iop", "php", "inpatient", "detox"])
        self.assertEqual((result["lowest"], result["highest"]), ("aftercare", "detox"))
        self.assertEqual(result["next_question"]["field"], result["missing"][0])
        self.assertTrue(result["settled"] and result["must_know"] and not result["conflict"])

    def test_comes_from_a_file_or_standard_input_alike(self):
        answers, request = example("homeless-severe-oud")
        text = json.dumps({"assessment": answers, "request": request})
        outputs = {self.done("recommend", self.file(text)), self.done("recommend", "-", stdin=text),
                   self.done("recommend", stdin=text)}
        self.assertEqual(len(outputs), 1)

    def test_alone_and_in_an_envelope_give_the_same_bytes(self):
        answers, _ = example("homeless-severe-oud")
        plain = self.done("recommend", "-", "--format", "json", stdin=answers)
        for envelope in ({"assessment": answers}, {"note": "a note", "request": {}, "assessment": answers}):
            self.assertEqual(self.done("recommend", "-", "--format", "json", stdin=envelope), plain)

    def test_order_of_keys_white_space_and_nulls_do_not_matter(self):
        answers, _ = example("homeless-severe-oud")
        wanted = self.done("recommend", "-", "--format", "json", stdin=answers)
        unknown = next(name for name in ("craving", "goals_met", "transport") if name not in answers)
        turned = json.dumps(dict(reversed([*answers.items(), (unknown, None)])), indent=7)
        self.assertEqual(self.done("recommend", "-", "--format", "json", stdin=turned), wanted)

    def test_with_a_byte_order_mark_or_dos_lines_is_read(self):
        wanted = self.done("recommend", "-", stdin='{"age_years":\n27}')
        self.assertEqual(self.done("recommend", "-", stdin=b'\xef\xbb\xbf{"age_years":\r\n27}\r\n'), wanted)

    def test_file_may_have_any_name(self):
        for name in ("with space.json", "wörter.json", "--format", "noextension"):
            path = self.file({}, name)
            self.assertIn("NOT DECIDED", self.done("recommend", path))

    def test_partly_known_answers_are_taken_as_such(self):
        result = self.result({"cows_score": {"from": 8}, "housing": {"any_of": ["sheltered", "unsheltered"]},
                              "age_years": {"from": 20, "to": 29}})
        reads = {name: answer for rule in result["rules"] for name, answer in rule["reads"].items()}
        self.assertEqual(reads["cows_score"], {"from": 8})
        self.assertIn(reads["housing"], ({"any_of": ["sheltered", "unsheltered"]}, {"from": "sheltered"}))

    def test_examples_come_out_as_their_index_says(self):
        rows = re.findall(r"\| \[([\w-]+)\]\(\1\.json\) \| .* \| (\w+)(?:: (\w+))?(.*) \|\n",
                          (EXAMPLES / "README.md").read_text())
        self.assertEqual({name for name, *_ in rows}, {path.stem for path in EXAMPLES.glob("*.json")})
        for name, status, level, more in rows:
            with self.subTest(name):
                result = json.loads(self.done("recommend", EXAMPLES / f"{name}.json", "--format", "json"))
                self.assertEqual((result["status"], result["indicated"] or ""), (status, level))
                if wanted := re.search(r"disposition (\w+)", more):
                    self.assertEqual(result["disposition"], wanted[1])
                if wanted := re.search(r"feasible (\w+)", more):
                    self.assertEqual(result["feasible"]["level"] or "none", wanted[1])
                if wanted := re.search(r"placed (\w+)", more):
                    self.assertEqual(result["placed"]["level"], wanted[1])
                if wanted := re.search(r"policy (\w+)", more):
                    self.assertEqual(result["policy"]["name"], wanted[1])

    def test_text_of_a_decided_example_is_a_screen_in_the_order_of_urgency(self):
        order = ["DO NOW", "AT THIS RE-ASSESSMENT", "WHY", "BESIDE IT", "NOTE", "AVAILABLE NOW", "PATH DOWN"]
        for path in sorted(EXAMPLES.glob("*.json")):
            result = json.loads(self.done("recommend", path, "--format", "json"))
            if result["status"] != "decided":
                continue
            with self.subTest(path.stem):
                lines = self.done("recommend", path).splitlines()
                self.assertLessEqual(len(lines), 52 if result["feasible"] is None else 66)
                places = [lines.index(heading) for heading in order if heading in lines]
                self.assertEqual(places, sorted(places))
                text = " ".join(" ".join(lines).split())
                for alert in result["alerts"]:
                    if alert["state"] == "yes" and alert["urgency"] != "notice" and not alert["handled"]:
                        self.assertIn(alert["action"], text)
                avoided = next((line for line in lines if line.startswith("  avoid ")), "")
                self.assertEqual(any(s["state"] == "avoid" for s in result["services"]), bool(avoided))


class Options(CliTest):
    def test_undecided_names_a_level_only_on_demand(self):
        self.assertEqual(self.result({}, "--undecided", "highest")["policy"], {"name": "highest", "level": "detox"})
        self.assertEqual(self.result({}, "--undecided", "lowest")["policy"], {"name": "lowest", "level": "aftercare"})
        self.assertIsNone(self.result({}, "--undecided", "none")["policy"])
        answers, _ = example("homeless-severe-oud")
        self.assertIsNone(self.result(answers, "--undecided", "highest")["policy"])

    def test_available_finds_what_is_feasible(self):
        answers, _ = example("iop-missing")
        result = self.result(answers, "--available", "outpatient+opioid_agonist_treatment,inpatient",
                             "--as-of", "2026-11-22")
        self.assertEqual((result["indicated"], result["feasible"]["level"], result["feasible"]["plan"]),
                         ("iop", "outpatient", "bridge"))
        self.assertRegex(result["feasible"]["recheck_by"], r"2026-1[12]-\d\d|2027-")
        self.assertEqual([a["level"] for a in result["feasible"]["alternatives"]], ["inpatient"])

    def test_available_may_be_given_several_times(self):
        answers, _ = example("iop-missing")
        once = self.result(answers, "--available", "outpatient,iop")
        self.assertEqual(self.result(answers, "--available", "outpatient", "--available", "iop"), once)
        self.assertEqual(once["feasible"]["level"], "iop")

    def test_current_level_judges_continued_stay(self):
        answers, _ = example("continued-stay-iop")
        self.assertEqual(self.result(answers)["disposition"], "admit")
        result = self.result(answers, "--current-level", "iop")
        self.assertEqual((result["disposition"], result["request"]["current_level"]), ("continue", "iop"))
        self.assertTrue(result["disposition_rules"])

    def test_current_capabilities_tell_a_transfer_from_staying(self):
        answers, request = example("continued-stay-iop")
        rest = {key: value for key, value in request.items() if not key.startswith("current_")}
        needed = [c["id"] for c in self.result(answers, request=request)["capabilities"] if c["state"] == "yes"]
        self.assertTrue(needed)
        stays = self.result(answers, "--current-level", "iop", "--current-capabilities", ",".join(needed), request=rest)
        self.assertEqual(stays["disposition"], "continue")
        leaves = self.result(answers, request=rest | {"current_level": "iop", "current_capabilities": []})
        self.assertEqual(leaves["disposition"], "transfer")

    def test_handled_alerts_no_longer_stop(self):
        answers, request = example("overdose-handled")
        stopped = self.result(answers)
        self.assertEqual(stopped["status"], "emergency")
        result = self.result(answers, "--handled", "overdose_now/RN-7/2026-11-22T10:00")
        self.assertEqual(result["status"], "decided")
        alert = next(alert for alert in result["alerts"] if alert["id"] == "overdose_now")
        self.assertEqual((alert["state"], alert["handled"]), ("yes", {"by": "RN-7", "at": "2026-11-22T10:00"}))
        self.assertEqual(self.result(answers, request=request)["status"], "decided")
        self.assertEqual(self.result(answers, "--handled", "overdose_now")["status"], "decided")

    def test_asked_fields_are_not_asked_again(self):
        first, second = self.result({})["missing"][:2]
        result = self.result({}, "--asked", first)
        self.assertNotEqual(result["next_question"]["field"], first)
        self.assertEqual(result["request"]["asked"], [first])
        self.assertNotIn(self.result({}, "--asked", f"{first},{second}")["next_question"]["field"], (first, second))

    def test_placed_is_kept_with_and_without_a_reason(self):
        answers, _ = example("override")
        self.assertEqual(self.result(answers, "--placed", "outpatient:patient_choice")["placed"],
                         {"level": "outpatient", "override_reason": "patient_choice"})
        self.assertEqual(self.result(answers, "--placed", "iop")["placed"], {"level": "iop", "override_reason": None})
        self.assertIn("PLACED", self.done("recommend", "-", "--placed", "outpatient:patient_choice", stdin=answers))

    def test_placed_elsewhere_needs_a_reason(self):
        answers, _ = example("override")
        lines = self.refused("recommend", "-", "--placed", "outpatient", stdin=answers)
        self.assertEqual(len(lines), 1)
        self.assertIn("/request/placed/override_reason: ", lines[0])

    def test_as_of_is_echoed(self):
        self.assertEqual(self.result({}, "--as-of", "2024-02-29")["request"]["as_of"], "2024-02-29")
        self.assertIsNone(self.result({})["request"]["as_of"])

    def test_stand_above_the_file(self):
        in_file = {"as_of": "2026-01-01", "undecided": "lowest", "current_level": "php", "id": "opaque-1"}
        echoed = self.result({}, "--as-of", "2026-11-22", "--undecided", "highest", "--current-level", "iop",
                             request=in_file)["request"]
        self.assertEqual({key: echoed[key] for key in in_file},
                         {"as_of": "2026-11-22", "undecided": "highest", "current_level": "iop", "id": "opaque-1"})
        answers, _ = example("iop-missing")
        result = self.result(answers, "--available", "iop", "--placed", "iop",
                             request={"available": [{"level": "outpatient"}],
                                      "placed": {"level": "outpatient", "override_reason": "patient_choice"}})
        self.assertEqual((result["feasible"]["level"], result["placed"]["level"]), ("iop", "iop"))

    def test_leave_what_they_do_not_name_to_the_file(self):
        request = {"id": "opaque-1", "as_of": "2026-01-01", "undecided": "lowest", "current_level": "php"}
        echoed = self.result({}, request=request)["request"]
        self.assertEqual({key: echoed[key] for key in request}, request)

    def test_pack_takes_other_rules(self):
        answers = {"fluid_loss": "severe", "oud_diagnosis": "severe", "age_years": 40, "overdose_signs_now": False}
        result = self.result(answers, "--pack", self.file(small_pack(), "pack.json"))
        self.assertEqual((result["pack"]["id"], result["indicated"]), ("small", "ward"))

    def test_that_the_pack_does_not_know_are_refused_with_their_place(self):
        for options, place in ((["--current-level", "nowhere"], "/request/current_level"),
                               (["--available", "nowhere"], "/request/available/0/level"),
                               (["--available", "iop+nothing"], "/request/available/0/capabilities/0"),
                               (["--current-level", "iop", "--current-capabilities", "nothing"],
                                "/request/current_capabilities/0"),
                               (["--current-capabilities", "hospital"], "/request/current_capabilities"),
                               (["--handled", "nothing"], "/request/handled/0/alert"),
                               (["--handled", "overdose_now,overdose_now"], "/request/handled/1/alert"),
                               (["--handled", "violence_home"], "/request/handled/0/alert"),
                               (["--placed", "nowhere"], "/request/placed/level"),
                               (["--placed", "iop:whim"], "/request/placed/override_reason"),
                               (["--as-of", "2026-02-29"], "/request/as_of"),
                               (["--as-of", "22.11.2026"], "/request/as_of"),
                               (["--as-of", "2026-13-01"], "/request/as_of")):
            with self.subTest(options):
                lines = self.refused("recommend", "-", *options, stdin="{}")
                self.assertEqual(len(lines), 1)
                self.assertIn(place + ": ", lines[0])

    def test_faults_of_several_are_told_together(self):
        self.assertEqual(len(self.refused("recommend", "-", "--as-of", "today", "--placed", "nowhere",
                                          "--current-level", "nowhere", stdin="{}")), 3)


class Formats(CliTest):
    ANSWERS = ("homeless-severe-oud", "first-contact", "overdose-now", "contradiction", "adolescent", "iop-missing",
               "override", "policy-highest")

    def each(self, form):
        texts = [self.done("recommend", EXAMPLES / f"{name}.json", "--format", form) for name in self.ANSWERS]
        for name, text in zip(self.ANSWERS, texts):
            self.assertTrue(text.endswith("\n") and "\r" not in text and "\x1b" not in text, name)
        return texts

    def test_default_is_text(self):
        path = EXAMPLES / "homeless-severe-oud.json"
        self.assertEqual(self.done("recommend", path), self.done("recommend", path, "--format", "text"))

    def test_text_fits_a_terminal(self):
        for text in self.each("text"):
            self.assertLessEqual(max(map(len, text.splitlines())), 100, text)

    def test_json_holds_the_keys_in_the_order_of_the_docs(self):
        for text in self.each("json"):
            self.assertEqual(list(json.loads(text)), [
                "status", "settled", "indicated", "possible", "lowest", "highest", "policy", "walk",
                "determining_rules",
                "rules", "alerts", "capabilities", "services", "reason", "conflict", "must_know", "missing",
                "next_question", "pathway", "disposition", "disposition_rules", "feasible", "placed", "sources",
                "request",
                "input_digest",
                "pack", "library"])

    def test_markdown_has_a_heading_and_the_pack(self):
        for text in self.each("markdown"):
            self.assertRegex(text, r"\A# ")
            self.assertIn("opioid", text)

    def test_dot_is_one_graph_with_every_level(self):
        for text in self.each("dot"):
            self.assertRegex(text, r"\Adigraph ")
            for level in ("Aftercare", "Standard outpatient", "Intensive outpatient", "Partial hosp", "Inpatient",
                          "Detox"):
                self.assertRegex(text, rf"(?m)^  \w+ \[label=\"{level}")
            outside = re.sub(r'"(\\.|[^"\\])*"', "", text)
            for left, right in ("{}", "[]"):
                self.assertEqual(outside.count(left), outside.count(right))

    def test_svg_is_well_formed_and_needs_nothing_else(self):
        for text in self.each("svg"):
            picture = ElementTree.fromstring(text)
            self.assertEqual(picture.tag, "{http://www.w3.org/2000/svg}svg")
            for word in ("<script", "<image", "@import", "url(http", "href=\"http"):
                self.assertNotIn(word, text)

    def test_svg_is_well_formed_whatever_a_pack_says(self):
        pack = small_pack()
        for level in pack["levels"]:
            level["name"] = 'A & B < C > "D" \'E\' ]]> é'
        pack["rules"][1]["because"] = 'Score < 5 & "quoted" </text>'
        path = self.file(pack, "pack.json")
        answers = {"fluid_loss": "severe", "oud_diagnosis": "severe", "age_years": 40}
        ElementTree.fromstring(self.done("recommend", "-", "--pack", path, "--format", "svg", stdin=answers))
        json.loads(self.done("recommend", "-", "--pack", path, "--format", "json", stdin=answers))

    def test_all_are_the_same_bytes_twice(self):
        for form in FORMATS:
            path = EXAMPLES / "iop-missing.json"
            self.assertEqual(self.done("recommend", path, "--format", form),
                             self.done("recommend", path, "--format", form))

    def test_are_refused_together_with_the_input(self):
        for form in FORMATS:
            self.assertEqual(placement("recommend", "-", "--format", form, stdin='{"nonsense": 1}').returncode,
                             UNREADABLE)


if __name__ == "__main__":
    unittest.main()
