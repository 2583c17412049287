"""placement agree and report: figures that can be worked out again from what `score` says of the same rows."""

import collections
import csv
import html.parser
import io
import json
import os
import random
import re
import unittest
from pathlib import Path

from harness import DONE, FINDINGS, ROOT, UNREADABLE, USAGE, CliTest, placement

LEVELS = ["aftercare", "outpatient", "iop", "php", "inpatient", "detox"]
REAL = Path(os.environ.get("PLACEMENT_REAL_DATA", ""))
BESIDE = ["--observed", "setting", "--subgroup", "site", "--outcome", "completed"]


def kappa(pairs, weight):
    """Cohen's: one minus weighted disagreement over what the margins alone would give."""
    rows, columns = zip(*pairs)
    seen = sum(weight(r, c) for r, c in pairs) / len(pairs)
    chance = sum(weight(r, c) for r in rows for c in columns) / len(pairs) ** 2
    return 1 - seen / chance


class Cohort(CliTest):
    """Made-up people, each with the level, site and outcome that somebody may have noted."""

    @classmethod
    def setUpClass(cls):
        draw = random.Random(20)
        cls.rows = []
        for known in (100, 85):
            for line in placement("generate", 150, "--known", known, "--seed", known, "--prior", "pack").stdout.splitlines():
                cls.rows.append({"id": f"p{len(cls.rows)}", **json.loads(line), "setting": draw.choice([*LEVELS, ""]),
                                 "site": draw.choice(["north", "south, old town"]),
                                 "completed": draw.choice([True, False, None])})
        cls.answers = [json.loads(line) for line in placement(
            "score", "-", "--columns", "status,indicated,possible",
            stdin="\n".join(json.dumps({k: v for k, v in row.items() if k not in ("setting", "site", "completed")})
                            for row in cls.rows)).stdout.splitlines()]

    def people(self, rows=None):
        return self.file("\n".join(map(json.dumps, self.rows if rows is None else rows)), "people.ndjson")

    def figures(self, path, *options):
        return json.loads(self.done("agree", path, *BESIDE, "--format", "json", *options))


