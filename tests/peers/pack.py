"""A second reader of packs: the fields, the conditions and what they mean of a complete assessment.

Written from docs/semantics.md and docs/rule-pack.md; shares nothing with src/ but include/placement/fields.def. It
expects a pack that `placement check` accepts. A condition becomes a tuple:

    ("true",)  ("in", field, places)  ("term", id)  ("not", c)  ("and", [c])  ("or", [c])  ("least", k, [c])
    ("level", places)  ("alert", rule)  ("stop",)  ("offers", service)  ("avoids", service)  ("requires", capability)

`places` are sets of numbers: a count stands for itself, any other value for its place in its field's list. The last
line occurs in properties only. fold() turns a condition into anything else.
"""

import csv
import functools
import json
import re

FLAG = ["false", "true"]


class Field:
    def __init__(self, kind, arguments):
        self.kind = kind
        self.id, _, self.worse, _, self.use = arguments[:5]
        if kind == "count":
            self.high = int(arguments[6])
            self.values = None
        else:
            self.values = FLAG if kind == "flag" else [text.split(":")[0] for text in arguments[8:]]
            self.high = len(self.values) - 1
        self.places = range(self.high + 1)

    def place_of(self, value):
        if self.kind == "flag":
            return int(value)
        return min(value, self.high) if self.kind == "count" else self.values.index(value)

    def value_at(self, place):
        if self.kind == "flag":
            return bool(place)
        return place if self.kind == "count" else self.values[place]

    def set_of(self, answer):
        """The places that an answer as JSON has it leaves."""
        if answer is None:
            return set(self.places)
        if not isinstance(answer, dict):
            return {self.place_of(answer)}
        if "any_of" in answer:
            return {self.place_of(value) for value in answer["any_of"]}
        first = self.place_of(answer["from"]) if "from" in answer else 0
        last = self.place_of(answer["to"]) if "to" in answer else self.high
        return set(range(first, last + 1))

    def is_better(self, one, other):
        """Is the value at place `one` clinically better than that at `other`?"""
        return one < other if self.worse == "higher" else one > other


def read_fields(path):
    fields = {}
    for line in path.read_text().splitlines():
        found = re.match(r"PLACEMENT_(FLAG|COUNT|SCALE|CATEGORY) *\((.*)\)$", line)
        if found:
            field = Field(found[1].lower(), next(csv.reader([found[2]], skipinitialspace=True)))
            fields[field.id] = field
    return fields


class Parser:
    OPERATORS = {"=": lambda a, b: a == b, "!=": lambda a, b: a != b, "<": lambda a, b: a < b,
                 "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b}
    MIRRORED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}

    def __init__(self, pack, text, results):
        self.pack, self.results = pack, results
        self.words = re.findall(r"[a-z0-9_]+|[!<>]?=|[<>(),]", text) + [""]
        self.at = 0

    def take(self, *words):
        """Takes the next words, which must be these, or the next one, whichever it is."""
        for word in words or [self.words[self.at]]:
            if self.words[self.at] != word:
                raise ValueError(f"expected {word!r} before {' '.join(self.words[self.at:])!r}")
            self.at += 1
        return self.words[self.at - 1]

    def accept(self, word):
        return self.words[self.at] == word and bool(self.take())

    def separated(self, word, part):
        parts = [part()]
        while self.accept(word):
            parts.append(part())
        return parts

    def whole(self):
        condition = self.any()
        self.take("")
        return condition

    def any(self):
        parts = self.separated("or", self.all)
        return parts[0] if len(parts) == 1 else ("or", parts)

    def all(self):
        parts = self.separated("and", self.one)
        return parts[0] if len(parts) == 1 else ("and", parts)

    def one(self):
        if self.accept("not"):
            return ("not", self.one())
        if self.accept("("):
            condition = self.any()
            self.take(")")
            return condition
        if self.accept("at"):
            self.take("least")
            least = int(self.take())
            self.take("of", "(")
            parts = self.separated(",", self.any)
            self.take(")")
            return ("least", least, parts)
        if self.results:
            if self.accept("any"):
                self.take("stop")
                return ("stop",)
            if self.words[self.at] in ("alert", "offers", "avoids", "requires"):
                return (self.take(), self.take())
        return self.comparison()

    def comparison(self):
        left = self.take()
        if self.values_of(left) is None:
            if left == "true" and self.words[self.at] not in self.OPERATORS:
                return ("true",)
            operator, right = self.take(), self.take()
            return self.compare(right, self.MIRRORED[operator], left)
        if self.accept("between"):
            low = self.take()
            self.take("and")
            return ("and", [self.compare(left, ">=", low), self.compare(left, "<=", self.take())])
        if self.accept("in"):
            self.take("(")
            parts = self.separated(",", lambda: self.compare(left, "=", self.take()))
            self.take(")")
            return ("or", parts)
        if self.words[self.at] in self.OPERATORS:
            return self.compare(left, self.take(), self.take())
        return self.compare(left, "=", "true")

    def values_of(self, name):
        """The values of what stands on the named side of a comparison, in order; None where it is no such name."""
        if name in self.pack.fields:
            field = self.pack.fields[name]
            return field.values or [str(place) for place in field.places]
        if name in self.pack.terms:
            term = self.pack.terms[name]
            return [band["name"] for band in term["bands"]] if "bands" in term else FLAG
        return self.pack.levels if self.results and name == "level" else None

    def compare(self, name, operator, constant):
        values = self.values_of(name)
        right = values.index(constant)
        places = {left for left in range(len(values)) if self.OPERATORS[operator](left, right)}
        if name in self.pack.fields:
            return ("in", name, places)
        if name == "level":
            return ("level", places)
        term = self.pack.terms[name]
        if "bands" not in term:
            return ("term", name) if places == {1} else ("not", ("term", name))
        starts = [band["from"] for band in term["bands"]]
        ends = starts[1:] + [self.pack.fields[term["of"]].high + 1]
        return ("in", term["of"], {value for place in places for value in range(starts[place], ends[place])})


