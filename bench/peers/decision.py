"""A pack's decision about complete assessments, for any engine to make, and what all drivers share.

The decision is said as named conditions of fields and of names before them: terms, rules, constraints; then as two
chains, of statuses and of levels, whose first true condition gives the answer (docs/semantics.md, sections 4 and 5,
where everything is known and nothing requested). An engine's file writes them in its language and runs them.
"""

import json
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tests/peers"))

from pack import Pack, fold, parts_of, runs  # noqa: E402 (found by the line before)

COLUMNS = ["row", "status", "indicated", "lowest", "highest", "held_rules"]


class Language:
    """How an engine writes conditions. A language adds always() and never(); name(text), of an earlier condition;
    flag(field); one_of(field, values); compare(field, operator, number); negation(part); all_of(parts) and
    any_of(parts), of two parts or more; at_least(k, parts)."""

    def __init__(self, pack):
        self.pack = pack

    def write(self, condition):
        return fold(condition, self)

    def is_in(self, field, places):
        whole = self.pack.fields[field]
        if len(places) in (0, len(whole.places)):
            return self.always() if places else self.never()
        if whole.kind == "flag":
            return self.flag(field) if places == {1} else self.negation(self.flag(field))
        if whole.kind == "count":
            return self.some([self.between(field, low, high) for low, high in runs(places)])
        if 2 * len(places) > len(whole.places):
            return self.negation(self.is_in(field, set(whole.places) - places))
        return self.one_of(field, [whole.value_at(place) for place in sorted(places)])

    def between(self, field, low, high):
        if low == high:
            return self.compare(field, "==", low)
        parts = [self.compare(field, ">=", low)] * (low > 0) + \
            [self.compare(field, "<=", high)] * (high < self.pack.fields[field].high)
        return parts[0] if len(parts) == 1 else self.all_of(parts)

    def term(self, term):
        return self.name("term_" + term)

    def rules(self, rules):
        """Some of these rules holds."""
        return self.some([self.name("rule_" + rule) for rule in rules])

    def some(self, parts):
        return self.never() if not parts else parts[0] if len(parts) == 1 else self.any_of(parts)


class Decision:
    def __init__(self, path):
        self.pack = pack = Pack(ROOT, path)
        self.rules = pack.evaluated(None)
        conditions = [*pack.constraints, *(pack.conditions[rule] for rule in self.rules)]
        read = set().union(*map(pack.reads, conditions))
        self.fields = [field for name, field in pack.fields.items() if name in read]
        self.lowest = pack.levels[0]

    def terms(self, language):
        """Name and condition of the flag terms, in stages: each reads terms of the stages before it."""
        stages, left = [], dict(self.pack.flag_terms)
        while left:
            ready = [term for term, condition in left.items() if not terms_in(condition) & left.keys()]
            stages.append([("term_" + term, language.write(left.pop(term))) for term in ready])
        return stages

    def held(self, language):
        """Name and condition of every rule, in the pack's order. They read terms."""
        return [("rule_" + rule, language.write(self.pack.conditions[rule])) for rule in self.rules]

    def inconsistent(self, language):
        """Some constraint is broken. Reads terms."""
        return "inconsistent", language.some([language.negation(language.write(constraint))
                                              for constraint in self.pack.constraints])

    def statuses(self, language):
        """Status and condition, the first that applies; else `decided`. They read names of rules and `inconsistent`."""
        return [("emergency", language.rules(self.pack.of_kind("alert", urgency="stop"))),
                ("inconsistent", language.name("inconsistent")),
                ("out_of_scope", language.rules(self.pack.of_kind("out_of_scope")))]

    def levels(self, language):
        """Level (None: there is no possible one) and condition, the first that applies; else the lowest."""
        nowhere = [condition for status, condition in self.statuses(language) if status != "emergency"]
        demands = self.pack.demands(None)
        by_place = {place: [rule for rule, level in demands.items() if level == place]
                    for place in sorted(set(demands.values()) - {0}, reverse=True)}
        return [(None, language.any_of(nowhere)),
                *((self.pack.levels[place], language.rules(rules)) for place, rules in by_place.items())]


def terms_in(condition):
    """Terms that a condition names itself."""
    return {condition[1]} if condition[0] == "term" else set().union(*map(terms_in, parts_of(condition)))


def drive(prepare):
    """The main program of an engine in Python: PACK ROWS ANSWERS. prepare(decision) makes a function of the paths of
    rows and answers; only that function is on the clock, and the seconds are printed."""
    pack, rows, answers = map(Path, sys.argv[1:])
    work = prepare(Decision(pack))
    start = time.perf_counter()
    work(rows, answers)
    print(time.perf_counter() - start)


def row_by_row(decide):
    """For an engine that knows no files: decide(line) gives status, level and the rules that hold."""
    def work(rows, answers):
        with rows.open("rb") as source, answers.open("w") as out:
            for number, line in enumerate(source, 1):
                status, level, held = decide(line)
                indicated = level if status == "decided" else None
                out.write(json.dumps(dict(zip(COLUMNS, [number, status, indicated, level, level, held]))) + "\n")
    return work
