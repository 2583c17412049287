"""Exported conditions, evaluated by an independent FEEL engine, beside the states and truths that the library gives."""

import json
import random
import unittest

import ours
from pack import Pack
from people import People

FULL, PARTIAL, VAGUE = 2000, 300, 200
TRUTH = {True: "yes", False: "no", None: "unknown"}
STATE = {True: "holds", False: "no"}
# Beside the rules of the shipped pack, so that every construct is there in more than one form.
MORE = ["at least 2 of (injects, uses_alone, use_at_home)",
        "at least 2 of (pregnant, at least 1 of (injects, craving >= 5), not(at least 2 of (injects, use_at_home, "
        "mania = acute)))",
        "not(at least 3 of (injects, uses_alone, use_at_home, housing >= at_risk)) and cows_score != 13",
        "cows_score in (0, 5, 6, 7, 48) or age_years between 20 and 40",
        "moud_current in (methadone, naltrexone) or moud_wish != declines",
        "5 <= craving and (psychosis in (none, acute) or not(mania = stable))",
        "opioid_withdrawal in (none, moderate) and on_agonist = false", "transport = false and cows_score >= 0",
        "days_since_overdose < 250 or craving > 10"]
LISTS = ("constraints", "rules", "must_know")


class Feel(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        print(f"feel: PLACEMENT_TEST_SEED={ours.SEED}", flush=True)
        ours.SCRATCH.mkdir(parents=True, exist_ok=True)
        path = ours.SCRATCH / "feel-pack.json"
        pack = json.loads(ours.PACK.read_text())
        offer = next(rule for rule in pack["rules"] if rule["kind"] == "offer")
        pack["rules"] += [{**offer, "id": f"more_{number}", "when": when} for number, when in enumerate(MORE)]
        path.write_text(json.dumps(pack))
        cls.pack = Pack(ours.ROOT, path)
        people = People(cls.pack, random.Random(ours.SEED))
        cls.rows = [people.full_row() for _ in range(FULL)] + [people.partial_row(False) for _ in range(PARTIAL)] + \
                   [people.partial_row(True) for _ in range(VAGUE)]
        exported, rows = ours.SCRATCH / "feel-export.json", ours.SCRATCH / "feel-rows.ndjson"
        exported.write_text(ours.run(ours.PROGRAMS / "placement", "export", path, "--to", "feel"))
        rows.write_text("".join(json.dumps(row) + "\n" for row in cls.rows))
        cls.export = json.loads(exported.read_text())
        cls.ours = ours.states(cls.rows, path)
        text = ours.run("node", ours.ROOT / "tests/peers/feel/evaluate.mjs", exported, rows)
        cls.feel = [json.loads(line) for line in text.splitlines()]

    def answers(self, first, last):
        self.assertEqual((len(self.ours), len(self.feel)), (len(self.rows), len(self.rows)))
        return list(zip(self.rows, self.ours, self.feel))[first:last]

    def disagreement(self, row, what, mine, feel, want):
        return f"{what}: placement says {mine}, FEEL {feel}\n" + \
            ours.case_line(row, "an independent FEEL engine disagrees", want)

    def test_export_names_every_condition_of_the_pack(self):
        for name in ("terms", "constraints", "rules"):
            self.assertEqual({entry["id"] for entry in self.export[name]},
                             {entry["id"] for entry in self.pack.json[name]}, name)
        self.assertEqual([entry["field"] for entry in self.export["must_know"]], [f for f, _ in self.pack.must_know])
        self.assertEqual([entry["field"] for entry in self.export["fields"]], list(self.pack.fields))

    def test_full_assessments_have_equal_states(self):
        wrong, seen = [], set()
        for row, mine, feel in self.answers(0, FULL):
            for (rule, value), state in zip(feel["rules"].items(), mine["rules"]):
                seen.add((rule, value))
                if state != "not_evaluated" and state != STATE.get(value):
                    wrong.append(self.disagreement(row, rule, state, value, {STATE.get(value, "open"): [rule]}))
        self.assertFalse(bool(wrong), ours.show(wrong))
        # Not for lack of variety: nearly every rule was seen to hold and to fail.
        once = [rule for rule in self.pack.rules if not {(rule, True), (rule, False)} <= seen]
        self.assertLessEqual(len(once), len(self.pack.rules) // 20, once)

    def test_full_assessments_have_equal_scale_terms(self):
        bands = {term["id"]: term for term in self.pack.json["terms"] if "bands" in term}
        for row, _, feel in self.answers(0, FULL):
            for name, term in bands.items():
                count = row["assessment"][term["of"]]
                self.assertEqual(feel["terms"][name], sum(count >= band["from"] for band in term["bands"]) - 1,
                                 ours.case_line(row, name, {}))

    def test_guarded_nulls_are_kleenes_unknowns(self):
        wrong = []
        for row, mine, feel in self.answers(0, FULL + PARTIAL):
            for name in LISTS:
                for (key, value), truth in zip(feel[name].items(), mine["truth"][name]):
                    if TRUTH[value] != truth:
                        wrong.append(self.disagreement(row, f"{name} {key}", truth, value, {}))
        self.assertFalse(bool(wrong), ours.show(wrong))

    def test_what_is_true_or_false_of_part_of_an_assessment_is_its_state(self):
        wrong, settled = [], 0
        for row, mine, feel in self.answers(FULL, None):
            for (rule, value), state in zip(feel["rules"].items(), mine["rules"]):
                settled += value is not None
                if value is not None and state not in (STATE[value], "not_evaluated"):
                    wrong.append(self.disagreement(row, rule, state, value, {STATE[value]: [rule]}))
        self.assertFalse(bool(wrong), ours.show(wrong))
        self.assertGreater(settled, 0)
