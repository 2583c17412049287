"""The Arrow functions of the shared library from the tools that researchers use: pyarrow, polars, duckdb, nanoarrow, all
through examples/arrow_python. What comes out is what placement_engine_recommend_json says of each row, it is valid to the
last byte, and what was given in is given back. scripts/arrow-tests runs it."""

import ctypes
import gc
import itertools
import json
import random
import sys
import unittest
from ctypes import byref, c_char_p, c_uint64, c_void_p
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "examples/arrow_python"))

import placement_arrow
from placement_arrow import Scored, library


def module(name):
    try:
        return __import__(name)
    except ImportError:
        print(f"tools_test: {name} is not installed, what needs it is skipped", file=sys.stderr)
        return None


pa, polars, duckdb, nanoarrow = (module(name) for name in ("pyarrow", "polars", "duckdb", "nanoarrow"))
ALL_COLUMNS = 0x7FF

library.placement_text_bytes.argtypes = [c_void_p, c_void_p]
library.placement_text_bytes.restype = c_char_p
library.placement_text_destroy.argtypes = [c_void_p]
library.placement_engine_release.argtypes = [c_void_p]
library.placement_engine_recommend_json.argtypes = [c_void_p, c_char_p, c_uint64, c_void_p, c_void_p]


def text_of(call, *arguments):
    text = c_void_p()
    assert call(*arguments, byref(text), None) == 0
    try:
        return json.loads(library.placement_text_bytes(text, None))
    finally:
        library.placement_text_destroy(text)


FIELDS = text_of(library.placement_fields_write, 1)


def values_of(field):
    """Its answers as JSON has them, by number."""
    if field["kind"] == "flag":
        return [False, True]
    return [v["value"] for v in field["values"]] or list(range(field["from"], field["to"] + 1))


VALUES = {field["field"]: values_of(field) for field in FIELDS}


def people(count, seed, known=0.9):
    """Rows of numbers of answers, None where unknown."""
    draw = random.Random(seed)
    return [{name: draw.randrange(len(values)) if draw.random() < known else None for name, values in VALUES.items()}
            for _ in range(count)]


def words(field, number):
    if number is None or isinstance(VALUES[field][number], str):
        return number if number is None else VALUES[field][number]
    return {False: "no", True: "yes"}[VALUES[field][number]] if VALUES[field] == [False, True] else str(number)


def recommended(rows):
    """What must come out."""
    engine = c_void_p()
    assert library.placement_engine_default(None, byref(engine), None) == 0
    said = []
    for row in rows:
        known = json.dumps({f: VALUES[f][n] for f, n in row.items() if n is not None}).encode()
        r = text_of(library.placement_engine_recommend_json, engine, known, len(known))
        one = {key: r[key] for key in ("status", "settled", "indicated", "possible", "lowest", "highest",
                                       "determining_rules", "missing")}
        one["held_rules"] = [rule["id"] for rule in r["rules"] if rule["state"] == "holds"]
        said.append(one)
    library.placement_engine_release(engine)
    return said


ROWS = people(120, 20261127)
WANTED = recommended(ROWS)


def columns(rows, convert=lambda field, number: number):
    return {f: [convert(f, row[f]) for row in rows] for f in VALUES}


class Tools(unittest.TestCase):
    maxDiff = 2000

    def check(self, table, wanted=None):
        """A table of pyarrow says what it must; returned as rows."""
        table.validate(full=True)
        rows = table.to_pylist()
        self.assertEqual([{key: row[key] for key in WANTED[0] if key in row} for row in rows],
                         [{key: row[key] for key in WANTED[0] if key in rows[0]} for row in (wanted or WANTED)])
        self.assertEqual([row["fault"] for row in rows], [None] * len(rows))
        return rows


