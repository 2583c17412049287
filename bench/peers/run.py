"""placement score beside other engines on one core: equal answers first, then rows a second (scripts/bench-peers).

    run.py                   compares 2,000 people, then times 200,000 (engines that are far slower: the first of them)
    run.py --compare-only N  compares N people and times nothing

A difference ends the run and names engine, row and column, never an answer. PLACEMENT_TEST_SEED draws other people.
"""

import argparse
import csv
import itertools
import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from decision import COLUMNS, Decision
from ours import PACK, PROGRAMS, ROOT, SEED
from people import People

FOLDER = Path(__file__).resolve().parent
SCRATCH = ROOT / "build/bench-peers"
COMPARED, TIMED, BEST_OF = 2000, 200_000, 3


class Engine(NamedTuple):
    name: str
    script: str
    formats: tuple
    rows: int  # that it is timed with


ENGINES = [Engine("DuckDB", "duckdb_sql.py", ("ndjson", "csv"), TIMED),
           Engine("JSON Logic", "json_logic.py", ("ndjson",), 20_000),
           Engine("CLIPS", "clips_rules.py", ("ndjson",), 5_000),
           Engine("ZEN", "zen_expressions.py", ("ndjson",), 5_000)]


class Run(NamedTuple):
    seconds: float
    peak_mib: float
    printed: str


def run(*command, stdout=subprocess.PIPE):
    """Runs it to its end: wall time from start to end, and the most memory it had."""
    peak = SCRATCH / "peak"
    start = time.perf_counter()
    done = subprocess.run(["/usr/bin/time", "-f", "%M", "-o", peak, *map(str, command)], stdout=stdout,
                          stderr=subprocess.PIPE, text=True, check=False)
    seconds = time.perf_counter() - start
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: exit code {done.returncode}\n{(done.stdout or done.stderr)[-2000:]}")
    return Run(seconds, int(peak.read_text()) / 1024, done.stdout)


def run_placement(pack, rows, answers):
    """To its standard output: with -o it would wait for the disk at the end, as none of the others does."""
    with answers.open("w") as out:
        return run(PROGRAMS / "placement", "score", rows, "--to", answers.suffix[1:], "--columns", ",".join(COLUMNS),
                   "--jobs", 1, "--pack", pack, stdout=out)


def run_peer(engine, pack, rows, answers):
    """Its own clock counts: from the first row read to the last answer written, without getting ready."""
    done = run(sys.executable, "-B", FOLDER / engine.script, pack, rows, answers)
    return done._replace(seconds=float(done.printed.split()[-1]))


def write_rows(decision, people, name):
    """Files of what the pack reads about each person; the bytes of the first."""
    ndjson, table = SCRATCH / f"{name}.ndjson", SCRATCH / f"{name}.csv"
    fields = [field.id for field in decision.fields]
    with ndjson.open("w") as lines, table.open("w", newline="") as cells:
        writer = csv.writer(cells, lineterminator="\n")
        writer.writerow(fields)
        for person in people:
            row = {field: person[field] for field in fields}
            lines.write(json.dumps(row, separators=(",", ":")) + "\n")
            writer.writerow(str(value).lower() if isinstance(value, bool) else value for value in row.values())
    return ndjson.stat().st_size


def first_rows(rows, count, people):
    """A file of the first rows of one about so many people; the same file where it has no more."""
    if count >= people:
        return rows
    first = rows.with_name(f"{rows.stem}-first-{count}{rows.suffix}")
    with rows.open() as source, first.open("w") as out:
        out.writelines(itertools.islice(source, count))
    return first


def answer_of(line, form):
    """An answer as the tuple of COLUMNS."""
    if form == "ndjson":
        return tuple(json.loads(line)[column] for column in COLUMNS)
    row, *texts, held = next(csv.reader([line]))
    return (int(row), *(text or None for text in texts), held.split())


