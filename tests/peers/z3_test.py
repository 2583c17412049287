"""What z3 says of the shipped pack, of packs made from it by a few mistakes, and of parts of assessments."""

import copy
import json
import random
import re
import time
import unittest

import ours
from pack import Pack
from people import People
from z3_pack import Z3Pack

PEOPLE, MISTAKEN_PACKS = 300, 2
PROPERTIES_AT_LEAST = 10


def mistaken(pack, chance):
    """The pack with mistakes in it: comparisons turned round, levels moved, a rule that can hold for nobody, one that
    demands most of those who are best, and a constraint that leaves a property without a premise."""
    pack = copy.deepcopy(pack)
    turned = {">=": "<=", "<=": ">=", "=": "!="}
    for rule in chance.sample(pack["rules"], 8):
        places = [m for m in re.finditer(r" (>=|<=|=) ", rule["when"])]
        if places:
            place = chance.choice(places)
            rule["when"] = rule["when"][:place.start(1)] + turned[place[1]] + rule["when"][place.end(1):]
    for rule in chance.sample([rule for rule in pack["rules"] if rule["kind"] == "require"], 3):
        rule["level"] = chance.choice(pack["levels"])["id"]
    dead = chance.choice([rule for rule in pack["rules"] if len(rule["when"]) < 60])
    dead["when"] = f"({dead['when']}) and not({dead['when']})"
    best = chance.choice(["suicide_risk = none", "medical_need = none", "coping_skills = good", "housing = stable"])
    chance.choice([rule for rule in pack["rules"] if rule["kind"] == "require" and rule is not dead]).update(
        when=best, level=max(pack["levels"], key=lambda level: level["intensity"])["id"])
    claim = chance.choice([p for p in pack["properties"] if "implies" in p and p["implies"]["when"] != "true"])
    pack["constraints"].append({"id": "mistake", "always": f"not({claim['implies']['when']})", "because": "A mistake."})
    return pack


class Z3(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        print(f"z3: PLACEMENT_TEST_SEED={ours.SEED}", flush=True)
        ours.SCRATCH.mkdir(parents=True, exist_ok=True)
        chance = random.Random(ours.SEED)
        shipped = json.loads(ours.PACK.read_text())
        cls.paths = [ours.PACK]
        for number in range(MISTAKEN_PACKS):
            path = ours.SCRATCH / f"mistaken-{number}.json"
            path.write_text(json.dumps(mistaken(shipped, chance)))
            cls.paths.append(path)
        cls.peers = [Z3Pack(Pack(ours.ROOT, path)) for path in cls.paths]

    def test_dead_rules(self):
        found = 0
        for path, peer in zip(self.paths, self.peers):
            with self.subTest(pack=path.name):
                dead = peer.dead_rules(in_scope=True)
                self.assertEqual(ours.dead_rules(path), dead)
                of_anybody = set(peer.pack.of_kind("alert")) | set(peer.pack.of_kind("out_of_scope"))
                never = set(peer.dead_rules(in_scope=False)) & of_anybody
                self.assertEqual(ours.dead_by_check(path), never | (set(dead) - of_anybody))
                found += len(dead)
        self.assertGreaterEqual(found, MISTAKEN_PACKS)

    def test_rules_never_possible(self):
        for path, peer in zip(self.paths, self.peers):
            with self.subTest(pack=path.name):
                never = set(peer.dead_rules(in_scope=False)) - set(peer.pack.of_kind("continue"))
                self.assertEqual(set(ours.rules_never_possible(path)), never)

    def test_monotone_fields(self):
        refuted = 0
        for path, peer in zip(self.paths, self.peers):
            with self.subTest(pack=path.name):
                said = ours.verdicts(path)
                self.assertGreater(len(peer.pack.json["monotone"]), 0)
                for place, field in enumerate(peer.pack.json["monotone"]):
                    verdict = "proved" if peer.is_monotone(field) else "refuted"
                    self.assertEqual(said[f"/monotone/{place}"], verdict, field)
                    refuted += verdict == "refuted"
        self.assertGreaterEqual(refuted, MISTAKEN_PACKS)

    def test_properties(self):
        seen = set()
        for path, peer in zip(self.paths, self.peers):
            with self.subTest(pack=path.name):
                said, claims = ours.verdicts(path), peer.pack.json["properties"]
                self.assertGreaterEqual(len(claims), PROPERTIES_AT_LEAST)
                for place, claim in enumerate(claims):
                    verdict = peer.property_verdict(claim)
                    self.assertEqual(said[f"/properties/{place}"], verdict, claim["id"])
                    seen.add(verdict)
        self.assertEqual(seen, {"proved", "refuted", "vacuous"})

    def test_status_possible_levels_and_states_of_random_assessments(self):
        peer = self.peers[0]
        people = People(peer.pack, random.Random(ours.SEED))
        rows = [people.partial_row(vague=number % 2 == 0) for number in range(PEOPLE)]
        wrong, sizes, statuses = [], set(), set()
        for row, mine in zip(rows, ours.states(rows), strict=True):
            judged = peer.judge(row)
            sizes.add(len(judged["possible"]))
            statuses.add(judged["status"])
            of_rules = dict(zip(peer.pack.rules, judged["rules"]))
            differs = [key for key in ("status", "possible") if mine[key] != judged[key]] + \
                [rule for (rule, state), my_state in zip(of_rules.items(), mine["rules"]) if state != my_state]
            if differs or not mine["settled"]:
                want = {"status": judged["status"], "possible": judged["possible"],
                        "holds": [rule for rule, state in of_rules.items() if state == "holds"],
                        "no": [rule for rule, state in of_rules.items() if state == "no"]}
                said = {**mine, **dict(zip(peer.pack.rules, mine["rules"]))}
                wrong.append("\n".join(f"{key}: placement says {said[key]}, z3 {({**judged, **of_rules})[key]}"
                                       for key in differs) + "\n" + ours.case_line(row, "z3 disagrees", want))
        self.assertFalse(bool(wrong), ours.show(wrong))
        self.assertGreater(len(sizes), 3)
        self.assertEqual(len(statuses), 5, statuses)

    @classmethod
    def tearDownClass(cls):
        """The speed of both, as a report: machines differ, so nothing is asserted."""
        start = time.perf_counter()
        peer = Z3Pack(Pack(ours.ROOT, ours.PACK))
        peer.dead_rules(in_scope=True)
        for field in peer.pack.json["monotone"]:
            peer.is_monotone(field)
        whole, solving = time.perf_counter() - start, peer.seconds
        mine = ours.analysis(repeats=101)["seconds"]
        my_solving = mine["dead"] + mine["monotone"]
        my_whole = mine["read"] + my_solving
        rules, fields = len(peer.pack.rules), len(peer.pack.json["monotone"])
        print(f"z3: dead rules among {rules} and monotonicity of {fields} fields, in milliseconds\n"
              f"                                   placement        z3   ratio\n"
              f"      answering alone              {1000 * my_solving:9.2f} {1000 * solving:9.0f} "
              f"{solving / my_solving:7.0f}\n"
              f"      reading the pack included    {1000 * my_whole:9.2f} {1000 * whole:9.0f} "
              f"{whole / my_whole:7.0f}   (z3's formulas are made in Python)", flush=True)