@unittest.skipUnless(pa, "pyarrow is not installed")
class Pyarrow(Tools):
    def test_columns_of_every_type(self):
        numbers = [pa.int16(), pa.uint8(), pa.uint16(), pa.int32(), pa.uint32(), pa.int64(), pa.uint64(), pa.float32(),
                   pa.float64()]
        texts = [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int16(), pa.string()),
                 pa.dictionary(pa.uint32(), pa.large_string())]
        for kind in numbers:
            with self.subTest(str(kind)):
                self.check(pa.table(Scored(pa.table({f: pa.array(v, kind) for f, v in columns(ROWS).items()}))))
        for kind in texts:
            with self.subTest(str(kind)):
                self.check(pa.table(Scored(pa.table(
                    {f: pa.array(v, kind) for f, v in columns(ROWS, words).items()}))))
        flags = {f: pa.array([n if n is None else bool(n) for n in v], pa.bool_()) if VALUES[f] == [False, True]
                 else pa.array(v, pa.int8() if len(VALUES[f]) <= 128 else pa.int16())
                 for f, v in columns(ROWS).items()}
        self.check(pa.table(Scored(pa.table(flags))))

    def test_all_columns(self):
        rows = self.check(pa.table(Scored(pa.table(columns(ROWS)), ALL_COLUMNS)))
        self.assertEqual(set(WANTED[0]) - set(rows[0]), set())
        self.assertEqual(list(rows[0])[-2:], ["pack_version", "fault"])

    def test_slices_and_batches(self):
        ids = pa.array([f"person {i}" for i in range(len(ROWS))])
        whole = pa.table({"id": ids, **columns(ROWS, words)})
        for begin, end in itertools.combinations((0, 1, 7, 8, 63, 120), 2):
            rows = self.check(pa.table(Scored(whole.slice(begin, end - begin))), WANTED[begin:end])
            self.assertEqual([row["id"] for row in rows], ids[begin:end].to_pylist())
        parts = whole.to_batches(max_chunksize=33) + [whole.to_batches()[0].slice(5, 0)]
        scored = pa.RecordBatchReader.from_stream(Scored(pa.Table.from_batches(parts)))
        sizes = [batch.num_rows for batch in scored]
        self.assertEqual([n for n in sizes if n], [33, 33, 33, 21])
        self.check(pa.table(Scored(pa.Table.from_batches(parts))))

    def test_is_pulled(self):
        batch, pulled = pa.record_batch(columns(ROWS)), []

        def batches():
            for i in range(5):
                pulled.append(i)
                yield batch
        reader = pa.RecordBatchReader.from_stream(
            Scored(pa.RecordBatchReader.from_batches(batch.schema, batches())))
        self.assertEqual(pulled, [])
        reader.read_next_batch()
        self.assertEqual(pulled, [0])
        self.assertEqual(reader.read_next_batch().num_rows, len(ROWS))
        self.assertEqual(pulled, [0, 1])

    def test_bad_rows_come_out_as_invalid(self):
        table = pa.table({"id": [5, None, 7], "cows_score": [14, 99, 3], "oud_diagnosis": ["severe", "mild", "KANARIE"]})
        scored = pa.table(Scored(table))
        scored.validate(full=True)
        rows = scored.to_pylist()
        self.assertEqual([row["status"] for row in rows], ["undecided", "invalid", "invalid"])
        self.assertEqual([row["fault"] for row in rows],
                         [None, "cows_score: above range", "oud_diagnosis: not an allowed name"])
        self.assertEqual(scored["id"].combine_chunks(), pa.array([5, None, 7]))
        self.assertEqual([row["possible"] for row in rows[1:]], [None, None])

    def test_says_which_rules_were_applied(self):
        metadata = pa.table(Scored(pa.table({"cows_score": [14]}))).schema.metadata
        self.assertEqual(metadata[b"placement.pack_id"], b"opioid")
        self.assertEqual(len(metadata[b"placement.pack_digest"]), 64)

    def test_unknown_columns(self):
        table = pa.table({"cows_scor": [14], "when": pa.array([0], pa.date32()), "cows_score": ["3"]})
        with self.assertRaisesRegex(ValueError, "^column 1: unknown column `cows_scor`.*`cows_score`.; column 2: "):
            pa.table(Scored(table))
        rows = pa.table(Scored(table, ignore_unknown_columns=True)).to_pylist()
        self.assertEqual(rows[0]["fault"], None)

    def test_an_input_that_fails(self):
        batch = pa.record_batch({"cows_score": [14]})

        def batches():
            yield batch
            raise ValueError("KANARIE")
        reader = pa.RecordBatchReader.from_stream(
            Scored(pa.RecordBatchReader.from_batches(batch.schema, batches())))
        reader.read_next_batch()
        with self.assertRaisesRegex(Exception, "the input stream failed") as caught:
            reader.read_next_batch()
        self.assertNotIn("KANARIE", str(caught.exception))

    def test_everything_is_given_back(self):
        gc.collect()
        before = pa.total_allocated_bytes(), len(placement_arrow.living)
        for _ in range(3):
            table = pa.table({"id": [str(i) for i in range(len(ROWS))], **columns(ROWS, words)})
            batches = pa.Table.from_batches(table.to_batches(max_chunksize=10))
            pa.table(Scored(batches))
            reader = pa.RecordBatchReader.from_stream(Scored(batches))
            reader.read_next_batch()  # and no further
            kept = reader.read_next_batch()
            Scored(batches).__arrow_c_stream__()  # that nobody takes over
            del table, batches, reader
        self.assertEqual(kept.num_rows, 10)
        del kept
        gc.collect()
        self.assertEqual((pa.total_allocated_bytes(), len(placement_arrow.living)), before)

    @unittest.skipUnless(nanoarrow, "nanoarrow is not installed")
    def test_another_reader_reads_the_same(self):
        table = pa.table({"id": [str(i) for i in range(len(ROWS))], **columns(ROWS)})
        self.assertEqual(nanoarrow.Array(Scored(table)).to_pylist(), pa.table(Scored(table)).to_pylist())