class Agree(Cohort):
    def test_counts_and_kappas_are_those_of_the_scored_rows(self):
        pairs = [(LEVELS.index(answer["indicated"]), LEVELS.index(row["setting"]))
                 for row, answer in zip(self.rows, self.answers) if answer["status"] == "decided" and row["setting"]]
        self.assertGreater(len(pairs), 50)
        said = self.figures(self.people())
        self.assertEqual(said["levels"], LEVELS)
        counted = collections.Counter(pairs)
        self.assertEqual(said["confusion"], [[counted[r, c] for c in range(6)] for r in range(6)])
        everyone = said["all"]
        self.assertEqual(everyone["rows"], len(self.rows))
        self.assertEqual([everyone["matches"][name]["rows"] for name in ("under", "matched", "over")],
                         [sum(c < r for r, c in pairs), sum(c == r for r, c in pairs), sum(c > r for r, c in pairs)])
        self.assertAlmostEqual(everyone["kappa"]["value"], kappa(pairs, lambda r, c: r != c), 4)
        self.assertAlmostEqual(everyone["weighted_kappa"]["value"], kappa(pairs, lambda r, c: (r - c) ** 2), 4)
        for each in ("kappa", "weighted_kappa"):
            low, high = everyone[each]["interval"]
            self.assertLess(low, everyone[each]["value"])
            self.assertLess(everyone[each]["value"], high)
        undecided = [(answer["possible"], row["setting"]) for row, answer in zip(self.rows, self.answers)
                     if answer["status"] == "undecided" and row["setting"]]
        self.assertEqual(everyone["matches"]["among"]["rows"], sum(level in possible for possible, level in undecided))
        self.assertEqual(said["excluded"], [{"reason": "no level is recorded",
                                             "rows": sum(not row["setting"] for row in self.rows)}])

    def test_subgroups_and_outcomes_are_counted_apart(self):
        said = self.figures(self.people(), "--subgroup", "pregnant")
        sites, pregnant = said["subgroups"]
        self.assertEqual({v["value"]: v["figures"]["rows"] for v in sites["values"]},
                         collections.Counter(row["site"] for row in self.rows))
        self.assertEqual({v["value"]: v["figures"]["rows"] for v in pregnant["values"]},
                         collections.Counter({True: "yes", False: "no", None: None}[row.get("pregnant")]
                                             for row in self.rows))
        matched = said["outcomes"][0]["by"]["matched"]
        wanted = collections.Counter(row["completed"] for row, answer in zip(self.rows, self.answers)
                                     if answer["status"] == "decided" and answer["indicated"] == row["setting"])
        self.assertEqual((matched["yes"], matched["no"], matched["missing"]), (wanted[True], wanted[False], wanted[None]))

    def test_csv_workers_and_the_order_of_rows_change_nothing(self):
        wanted = self.figures(self.people())
        backwards = self.people(self.rows[::-1])
        self.assertEqual(self.figures(backwards, "--jobs", 3), wanted)
        table = io.StringIO()
        columns = sorted({key for row in self.rows for key in row})
        writer = csv.DictWriter(table, columns)
        writer.writeheader()
        for row in self.rows:
            writer.writerow({key: json.dumps(value) if isinstance(value, (bool, dict)) else value
                             for key, value in row.items()})
        self.assertEqual(self.figures(self.file(table.getvalue(), "people.csv")), wanted)

    def test_bad_rows_are_counted_and_told_without_their_values(self):
        bad = [{**self.rows[0], "setting": "Riverdale"}, {**self.rows[0], "completed": "Smith"},
               {**self.rows[0], "site": {"a": 1}}, {**self.rows[0], "pain": 3}]
        rejects = self.folder / "rejects.ndjson"
        said = self.figures(self.people(self.rows + bad), "--rejects", rejects)
        self.assertEqual((said["invalid"], said["all"]["rows"]), (4, len(self.rows) + 4))
        told = [json.loads(line) for line in rejects.read_text().splitlines()]
        self.assertEqual([(r["row"] - len(self.rows), r["field"]) for r in told],
                         [(1, "setting"), (2, "completed"), (3, None), (4, "pain")])
        self.assertNotRegex(rejects.read_text(), "Riverdale|Smith")

    def test_broken_lines_say_where_they_are_broken(self):
        rejects = self.folder / "rejects.ndjson"
        self.figures(self.file('{"setting": "iop", "age": }\n', "people.ndjson"), "--rejects", rejects)
        self.assertEqual(json.loads(rejects.read_text())["column"], 27)

    def test_small_cells_are_kept_back(self):
        text = json.dumps(self.figures(self.people(), "--suppress-below", 11))
        said = json.loads(text)
        self.assertEqual(said["suppressed_below"], 11)
        self.assertIn("<11", text)
        cells = [cell for row in said["confusion"] for cell in row]
        self.assertTrue(all(isinstance(cell, str) or cell == 0 or cell > 10 for cell in cells), cells)

    def test_identifiers_are_refused(self):
        for column in ("site", "id"):
            path = self.people([{**row, column: f"555-010-{i:04d}"} for i, row in enumerate(self.rows)])
            fault, = self.refused("agree", path, *BESIDE, "--deidentify", code=FINDINGS)
            self.assertRegex(fault, f"{column}.*telephone")
            self.assertNotIn("555", fault)
        self.assertEqual(self.figures(self.people(), "--deidentify")["suppressed_below"], 11)

    def test_says_what_cannot_be_compared(self):
        people = self.people()
        self.assertIn("--observed", self.refused("agree", people, code=USAGE)[0])
        self.assertIn("pregnant", self.refused("agree", people, "--observed", "pregnant", code=USAGE)[0])
        self.assertIn("twice", self.refused("agree", people, "--observed", "a", "--outcome", "a", code=USAGE)[0])
        self.assertIn("`setting`", self.refused("agree", self.file("pregnant\nyes\n", "a.csv"), "--observed", "setting")[0])
        self.assertIn("observed setting", self.refused("agree", people, "--mapping", "ctn0094", code=USAGE)[0])
        trial = self.file("id\n1\n", "trial.csv")
        self.assertIn("sex", self.refused("agree", trial, "--mapping", "teds-a", "--subgroup", "site", code=USAGE)[0])
        self.assertIn("--observed", self.refused("agree", trial, "--mapping", "teds-a", "--observed", "a", code=USAGE)[0])


