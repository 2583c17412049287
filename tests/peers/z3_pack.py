"""A pack as formulas for z3, and the questions of docs/semantics.md asked of them.

Every field is a variable over its own values: a flag a Boolean, the others bit vectors of just enough bits, kept within
range (integers take about as long). Two assessments that differ in one field share all other variables.
"""

import functools
import time

import z3

from pack import Evaluation, fold, runs


class Formulas:
    """Conditions as formulas over one set of variables, those of properties too (they speak of results, without a
    current level: docs/semantics.md, section 11). What does not read one of the `changed` fields is taken from
    `like`."""

    def __init__(self, pack, variables, like=None, changed=frozenset()):
        self.pack, self.variables, self.like, self.changed = pack, variables, like, changed
        for method in ("term", "rule", "constraint", "any_rule", "at_least_level", "level_is"):
            setattr(self, method, functools.lru_cache(maxsize=None)(getattr(self, method)))
        self.consistent = z3.And([True, *(self.constraint(i) for i in range(len(pack.constraints)))])

    @functools.cached_property
    def in_scope(self):
        return z3.Not(self.any_rule(*self.pack.of_kind("out_of_scope")))

    def formula(self, condition, unchanged):
        """The condition's, or what `unchanged` gives where nothing it reads has changed."""
        if self.like is not None and not self.changed & self.pack.reads(condition):
            return unchanged()
        return fold(condition, self)

    def constraint(self, place):
        return self.formula(self.pack.constraints[place], lambda: self.like.constraint(place))

    def rule(self, name):
        return self.formula(self.pack.conditions[name], lambda: self.like.rule(name))

    def term(self, name):
        return self.formula(self.pack.flag_terms[name], lambda: self.like.term(name))

    def always(self):
        return z3.BoolVal(True)

    def is_in(self, field, places):
        variable, whole = self.variables[field], self.pack.fields[field]
        if whole.kind == "flag":
            return {(): z3.BoolVal(False), (0,): z3.Not(variable), (1,): variable}.get(
                tuple(places), z3.BoolVal(True))
        parts = []
        for first, last in runs(places):
            low = [] if first == 0 else [z3.UGE(variable, first)]
            high = [] if last == whole.high else [z3.ULE(variable, last)]
            parts.append(variable == first if first == last else z3.And([True, *low, *high]))
        return z3.Or([False, *parts])

    def negation(self, part):
        return z3.Not(part)

    def all_of(self, parts):
        return z3.And(parts)

    def any_of(self, parts):
        return z3.Or(parts)

    def at_least(self, least, parts):
        return z3.PbGe([(part, 1) for part in parts], least)

    def any_rule(self, *names):
        return z3.Or([False, *map(self.rule, names)])

    def at_least_level(self, place, current_level=None):
        return self.any_rule(*(rule for rule, level in self.pack.demands(current_level).items() if level >= place)) \
            if place > 0 else z3.BoolVal(True)

    def level_is(self, place, current_level=None):
        above = z3.BoolVal(False) if place + 1 == len(self.pack.levels) \
            else self.at_least_level(place + 1, current_level)
        return z3.And(self.at_least_level(place, current_level), z3.Not(above))

    def level(self, places):
        return z3.Or([False, *(self.level_is(place) for place in places)])

    def alert(self, name):
        return self.rule(name)

    def stop(self):
        return self.any_rule(*self.pack.of_kind("alert", urgency="stop"))

    def avoids(self, service):
        return self.any_rule(*self.pack.of_kind("avoid", service=service))

    def offers(self, service):
        return z3.And(self.any_rule(*self.pack.of_kind("offer", service=service)), z3.Not(self.avoids(service)))

    def requires(self, capability):
        return self.any_rule(*self.pack.of_kind("capability", capability=capability))


