"""DuckDB: the decision as one SQL statement from a file to a file, on one thread."""

import duckdb

from decision import Language, drive


class Sql(Language):
    def always(self):
        return "true"

    def never(self):
        return "false"

    def name(self, name):
        return name

    def flag(self, field):
        return f'"{field}"'

    def one_of(self, field, values):
        listed = ", ".join(f"'{value}'" for value in values)
        return f'"{field}" = {listed}' if len(values) == 1 else f'"{field}" IN ({listed})'

    def compare(self, field, operator, number):
        return f'"{field}" {operator} {number}'

    def negation(self, part):
        return f"NOT ({part})"

    def all_of(self, parts):
        return f"({' AND '.join(parts)})"

    def any_of(self, parts):
        return f"({' OR '.join(parts)})"

    def at_least(self, least, parts):
        return f"({' + '.join(f'({part})::TINYINT' for part in parts)} >= {least})"


def text(value):
    return "NULL" if value is None else f"'{value}'"


def case(chain, otherwise):
    whens = " ".join(f"WHEN {condition} THEN {text(name)}" for name, condition in chain)
    return f"CASE {whens} ELSE {text(otherwise)} END"


def statement(decision, rows, answers):
    language = Sql(decision.pack)
    types = {"flag": "BOOLEAN", "count": "SMALLINT"}
    columns = ", ".join(f"{text(field.id)}: {text(types.get(field.kind, 'VARCHAR'))}" for field in decision.fields)
    read = f"read_csv('{rows}', header = true, auto_detect = false, columns = {{{columns}}})" if rows.suffix == ".csv" \
        else f"read_json('{rows}', format = 'newline_delimited', columns = {{{columns}}})"
    query = f"SELECT row_number() OVER () AS row, * FROM {read}"
    for stage in [*decision.terms(language), [*decision.held(language), decision.inconsistent(language)],
                  [("status", case(decision.statuses(language), "decided")),
                   ("level", case(decision.levels(language), decision.lowest))]]:
        query = f"SELECT *, {', '.join(f'{condition} AS {name}' for name, condition in stage)} FROM ({query})"
    ids, truths = ", ".join(map(text, decision.rules)), ", ".join("rule_" + rule for rule in decision.rules)
    held = f"list_where([{ids}], [{truths}])"
    held, form = (f"array_to_string({held}, ' ')", "csv, HEADER") if answers.suffix == ".csv" else (held, "json")
    return f"COPY (SELECT row, status, CASE WHEN status = 'decided' THEN level END AS indicated, level AS lowest, " \
        f"level AS highest, {held} AS held_rules FROM ({query})) TO '{answers}' (FORMAT {form})"


def prepare(decision):
    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    return lambda rows, answers: connection.execute(statement(decision, rows, answers))


if __name__ == "__main__":
    drive(prepare)