@unittest.skipUnless(pa and polars, "pyarrow and polars are not installed")
class Polars(Tools):
    def test_frames(self):
        ids = [f"somebody with a long id {i}" for i in range(len(ROWS))]
        texts = polars.DataFrame({"id": ids, **columns(ROWS, words)}, schema_overrides={f: polars.String for f in VALUES})
        numbers = polars.DataFrame({"id": ids, **columns(ROWS)}, schema_overrides={f: polars.Int64 for f in VALUES})
        for frame in (texts, numbers, texts.cast({f: polars.Categorical for f in VALUES}),
                      polars.concat([numbers[:50], numbers[50:]], rechunk=False),
                      texts.with_columns(polars.col("id").cast(polars.Categorical))):
            rows = self.check(pa.table(Scored(frame)))
            self.assertEqual([row["id"] for row in rows], ids)
        self.check(pa.table(Scored(texts[17:94])), WANTED[17:94])
        self.assertEqual(polars.DataFrame(Scored(texts))["id"].to_list(), ids)
        scored = polars.DataFrame(Scored(numbers))
        self.assertEqual(scored["status"].to_list(), [row["status"] for row in WANTED])
        self.assertEqual(scored["possible"].to_list(), [row["possible"] for row in WANTED])
        self.assertEqual(scored["held_rules"].to_list(), [row["held_rules"] for row in WANTED])
        self.assertEqual(scored["id"].to_list(), ids)


    def test_the_example_of_the_documentation(self):
        text = (Path(__file__).resolve().parents[2] / "docs/c-api.md").read_text(encoding="utf-8")
        example = text.split("```python\n")[1].split("```")[0].replace("print(", "printed.append(")
        printed = []
        exec(example, {"printed": printed})  # pylint: disable=exec-used
        self.assertEqual(printed[0]["fault"].to_list(), [None, "cows_score: above range", None])


@unittest.skipUnless(pa and duckdb, "pyarrow and duckdb are not installed")
class Duckdb(Tools):
    def test_round_trip_through_sql(self):
        people_table = pa.table({"id": list(range(len(ROWS))), **columns(ROWS, words)})
        connection = duckdb.connect()
        connection.register("people_table", people_table)
        chosen = connection.sql("select * from people_table order by id")
        scored = pa.table(Scored(chosen))
        self.check(scored)
        connection.register("scored", scored)
        said = connection.sql("select id, status, possible, held_rules from scored order by id desc").fetchall()
        self.assertEqual(said, [(i, row["status"], row["possible"], row["held_rules"])
                                for i, row in reversed(list(enumerate(WANTED)))])
        connection.register("streamed", Scored(people_table))  # read by duckdb itself, as often as it is asked
        for _ in range(2):
            self.assertEqual(connection.sql("select status from streamed where id = 7").fetchall(),
                             [(WANTED[7]["status"],)])
        counted = connection.sql("""select count(*) from (select unnest(held_rules) as rule from scored)
                                    where rule = 'offer_naloxone'""").fetchall()
        self.assertEqual(counted, [(sum("offer_naloxone" in row["held_rules"] for row in WANTED),)])

    def test_many_batches_of_its_types(self):
        connection = duckdb.connect()
        connection.sql("create type housing as enum ('stable', 'unstable', 'castle')")
        scored = pa.table(Scored(connection.sql("""
            select range::hugeint::varchar as id, (range % 49)::tinyint as cows_score, range % 2 = 0 as injects,
                   case range % 3 when 0 then 'stable' when 1 then 'castle' end::housing as housing,
                   (range % 11)::double as craving
            from range(10000)""")))
        scored.validate(full=True)
        self.assertEqual(scored["id"].to_pylist(), [str(i) for i in range(10000)])
        self.assertEqual(scored["fault"].to_pylist(),
                         ["housing: not an allowed name" if i % 3 == 1 else None for i in range(10000)])


if __name__ == "__main__":
    unittest.main()