class Text(html.parser.HTMLParser):
    """The words of a page, and its tags with what they point to."""

    def __init__(self, page):
        super().__init__()
        self.words, self.links, self.tags = [], [], set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name in ("src", "href", "action", "data")]

    def handle_data(self, data):
        self.words.append(data)


class Report(Cohort):
    def test_is_one_page_that_loads_nothing(self):
        path = self.folder / "cohort.html"
        self.done("report", self.people(), *BESIDE, "-o", path)
        page = Text(path.read_text())
        self.assertEqual([link for link in page.links if not link.startswith("#")], [])
        self.assertTrue({"svg", "table", "caption"} <= page.tags and not page.tags & {"script", "link", "img", "iframe"})
        self.assertNotRegex(path.read_text(), r"url\(|@import|https?://(?!www\.w3\.org/2000/svg)")
        text = " ".join(" ".join(page.words).split())
        decided = sum(answer["status"] == "decided" for answer in self.answers)
        self.assertRegex(text, rf"decided {decided} \({100 * decided / len(self.rows):.1f} %\)")
        self.assertIn("Agreement with the observed level", text)
        self.assertEqual(oct(path.stat().st_mode & 0o777), "0o600")

    def test_needs_no_observed_level(self):
        rows = [{k: v for k, v in row.items() if k not in ("setting", "site", "completed")} for row in self.rows[:5]]
        page = self.done("report", self.people(rows))
        self.assertIn("Which unknown would decide most", page)
        self.assertNotIn("kappa", page)

    def test_says_of_no_rows_that_there_are_none(self):
        self.assertIn("Cohort report", self.done("report", "-"))
        self.assertEqual(self.figures(self.file("", "none.ndjson"))["all"]["rows"], 0)

    def test_writes_nothing_when_it_cannot_go_on(self):
        path = self.folder / "cohort.html"
        self.assertEqual(placement("report", self.file('{"id": "a@b.org"}\n', "people.ndjson"), "--deidentify", "-o",
                                   path).returncode, FINDINGS)
        self.assertEqual(placement("report", self.folder / "none.ndjson", "-o", path).returncode, UNREADABLE)
        self.assertFalse(path.exists())


class Mapped(CliTest):
    def test_the_public_samples_are_compared_with_their_settings(self):
        samples = REAL / "teds_2023"
        if not samples.exists():
            self.skipTest("the folder that PLACEMENT_REAL_DATA names has no TEDS samples")
        for name in ("a", "d"):
            path = samples / f"teds_{name}_2023_sample_part1.csv"
            said = json.loads(self.done("agree", path, "--mapping", f"teds-{name}", "--format", "json"))
            with path.open(newline="") as file:
                rows = list(csv.DictReader(file))
            self.assertEqual(said["all"]["rows"], len(rows))
            self.assertEqual(said["invalid"], 0)
            column = "SERVICES"
            observed = collections.Counter(row[column] for row in rows)
            counted = sum(each["observed"] + each["excluded"] for each in said["statuses"].values())
            self.assertEqual(counted, len(rows))
            self.assertEqual(sum(each["excluded"] for each in said["statuses"].values()), observed.get("-9", 0))


if __name__ == "__main__":
    unittest.main()