class Z3Pack:
    def __init__(self, pack):
        self.pack, self.seconds = pack, 0.0
        self.variables = {name: self.variable(name, "") for name in pack.fields}
        self.formulas = Formulas(pack, self.variables)
        self.bounds = [self.bound(name, self.variables[name]) for name in pack.fields]
        # Rules by name, so that what is asked of one assessment after the other stays short.
        self.named = {rule: z3.Bool("rule " + rule) for rule in pack.rules}
        self.short = Formulas(pack, self.variables)
        self.short.rule = self.named.__getitem__
        names = [name == self.formulas.rule(rule) for rule, name in self.named.items()]
        self.of_all = self.solver(*names)
        self.of_consistent = self.solver(*names, self.formulas.consistent)
        for solver in (self.of_all, self.of_consistent):
            solver.set("phase_selection", 5)  # random: each model then shows many rules at once
        for method in ("equals", "no_worse"):
            setattr(self, method, functools.lru_cache(maxsize=None)(getattr(self, method)))
        self.evaluation = {rule: fold(condition, Evaluation(pack)) for rule, condition in pack.conditions.items()}

    def variable(self, name, suffix):
        field = self.pack.fields[name]
        return z3.Bool(name + suffix) if field.kind == "flag" else \
            z3.BitVec(name + suffix, max(1, field.high.bit_length()))

    def bound(self, name, variable):
        field = self.pack.fields[name]
        full = field.kind == "flag" or field.high + 1 == 2 ** field.high.bit_length()
        return z3.BoolVal(True) if full else z3.ULE(variable, field.high)

    def solver(self, *formulas):
        solver = z3.Solver()
        solver.add(*self.bounds, *formulas)
        return solver

    def sat(self, solver, *assumed):
        """Is there such an assessment? Only this call is on the clock."""
        if assumed:
            solver.push()
            solver.add(*assumed)
        start = time.perf_counter()
        answer = solver.check()
        self.seconds += time.perf_counter() - start
        self.model = solver.model() if answer == z3.sat else None
        if assumed:
            solver.pop()
        if answer == z3.unknown:
            raise RuntimeError("z3 gave up: " + solver.reason_unknown())
        return answer == z3.sat

    def answers(self):
        """The assessment found last: field id -> place. What the model does not mention may be anything."""
        values = {name: self.model[variable] for name, variable in self.variables.items()}
        return {name: 0 if value is None else int(z3.is_true(value)) if self.pack.fields[name].kind == "flag"
                else value.as_long() for name, value in values.items()}

    # --- about the pack

    def dead_rules(self, in_scope):
        """Rules that hold in no consistent assessment; with `in_scope` of those in scope, where an out_of_scope rule
        can hold for nobody and is not asked about."""
        solver = self.solver(self.formulas.consistent, *([self.formulas.in_scope] if in_scope else []))
        return [rule for rule in self.pack.rules
                if not (in_scope and self.pack.rules[rule]["kind"] == "out_of_scope")
                and not self.sat(solver, self.formulas.rule(rule))]

    def neighbours(self, field):
        """Variables and formulas of assessments that differ from the first in `field` alone, and the solver of both."""
        variables = {**self.variables, field: self.variable(field, "'")}
        other = Formulas(self.pack, variables, self.formulas, {field})
        solver = self.solver(self.bound(field, variables[field]), variables[field] != self.variables[field],
                             self.formulas.consistent, self.formulas.in_scope, other.consistent, other.in_scope)
        return variables, other, solver

    def is_monotone(self, name):
        """Is the worse of two assessments that differ in this field alone never placed lower?"""
        variables, worse, solver = self.neighbours(name)
        value, other = self.variables[name], variables[name]
        low, high = (value, other) if self.pack.fields[name].worse == "higher" else (other, value)
        is_worse = z3.And(z3.Not(low), high) if self.pack.fields[name].kind == "flag" else z3.ULT(low, high)
        placed_lower = z3.Or([z3.And(self.formulas.at_least_level(place), z3.Not(worse.at_least_level(place)))
                              for place in range(1, len(self.pack.levels))])
        return not self.sat(solver, is_worse, placed_lower)

    def is_independent(self, name, named):
        _, other, solver = self.neighbours(name)
        services = [service["id"] for service in self.pack.json["services"]]
        said = {
            "level": [lambda f, p=place: f.at_least_level(p) for place in range(1, len(self.pack.levels))],
            "alerts": [lambda f, r=rule: f.rule(r) for rule in self.pack.of_kind("alert")],
            "capabilities": [lambda f, c=capability["id"]: f.requires(c)
                             for capability in self.pack.json["capabilities"]],
            # The state of a service: avoid, yes or no.
            "offers": [lambda f, s=service: f.offers(s) for service in services] +
                      [lambda f, s=service: f.avoids(s) for service in services]}
        return not self.sat(solver, z3.Or([z3.Xor(of(self.formulas), of(other)) for key in named for of in said[key]]))

    def property_verdict(self, claim):
        """proved, refuted or vacuous, as `placement check` says it."""
        if "monotone" in claim:
            return "proved" if self.is_monotone(claim["monotone"]["field"]) else "refuted"
        if "independent" in claim:
            return "proved" if self.is_independent(claim["independent"]["field"], claim["independent"]["of"]) \
                else "refuted"
        conditions = {key: self.pack.read(text, results=True)
                      for key, text in claim.get("implies", claim.get("alone")).items()}
        when = fold(conditions["when"], self.formulas)
        solver = self.solver(self.formulas.consistent, self.formulas.in_scope, when)
        if not self.sat(solver):
            return "vacuous"
        if "implies" in claim:
            return "refuted" if self.sat(solver, z3.Not(fold(conditions["then"], self.formulas))) else "proved"
        return "proved" if self.is_never_alone(conditions["when"], conditions["never"]) else "refuted"

    def is_never_alone(self, when, never):
        """`alone`: `never` holds in no purest case of `when`.

        A suspect is a case of `when` in which `never` holds. If no better case exists it refutes the claim. If one
        does, what was changed to get there is tried on all suspects: those that are still consistent cases afterwards,
        and better, are not purest. Repeated until no suspect is left.
        """
        graded = [field for field in self.pack.fields.values()
                  if field.worse != "none" and field.id not in self.pack.reads(when)]
        suspects = self.solver(self.formulas.consistent, self.formulas.in_scope, fold(when, self.formulas),
                               fold(never, self.formulas))
        cases = self.solver(self.formulas.consistent, self.formulas.in_scope, fold(when, self.formulas))
        while self.sat(suspects):
            suspect = self.answers()
            better = self.purest_below(cases, suspect, graded)
            if better == suspect:
                return False
            changed = [field for field in graded if better[field.id] != suspect[field.id]]
            variables = {**self.variables,
                         **{field.id: self.constant(field, better[field.id]) for field in changed}}
            after = Formulas(self.pack, variables, self.formulas, {field.id for field in changed})
            suspects.add(z3.Not(z3.And(
                after.consistent, after.in_scope, fold(when, after),
                *(self.as_good(field, better[field.id], self.variables[field.id]) for field in changed),
                z3.Or([self.variables[field.id] != variables[field.id] for field in changed]))))
        return True

    def constant(self, field, place):
        return z3.BoolVal(bool(place)) if field.kind == "flag" else \
            z3.BitVecVal(place, self.variables[field.id].size())

    def as_good(self, field, place, variable):
        """The constant at `place` is as good as the variable, or better."""
        if field.kind == "flag":
            best = 0 if field.worse == "higher" else 1
            return z3.BoolVal(True) if place == best else (variable if place else z3.Not(variable))
        return z3.UGE(variable, place) if field.worse == "higher" else z3.ULE(variable, place)

    def purest_below(self, cases, start, graded):
        """A case than which none is better, itself better than `start` or equal to it."""
        case, graded_ids = start, [field.id for field in graded]
        same = [self.equals(name, place) for name, place in start.items() if name not in graded_ids]
        while self.sat(cases, *same, *(self.no_worse(name, case[name]) for name in graded_ids),
                       z3.Not(z3.And([self.equals(name, case[name]) for name in graded_ids]))):
            case = self.answers()
        return case

    def equals(self, name, place):
        return self.variables[name] == self.constant(self.pack.fields[name], place)

    def no_worse(self, name, place):
        """The answer is as good as the value at `place`, or better."""
        field = self.pack.fields[name]
        return self.formulas.is_in(name, {p for p in field.places if p == place or field.is_better(p, place)})

    # --- about one assessment

    def judge(self, row):
        """Status, possible levels and rule states of a row: docs/semantics.md, section 5."""
        sets = {name: field.set_of(row["assessment"].get(name)) for name, field in self.pack.fields.items()}
        level = row["request"].get("current_level")
        answers = [self.short.is_in(name, places) for name, places in sets.items()
                   if len(places) <= self.pack.fields[name].high]
        self.of_consistent.push()
        self.of_consistent.add(*answers)
        is_consistent = self.sat(self.of_consistent)
        self.of_all.push()
        self.of_all.add(*answers)
        solver = self.of_consistent if is_consistent else self.of_all  # where none is consistent, all are judged
        states = self.rule_states(solver, level)
        possible = self.possible(solver, level) if is_consistent else []
        status = self.status(solver, sets, is_consistent, possible, states, level)
        self.of_consistent.pop()
        self.of_all.pop()
        return {"status": status, "possible": possible, "rules": list(states.values())}

    def rule_states(self, solver, level):
        """Rule id -> state. Each model shows many rules at once; z3 is asked for one that shows anything new."""
        evaluated = self.pack.evaluated(level)
        literals = {(rule, truth): self.named[rule] if truth else z3.Not(self.named[rule])
                    for rule in evaluated for truth in (False, True)}
        while literals and self.sat(solver, z3.Or(list(literals.values()))):
            answers = self.answers()
            for rule in evaluated:
                literals.pop((rule, bool(self.evaluation[rule](answers))), None)
        return {rule: "not_evaluated" if rule not in evaluated else "holds" if (rule, False) in literals else
                "no" if (rule, True) in literals else "open" for rule in self.pack.rules}

    def possible(self, solver, level):
        return [self.pack.levels[place] for place in range(len(self.pack.levels))
                if self.sat(solver, self.short.in_scope, self.short.level_is(place, level))]

    def status(self, solver, sets, is_consistent, possible, states, level):
        stops = self.pack.of_kind("alert", urgency="stop")
        if not self.sat(solver, z3.Not(self.short.any_rule(*stops))):
            return "emergency"
        if not is_consistent:
            return "inconsistent"
        if not self.sat(solver, self.short.in_scope):
            return "out_of_scope"
        all_no = all(states[rule] == "no" for rule in [*stops, *self.pack.of_kind("out_of_scope")])
        if len(possible) != 1 or not all_no:
            return "undecided"
        required = [field for field, when in self.pack.must_know if self.sat(solver, fold(when, self.short))]
        return "decided" if all(self.is_answered(solver, field, sets[field], level) for field in required) \
            else "undecided"

    def is_answered(self, solver, name, places, level):
        """Known; or partly known, and no two consistent completions that differ in it alone differ in a rule."""
        if len(places) == 1 or len(places) > self.pack.fields[name].high:
            return len(places) == 1
        variables = {**self.variables, name: self.variable(name, "'")}
        other = Formulas(self.pack, variables, self.formulas, {name})
        readers = [rule for rule in self.pack.evaluated(level) if name in self.pack.reads(self.pack.conditions[rule])]
        return not self.sat(solver, other.is_in(name, places), other.consistent,
                            z3.Or([False, *(z3.Xor(self.named[r], other.rule(r)) for r in readers)]))
