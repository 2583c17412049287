"""GoRules ZEN: the decision as two compiled expressions, the rules that hold and then what follows from them.

A decision graph of expression nodes, and one decision after the other or in batches, took two to four times as long.
"""

import zen

from decision import Language, drive, row_by_row


class Zen(Language):
    """Terms are written out where they are used; rules are looked up among those that hold."""

    def always(self):
        return "true"

    def never(self):
        return "false"

    def name(self, name):
        return f"'{name.removeprefix('rule_')}' in held" if name.startswith("rule_") else name

    def term(self, term):
        return self.write(self.pack.flag_terms[term])

    def flag(self, field):
        return field

    def one_of(self, field, values):
        listed = ", ".join(f"'{value}'" for value in values)
        return f"{field} == {listed}" if len(values) == 1 else f"{field} in [{listed}]"

    def compare(self, field, operator, number):
        return f"{field} {operator} {number}"

    def negation(self, part):
        return f"not ({part})"

    def all_of(self, parts):
        return f"({' and '.join(parts)})"

    def any_of(self, parts):
        return f"({' or '.join(parts)})"

    def at_least(self, least, parts):
        return f"({' + '.join(f'(({part}) ? 1 : 0)' for part in parts)} >= {least})"


def chain(chosen, otherwise):
    answers = "".join(f"({condition}) ? {repr(name) if name else 'null'} : " for name, condition in chosen)
    return answers + repr(otherwise)


def prepare(decision):
    language = Zen(decision.pack)
    ids = ", ".join(f"({condition}) ? '{name.removeprefix('rule_')}' : null"
                    for name, condition in decision.held(language))
    rules = zen.compile_expression(f"{{held: filter([{ids}], # != null), inconsistent: "
                                   f"{decision.inconsistent(language)[1]}}}")
    outcome = zen.compile_expression(f"[{chain(decision.statuses(language), 'decided')}, "
                                     f"{chain(decision.levels(language), decision.lowest)}]")

    def decide(line):
        found = rules.evaluate(line)
        status, level = outcome.evaluate(found)
        return status, level, found["held"]

    return row_by_row(decide)


if __name__ == "__main__":
    drive(prepare)