def compare(engine, mine, theirs, rows):
    form = mine.suffix[1:]
    with mine.open() as ours, theirs.open() as others:
        if form == "csv":
            assert next(ours) == next(others) == ",".join(COLUMNS) + "\n", engine.name
        seen = 0
        for our, other in itertools.zip_longest(itertools.islice(ours, rows), others, fillvalue=""):
            seen += 1
            if our == other:
                continue
            if not our or not other:
                sys.exit(f"{engine.name}: {form}: row {seen} is missing")
            for column, one, two in zip(COLUMNS, answer_of(our, form), answer_of(other, form)):
                if one != two:
                    sys.exit(f"{engine.name}: {form}: row {seen} differs in {column}")
    if seen != rows:
        sys.exit(f"{engine.name}: {form}: {seen} of {rows} rows were compared")


def compare_all(pack, name, people):
    """Every engine's answers about the people of a file, beside placement's."""
    for form in ("ndjson", "csv"):
        rows, mine = SCRATCH / f"{name}.{form}", SCRATCH / f"{name}-placement.{form}"
        run_placement(pack, rows, mine)
        for engine in ENGINES:
            if form in engine.formats:
                theirs = SCRATCH / f"{name}-{Path(engine.script).stem}.{form}"
                run_peer(engine, pack, first_rows(rows, engine.rows, people), theirs)
                compare(engine, mine, theirs, min(people, engine.rows))
    print(f"{name}: {people} people, answers are equal", flush=True)


def time_all(pack, name):
    """The table: each round every engine once, the best of all rounds counts."""
    out = {form: SCRATCH / f"{name}-timed.{form}" for form in ("ndjson", "csv")}
    jobs = []
    for form, rows in ((form, SCRATCH / f"{name}.{form}") for form in out):
        jobs.append((form, "placement score", TIMED, lambda r=rows, f=form: run_placement(pack, r, out[f])))
        if form == "ndjson":
            jobs.append((form, "simdjson, bare pass", TIMED, lambda r=rows: run(PROGRAMS / "simdjson_pass", r)))
        jobs += [(form, engine.name, engine.rows, lambda e=engine, r=first_rows(rows, engine.rows, TIMED), f=form:
                  run_peer(e, pack, r, out[f])) for engine in ENGINES if form in engine.formats]
    best = {}
    for _, (form, who, rows, work) in itertools.product(range(BEST_OF), jobs):
        done = work()
        rate, peak = best.get((form, who), (0, 0))
        best[form, who] = max(rate, rows / done.seconds), max(peak, done.peak_mib)
    print(f"\n| {name} | rows | rows/s | placement is faster by | peak MiB |\n|---|---|---|---|---|")
    for form, who, rows, _ in jobs:
        rate, peak = best[form, who]
        print(f"| {form.upper()}: {who} | {rows:,} | {rate:,.0f} | {best[form, 'placement score'][0] / rate:.2f} | "
              f"{peak:.0f} |", flush=True)
    print()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--compare-only", type=int, metavar="N")
    options = parser.parse_args()
    SCRATCH.mkdir(parents=True, exist_ok=True)
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})  # one core for everybody
    generated = SCRATCH / "generated-pack.json"
    generated.write_text(run(PROGRAMS / "generated_pack").printed)
    print(f"peers: PLACEMENT_TEST_SEED={SEED}")
    for name, pack in (("shipped", PACK), ("generated", generated)):
        decision, chance = Decision(pack), random.Random(SEED)
        print(f"{name}: {len(decision.rules)} rules, {len(decision.fields)} fields")
        count = options.compare_only or COMPARED
        drawn = People(decision.pack, chance)
        write_rows(decision, (drawn.full_row()["assessment"] for _ in range(count)), f"{name}-compared")
        compare_all(pack, f"{name}-compared", count)
        if options.compare_only is None:
            everybody = SCRATCH / f"{name}-everybody.ndjson"
            run(PROGRAMS / "placement", "generate", TIMED, "--pack", pack, "--seed", SEED, "-o", everybody)
            with everybody.open() as lines:
                size = write_rows(decision, map(json.loads, lines), name)
            print(f"{name}: {size / TIMED:.0f} bytes of NDJSON a row")
            compare_all(pack, name, TIMED)
            time_all(pack, name)


if __name__ == "__main__":
    main()
