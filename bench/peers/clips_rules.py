"""CLIPS: a person is a fact; terms make a second fact of it; rules of the pack are rules of CLIPS over both."""

import json
import re

import clips

from decision import Language, drive, row_by_row


class Clips(Language):
    def always(self):
        return "TRUE"

    def never(self):
        return "FALSE"

    def name(self, name):
        return "?" + name

    def flag(self, field):
        return "?" + field

    def one_of(self, field, values):
        return self.some([f"(eq ?{field} {value})" for value in values])

    def compare(self, field, operator, number):
        return f"({operator.replace('==', '=')} ?{field} {number})"

    def negation(self, part):
        return f"(not {part})"

    def all_of(self, parts):
        return f"(and {' '.join(parts)})"

    def any_of(self, parts):
        return f"(or {' '.join(parts)})"

    def at_least(self, least, parts):
        return f"(>= (+ {' '.join(f'(if {part} then 1 else 0)' for part in parts)}) {least})"


class Fired(Clips):
    """Conditions of what has fired, as patterns."""

    def name(self, name):
        return f"(exists (held {name}))"

    def rules(self, rules):
        return self.name("|".join("rule_" + rule for rule in rules) or "FALSE")


def build(decision):
    """The environment that has all rules."""
    environment, language, fired = clips.Environment(), Clips(decision.pack), Fired(decision.pack)
    stages = decision.terms(language)
    terms = [name for stage in stages for name, _ in stage]
    facts = {"person": [field.id for field in decision.fields], "terms": terms}

    def pattern(text, facts):
        """Binds the variables that the text reads of these facts."""
        read = set(re.findall(r"\?(\w+)", text))
        slots = {fact: " ".join(f"({slot} ?{slot})" for slot in facts[fact] if slot in read) for fact in facts}
        return " ".join(f"({fact} {bound})" for fact, bound in slots.items() if bound)

    def rule(name, salience, conditions, actions):
        environment.build(f"(defrule {name} (declare (salience {salience})) {conditions} => {actions})")

    def held(name, condition, then=""):
        rule(name, 0, f"{pattern(condition, facts) or '(person)'} (test (and {condition} TRUE))",
             f"(assert (held {name})) {then}")

    for template, slots in facts.items():
        environment.build(f"(deftemplate {template} {' '.join(f'(slot {slot})' for slot in slots)})")
    environment.build(f"(defglobal ?*held* = (create$) ?*status* = decided ?*level* = {decision.lowest})")
    texts = " ".join(f"(bind ?{name} {text})" for stage in stages for name, text in stage)
    rule("terms", 1, pattern(texts, {"person": facts["person"]}),
         f"{texts} (assert (terms {' '.join(f'({name} ?{name})' for name in terms)}))")
    for name, text in decision.held(language):
        held(name, text, f"(bind ?*held* (create$ ?*held* {name.removeprefix('rule_')}))")
    held(*decision.inconsistent(language))
    # What applies first overrides: it fires last.
    for variable, chain in (("status", decision.statuses(fired)), ("level", decision.levels(fired))):
        for place, (name, condition) in enumerate(chain):
            rule(f"{variable}_{name}", place - len(chain), condition, f"(bind ?*{variable}* {name or 'nil'})")
    return environment


def prepare(decision):
    environment = build(decision)
    person = environment.find_template("person")
    status, level, held = (environment.find_global(name) for name in ("status", "level", "held"))
    place = {rule: number for number, rule in enumerate(decision.rules)}
    symbols = {value: clips.Symbol(value) for field in decision.fields for value in field.values or []
               if field.kind != "flag"}
    symbols |= {False: clips.Symbol("FALSE"), True: clips.Symbol("TRUE")}
    slots = [(field.id, None if field.kind == "count" else symbols) for field in decision.fields]

    def decide(line):
        answers = json.loads(line)
        environment.reset()
        person.assert_fact(**{slot: values[answers[slot]] if values else answers[slot] for slot, values in slots})
        environment.run()
        return status.value, None if level.value == "nil" else level.value, sorted(held.value, key=place.get)

    return row_by_row(decide)


if __name__ == "__main__":
    drive(prepare)
