"""The schemas of rules/ say of the shape of packs, mappings and assessments what the reader says: single mutations of a valid
one are given to both. What the reader alone can see is listed, with the reason; an entry no mutation needs is a fault.
The pack mutated is the small one of harness.py, which has one of everything; the shipped one must be valid."""

import copy
import importlib.machinery
import importlib.util
import json
import re
import subprocess
import sys
import unittest
from concurrent.futures import ThreadPoolExecutor

from harness import DONE, FEWER_DRAWS, PROGRAM, ROOT, UNREADABLE, CliTest, placement, small_mapping, small_pack

try:
    import jsonschema  # noqa: F401
except ImportError:
    jsonschema = None


def check_schemas():
    """scripts/check-schemas as a module: how schemas are loaded and validated is told there, once."""
    loader = importlib.machinery.SourceFileLoader("check_schemas", str(ROOT / "scripts/check-schemas"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


def places(tree, path=(), seen=None):
    """Every place below the root, parents first; what looks like what was seen before, as two rules do, is left out."""
    seen = set() if seen is None else seen
    for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ():
        place = (*path, key)
        is_ordered = bool({"bands", "priors", "columns", "claims", "cases"} & set(place))  # the first element is another thing than the second
        names = tuple((part == 0 if is_ordered else 0) if isinstance(part, int) else part for part in place)
        looks = (tuple(value), value.get("kind")) if isinstance(value, dict) else (type(value), value == [])
        if (names, looks) not in seen:
            seen.add((names, looks))
            yield place, value
        yield from places(value, place, seen)


def other_values(value):
    """Name of a mutation -> what stands instead of the value."""
    others = {"null": None, "number": 7, "text": "zz9"}
    if isinstance(value, (list, dict)):
        others |= {"list": [], "object": {}, "true": True}
    else:
        others |= {"set of one": {"any_of": [value]}}
    if isinstance(value, str):
        others |= {"empty text": "", "two lines": "a\nb", "last line": value + "\n", "delete": "a\x7f"}
        if " " not in value or value.islower():
            others |= {"capital": value.title(), "long": "a" * 41, "digit first": "1" + value, "accent": "é" + value}
    if isinstance(value, int):
        others |= {"negative": -1, "hundred": 100, "large": 10**6 + 1, "huge": 10**30, "half": 0.5,
                   "float": float(value), "digits": str(value),
                   "true": True, "list": []}
    if isinstance(value, list):
        others |= {"twice": value + value[:1], "with null": [*value, None], "with number": [*value, 7]}
    if isinstance(value, dict):
        others |= {"surplus key": {**value, "surplus_key": 1}}
        others |= {f"without {key}": {k: v for k, v in value.items() if k != key} for key in value}
    return {name: other for name, other in others.items() if json.dumps(other) != json.dumps(value)}


def mutations(tree):
    """Pairs of a name, such as `/rules/0/kind: null`, and a copy of the tree with that one change."""
    for name, other in other_values(tree).items():
        yield f": {name}", other
    for path, value in places(tree):
        for name, other in other_values(value).items():
            mutant = copy.deepcopy(tree)
            parent = mutant
            for key in path[:-1]:
                parent = parent[key]
            parent[path[-1]] = other
            yield "/" + "/".join(map(str, path)) + f": {name}", mutant


# What the reader refuses and a schema cannot: pattern of the mutation's name -> reason. Each names mutations that
# keep the shape; null, a wrong type, an empty text or a missing key is never excused.
NEW_TEXT = "(text|capital|long|digit first|accent)$"
READER_ALONE = {
    r": float$": "to JSON Schema 4.0 is the whole number 4",
    r"/(when|then|never|always): " + NEW_TEXT: "a text that is no condition",
    r"^/(sources|dimensions|levels|capabilities|services|terms)/\d+/id: text$": "something refers to the old id",
    r"^/(sources|dimensions|capabilities|services|terms): list$": "something refers to what is gone",
    r"^/(rules|terms)/\d+/sources/\d+: text$": "no such source",
    r"^/rules/\d+/(level|capability|service|dimension): text$": "nothing has that id",
    r"^/moves/\d+/(from|to): text$": "no such level",
    r"^/levels/0/intensity: hundred$": "moves turned round",
    r"^/moves: list$": "the care graph must lead everywhere",
    r"^/\w+: twice$": "an id or a field stands twice",
    r"^/terms/\d+/bands: twice$|^/priors/\w+: twice$": "bands must rise",
    r"^/terms/\d+/bands/\d+/name: text$": "conditions use the old name",
    r"^/terms/\d+/bands/1/from: hundred$": "above the field's range",
}


READER_ALONE_OF_MAPPINGS = {
    r": float$": "to JSON Schema 4.0 is the whole number 4",
    r"/(row_id|column|(any|every)_column/\d+|names/\d+): " + NEW_TEXT: "no column has the name that is used",
    r"^/columns(/\d+/names)?: (list|twice)$": "columns that are used are gone, or stand twice",
    r"/is/\d+: (empty text|" + NEW_TEXT[1:]: "no such code",
    r"/codes: without": "every code of a column stands in its answers, and no other",
    r"/missing/\d+: digit first$": "a cell that is missing and a code",
    r"^: without (row_id|observed)$|^/(row_id|observed): null$|^/answers: (object|without)": "a column is not used now",
    r"/linear/\w+: (number|hundred|negative)$": "does not fit the range of the field",
    r"/(from|to): (number|hundred|negative)$": "an empty range, or one that does not fit what is made of it",
}


@unittest.skipIf(jsonschema is None, "python3-jsonschema is not installed (scripts/setup test)")
class Schemas(CliTest):
    maxDiff = None

    def test_examples_packs_and_results_are_valid(self):
        run = subprocess.run([sys.executable, "-B", ROOT / "scripts/check-schemas", "--program", PROGRAM],
                             capture_output=True,
                             text=True, check=False)
        self.assertEqual((run.returncode, run.stderr), (0, ""), run.stdout)

    def test_list_the_fields_of_the_program(self):
        run = subprocess.run([sys.executable, "-B", ROOT / "scripts/generate-schemas", "--check", PROGRAM],
                             capture_output=True,
                             text=True, check=False)
        self.assertEqual((run.returncode, run.stderr), (0, ""))

    def test_of_packs_are_equal_to_the_reader_on_mutations(self):
        pack, schema = small_pack(), check_schemas().validator("schema.json")
        self.assertEqual(placement("check", self.file(pack)).returncode, DONE)
        self.assertTrue(schema.is_valid(pack))
        self.compare_files("pack", pack, schema, READER_ALONE)

    def test_of_mappings_are_equal_to_the_reader_on_mutations(self):
        mapping, schema = small_mapping(), check_schemas().validator("mapping.schema.json")
        self.assertEqual(placement("mapping", self.file(mapping)).returncode, DONE)
        self.assertTrue(schema.is_valid(mapping))
        self.compare_files("mapping", mapping, schema, READER_ALONE_OF_MAPPINGS)

    def test_of_assessments_are_equal_to_the_reader_on_mutations(self):
        answers = {"age_years": 27, "pregnant": False, "housing": "sheltered", "opioid_kind": "mixed",
                   "overdoses_ever": 2,
                   "cows_score": {"from": 8, "to": 12}, "phq9_score": {"any_of": [3, 5]},
                   "suicide_risk": {"from": "low", "to": "high"}, "moud_wish": {"any_of": ["wants", "undecided"]},
                   "violence_at_home": {"any_of": [True, False]}, "craving": None}
        request = {"id": "opaque", "as_of": "2026-11-22", "current_level": "iop", "current_capabilities": ["hospital"],
                   "available": [{"level": "outpatient", "capabilities": ["hospital"]}], "undecided": "highest",
                   "handled": [{"alert": "overdose_now", "by": "RN-7", "at": "10:00"}], "asked": ["phq9_score"],
                   "placed": {"level": "iop", "override_reason": "patient_choice"}}
        schema = check_schemas().validator("assessment.schema.json")
        mutants = [(name, {"assessment": mutant, "request": request}) for name, mutant in mutations(answers)]
        mutants += [(f"/request{name}", {"assessment": {}, "request": mutant}) for name, mutant in mutations(request)]

        # One run reads them all, as cases: its lines on standard error name the lines that were refused.
        lines = [json.dumps({"note": "mutant", **mutant, "want": {}}) for _, mutant in mutants]
        run = placement("test", ROOT / "rules/opioid.json", "-", stdin="\n".join(lines))
        told = {int(number) for number in re.findall(r"(?m)^placement: standard input: line (\d+)[,:]", run.stderr)}
        refused = [number in told for number in range(1, len(mutants) + 1)]
        self.assertEqual(run.returncode, UNREADABLE)
        self.compare(mutants, refused, schema, {
            r": float$": "to JSON Schema 4.0 is the whole number 4",
            r"/(from|to): (number|float|text)$": "`from` above `to`",
            r"^/overdoses_ever: huge$": "no whole number beyond 64 bits, even where large ones are top-coded",
        }, {r"^/request/as_of: " + NEW_TEXT: "what a date is the engine says, after reading"})

        # The two forms of an input, and what is wrong at the top, where cases look different.
        for tree in ({}, {"age_years": 27}, {"assessment": {}}, {"assessment": {}, "note": "x"},
                     {"assessment": {}, "request": {}}, {"assessment": {}, "request": None},
                     {"assessment": {}, "history": []}, {"assessment": {}, "history": None},
                     {"assessment": {}, "history": [{"field": "pregnant"}, {"handled": "overdose_now"},
                                                    {"field": "cows_score", "before": {"from": 8}, "asked": True}]}):
            self.assertTrue(schema.is_valid(tree))
            self.done("recommend", "-", "--format", "dot", stdin=tree)
        for tree in ([], None, 7, "x", {"request": {}}, {"assessment": None}, {"assessment": {}, "notes": "x"},
                     {"assessment": {}, "note": ""}, {"history": []}, {"assessment": {}, "history": {}},
                     {"assessment": {}, "history": [{}]}, {"assessment": {}, "history": [{"field": "nobody"}]},
                     {"assessment": {}, "history": [{"field": "pregnant", "asked": 1}]},
                     {"assessment": {}, "history": [{"field": "pregnant", "handled": "overdose_now"}]},
                     {"assessment": {}, "history": [{"handled": ""}]},
                     {"age_years": 27, "surplus_key": 1}):
            self.assertFalse(schema.is_valid(tree), tree)
            self.refused("recommend", "-", stdin=json.dumps(tree))

    def compare_files(self, command, tree, schema, reader_alone):
        """Mutations of a tree, each given to a command as a file."""
        mutants = list(mutations(tree))
        self.assertGreater(len(mutants), 300)
        if FEWER_DRAWS:  # where each process takes ten times as long
            mutants = mutants[::16]

        def exit_code(numbered):
            number, (_, mutant) = numbered
            return placement(command, self.file(mutant, f"{number}.json"), "--format", "json").returncode

        with ThreadPoolExecutor(2) as pool:
            refused = [code == UNREADABLE for code in pool.map(exit_code, enumerate(mutants))]
        self.compare(mutants, refused, schema, reader_alone)
        self.assertTrue(any(not one for one in refused))

    def compare(self, mutants, refused, schema, reader_alone, schema_alone=None):
        """Both must refuse the same mutants, but for those listed; each entry of the lists is needed."""
        found, used, schema_alone = [], set(), schema_alone or {}
        for (name, mutant), by_reader in zip(mutants, refused):
            by_schema = not schema.is_valid(mutant)
            if by_schema == by_reader:
                continue
            excuses = reader_alone if by_reader else schema_alone
            excuse = next((pattern for pattern in excuses if re.search(pattern, name)), None)
            used.add(excuse)
            if excuse is None:
                found.append(f"{name}: refused by the {'reader' if by_reader else 'schema'} alone")
        if not FEWER_DRAWS:
            found += [f"not needed: {excuse}" for excuse in (*reader_alone, *schema_alone) if excuse not in used]
        self.assertEqual(found, [])


if __name__ == "__main__":
    unittest.main()