class Pack:
    def __init__(self, root, path):
        self.fields = read_fields(root / "include/placement/fields.def")
        self.json = json.loads(path.read_text())
        self.levels = [level["id"] for level in sorted(self.json["levels"], key=lambda level: level["intensity"])]
        self.terms = {term["id"]: term for term in self.json["terms"]}
        self.flag_terms = {term["id"]: self.read(term["when"]) for term in self.json["terms"] if "when" in term}
        self.constraints = [self.read(constraint["always"]) for constraint in self.json["constraints"]]
        self.rules = {rule["id"]: rule for rule in self.json["rules"]}
        self.conditions = {rule["id"]: self.read(rule["when"]) for rule in self.json["rules"]}
        self.must_know = [(need["field"], self.read(need.get("when", "true"))) for need in self.json["must_know"]]

    def read(self, text, results=False):
        return Parser(self, text, results).whole()

    def of_kind(self, kind, **keys):
        """Ids of the rules of a kind with these keys."""
        return [rule["id"] for rule in self.json["rules"]
                if rule["kind"] == kind and all(rule[key] == value for key, value in keys.items())]

    def demands(self, current_level):
        """Rule id -> place of the level it demands while it holds."""
        demands = {rule: self.levels.index(self.rules[rule]["level"]) for rule in self.of_kind("require")}
        if current_level is not None:
            demands.update((rule, self.levels.index(current_level)) for rule in self.of_kind("continue"))
        return demands

    def evaluated(self, current_level):
        """Rules that have a state: all, but `continue` rules only where there is a current level."""
        return [rule for rule in self.rules if current_level is not None or self.rules[rule]["kind"] != "continue"]

    def reads(self, condition):
        """Fields a condition reads, through terms too."""
        if condition[0] == "in":
            return {condition[1]}
        if condition[0] == "term":
            return self.reads(self.flag_terms[condition[1]])
        return set().union(*map(self.reads, parts_of(condition)))


def parts_of(condition):
    """The conditions that a condition is made of."""
    kind, *rest = condition
    return rest if kind == "not" else rest[-1] if kind in ("and", "or", "least") else []


def runs(places):
    """A set of places as pairs of first and last, from the lowest up."""
    pairs = []
    for place in sorted(places):
        if pairs and pairs[-1][1] == place - 1:
            pairs[-1] = (pairs[-1][0], place)
        else:
            pairs.append((place, place))
    return pairs


def fold(condition, meaning):
    """Gives the condition a meaning: an object with a method for each kind of condition, of the parts' meanings."""
    kind, *rest = condition
    if kind == "not":
        return meaning.negation(fold(rest[0], meaning))
    if kind in ("and", "or"):
        return (meaning.all_of if kind == "and" else meaning.any_of)([fold(part, meaning) for part in rest[0]])
    if kind == "least":
        return meaning.at_least(rest[0], [fold(part, meaning) for part in rest[1]])
    return getattr(meaning, {"in": "is_in", "true": "always"}.get(kind, kind))(*rest)


class Evaluation:
    """The meaning of conditions as functions of a complete assessment, field id -> place."""

    def __init__(self, pack):
        self.pack = pack
        self.term = functools.lru_cache(maxsize=None)(self.term)

    def always(self):
        return lambda answers: True

    def is_in(self, field, places):
        return lambda answers: answers[field] in places

    def term(self, name):
        return fold(self.pack.flag_terms[name], self)

    def negation(self, part):
        return lambda answers: not part(answers)

    def all_of(self, parts):
        return lambda answers: all(part(answers) for part in parts)

    def any_of(self, parts):
        return lambda answers: any(part(answers) for part in parts)

    def at_least(self, least, parts):
        return lambda answers: sum(part(answers) for part in parts) >= least
