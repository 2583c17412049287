"""JSON Logic: the decision as logic for json_logic.mjs, which runs it on Node."""

import itertools
import json
import subprocess
import sys
from pathlib import Path

from decision import Decision, Language


class Logic(Language):
    """Rules stand in a list, in the pack's order, so that one logic gives them all."""

    def __init__(self, decision):
        super().__init__(decision.pack)
        self.place = {"rule_" + rule: place for place, rule in enumerate(decision.rules)}

    def always(self):
        return True

    def never(self):
        return False

    def name(self, name):
        return {"var": f"rules.{self.place[name]}" if name in self.place else name}

    def flag(self, field):
        return {"var": field}

    def one_of(self, field, values):
        return {"in": [{"var": field}, values]} if len(values) > 1 else {"===": [{"var": field}, *values]}

    def compare(self, field, operator, number):
        return {operator.replace("==", "==="): [{"var": field}, number]}

    def negation(self, part):
        return {"!": part}

    def all_of(self, parts):
        return {"and": parts}

    def any_of(self, parts):
        return {"or": parts}

    def at_least(self, least, parts):
        return {">=": [{"+": [{"if": [part, 1, 0]} for part in parts]}, least]}


def chain(chosen, otherwise):
    return {"if": [part for name, condition in chosen for part in (condition, name)] + [otherwise]}


def logic(decision):
    language = Logic(decision)
    return {"ids": decision.rules,
            "before": [*itertools.chain(*decision.terms(language)), decision.inconsistent(language)],
            "rules": [condition for _, condition in decision.held(language)],
            "status": chain(decision.statuses(language), "decided"),
            "level": chain(decision.levels(language), decision.lowest)}


if __name__ == "__main__":
    pack, rows, answers = map(Path, sys.argv[1:])
    written = answers.with_suffix(".logic.json")
    written.write_text(json.dumps(logic(Decision(pack))))
    driver = Path(__file__).with_suffix(".mjs")
    sys.exit(subprocess.run(["node", driver, written, rows, answers], check=False).returncode)
