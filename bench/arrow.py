"""How many rows a second the shared library scores for pyarrow: `scripts/arrow-tests --bench`.

A million people drawn uniformly, their answers in every type a column may have, and an id; one thread, processor time,
the best of three. What comes out of each type must be equal before it is timed."""

import json
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "examples/arrow_python"))

import placement_arrow
import pyarrow as pa

PROGRAM = ROOT / "build/release/bin/placement"
PEOPLE, TIMES, BEST_OF = 20_000, 50, 3
USUAL, NO_HELD_RULES = 0, 1 | 2 | 4 | 8 | 16 | 32 | 512 | 1024  # PLACEMENT_COLUMN_*


def run(*arguments):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, check=True, text=True).stdout


def word(value):
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else None if value is None else str(value)


def scored(table, columns):
    return pa.table(placement_arrow.Scored(table, columns))


def rows_per_second(table, columns):
    best = float("inf")
    for _ in range(BEST_OF):
        start = time.process_time()
        scored(table, columns)
        best = min(best, time.process_time() - start)
    return table.num_rows / best


def table_of(people, fields, kind, numbered):
    columns = {}
    for field in fields:
        name = field["field"]
        values = [False, True] if field["kind"] == "flag" else \
            [v["value"] for v in field["values"]] or list(range(field["from"], field["to"] + 1))
        number = {word(value): i for i, value in enumerate(values)}
        texts = [word(person.get(name)) for person in people]
        columns[name] = pa.array([number.get(text) for text in texts], kind) if numbered else pa.array(texts, kind)
    columns["id"] = pa.array([str(i) for i in range(len(people))])
    return pa.concat_tables([pa.table(columns)] * TIMES)


def main():
    fields = json.loads(run("fields", "--format", "json"))
    kinds = {"uint8": (pa.uint8(), True), "int64": (pa.int64(), True),
             "dictionary of utf8": (pa.dictionary(pa.int32(), pa.string()), False), "utf8": (pa.string(), False),
             "utf8 view": (pa.string_view(), False)}
    print("| answers known | columns in | usual columns out | without `held_rules` |\n|---|---|---|---|")
    for percent in (100, 95):
        people = [json.loads(line) for line in
                  run("generate", PEOPLE, "--prior", "uniform", "--known", percent).splitlines()]
        wanted = None
        for name, (kind, numbered) in kinds.items():
            if percent < 100 and name != "utf8":
                continue
            table = table_of(people, fields, kind, numbered)
            answers = scored(table.slice(0, PEOPLE), USUAL)
            assert wanted is None or answers.equals(wanted), name
            wanted = answers
            speeds = [rows_per_second(table, columns) / 1e6 for columns in (USUAL, NO_HELD_RULES)]
            print(f"| {percent} in 100 | {name} | {speeds[0]:.2f} M rows/s | {speeds[1]:.2f} M rows/s |", flush=True)


if __name__ == "__main__":
    main()
