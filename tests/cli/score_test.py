"""placement score: whole cohorts. Every row read is a row written, in order, and says what `recommend` says."""

import csv
import hashlib
import io
import json
import os
import pty
import resource
import signal
import subprocess
import time
import unittest

from harness import DONE, FINDINGS, INTERNAL, PACK, PROGRAM, UNREADABLE, USAGE, CliTest, placement

ALL = "row,id,status,settled,indicated,policy_level,lowest,highest,possible,held_rules,determining_rules,alerts," \
      "capabilities,next_question,pack_id,pack_version,pack_digest,fault"


def rows_of(text):
    return [json.loads(line) for line in text.splitlines()]


class ScoreTest(CliTest):
    def people(self, count, *options):
        run = placement("generate", count, *options)
        self.assertEqual(run.returncode, DONE, run.stderr)
        return run.stdout

    def score(self, *arguments, stdin=b"", code=DONE):
        run = placement("score", *arguments, stdin=stdin)
        self.assertEqual(run.returncode, code, run.stderr)
        return run


class Answers(ScoreTest):
    def test_says_of_each_row_what_recommend_says(self):
        for known in (100, 60, 0):
            lines = self.people(12, "--known", known, "--seed", 7).splitlines()
            scored = rows_of(self.score("-", "--columns", ALL, "--undecided", "highest", stdin="\n".join(lines)).stdout)
            self.assertEqual(len(scored), len(lines))
            for number, (line, row) in enumerate(zip(lines, scored), 1):
                full = json.loads(placement("recommend", "-", "--format", "json", "--undecided", "highest", stdin=line).stdout)
                with self.subTest(known=known, row=number):
                    self.assertEqual(row["row"], number)
                    for key in ("status", "settled", "indicated", "lowest", "highest", "possible", "determining_rules"):
                        self.assertEqual(row[key], full[key], key)
                    self.assertEqual(row["policy_level"], full["policy"]["level"] if full["policy"] else None)
                    self.assertEqual(row["held_rules"], [r["id"] for r in full["rules"] if r["state"] == "holds"])
                    self.assertEqual(row["alerts"], [r["id"] for r in full["rules"]
                                                     if r["state"] == "holds" and r["kind"] == "alert"])
                    self.assertEqual(row["capabilities"], [c["id"] for c in full["capabilities"] if c["state"] == "yes"])
                    self.assertEqual(row["next_question"],
                                     full["next_question"]["field"] if full["next_question"] else None)
                    self.assertEqual((row["pack_id"], row["pack_version"], row["pack_digest"]),
                                     (full["pack"]["id"], full["pack"]["version"], full["pack"]["digest"]))
                    self.assertIsNone(row["fault"])

    def test_a_row_may_be_a_whole_input_with_a_request(self):
        line = json.dumps({"assessment": {"oud_diagnosis": "severe"}, "request": {"id": "p7", "current_level": "iop"}})
        full = json.loads(placement("recommend", "-", "--format", "json", stdin=line).stdout)
        row = rows_of(self.score("--columns", ALL, stdin=line).stdout)[0]
        self.assertEqual(row["id"], "p7")
        self.assertEqual(row["held_rules"], [r["id"] for r in full["rules"] if r["state"] == "holds"])
        bad = json.dumps({"assessment": {}, "request": {"current_level": "moon"}})
        row = rows_of(self.score(stdin=bad).stdout)[0]
        self.assertEqual(row["status"], "invalid")
        self.assertIn("current_level", row["fault"])

    def test_csv_is_read_and_written_as_json_lines_are(self):
        lines = self.people(60, "--known", 100, "--seed", 3) + self.people(20, "--known", 50, "--seed", 4)
        people = rows_of(lines)
        names = sorted({name for person in people for name in person})
        table = io.StringIO()
        writer = csv.writer(table)
        writer.writerow(["id", *names])
        for number, person in enumerate(people):
            cells = ("" if person.get(n) is None else str(person[n]).lower() if isinstance(person[n], bool) else person[n]
                     for n in names)
            writer.writerow([f'p "{number}",', *cells])
        columns = "status,indicated,lowest,highest,held_rules,alerts"
        wanted = rows_of(self.score("--columns", columns, stdin=lines).stdout)
        text = "\ufeff" + table.getvalue()  # csv writes CRLF
        self.assertIn("\r\n", text)
        found = rows_of(self.score("--from", "csv", "--columns", columns + ",id", stdin=text).stdout)
        self.assertEqual([row.pop("id") for row in found], [f'p "{i}",' for i in range(len(people))])
        self.assertEqual(found, wanted)
        out = self.score("--from", "csv", "--to", "csv", "--columns", columns + ",id", stdin=text).stdout
        for row, want in zip(csv.DictReader(io.StringIO(out)), wanted):
            self.assertEqual(row["held_rules"].split(), want["held_rules"])
            self.assertEqual(row["indicated"] or None, want["indicated"])

    def test_a_cell_may_hold_a_set_of_values(self):
        text = 'id,cows_score,oud_diagnosis\nx,"{""from"": 8}","{""any_of"": [""mild"", ""severe""]}"\n'
        row = rows_of(self.score("--from", "csv", stdin=text).stdout)[0]
        same = rows_of(self.score(stdin={"id": "x", "cows_score": {"from": 8},
                                         "oud_diagnosis": {"any_of": ["mild", "severe"]}}).stdout)[0]
        self.assertEqual(row, same)

    def test_the_number_of_workers_changes_no_byte(self):
        lines = self.people(3000, "--known", 97)
        one, four = (self.score("--jobs", jobs, "--columns", "row,status,held_rules", stdin=lines).stdout for jobs in (1, 4))
        self.assertEqual(one, four)


class BadRows(ScoreTest):
    LINES = ['{"cows_score": 7}', '{"cows_score": 7000}', "nonsense", "", '{"cows_score": 7, "cows_score": 8}',
             '{"pregnent": true}', '{"cows_score": 7} {}', '{"cows_score": 7', "[]", '{"cows_score": "None"}',
             '{"cows_score": -9}', '{"oud_diagnosis": "NA"}', '{"id": "last"}']

    def test_stop_nothing_and_say_what_is_wrong(self):
        rejects, out = self.folder / "bad.ndjson", self.folder / "out.ndjson"
        path = self.file("\n".join(self.LINES), "in.ndjson")
        run = self.score(path, "-o", out, "--rejects", rejects)
        self.assertEqual(run.stderr, "placement: 12 rows read, 12 written, 10 invalid\n")
        rows = rows_of(out.read_text())
        self.assertEqual([row["row"] for row in rows], list(range(1, 13)))
        self.assertEqual([row["row"] for row in rows if row["status"] != "invalid"], [1, 12])
        self.assertEqual(rows[-1]["id"], "last")
        self.assertTrue(all(row["fault"] for row in rows if row["status"] == "invalid"))
        told = {fault["row"]: fault for fault in rows_of(rejects.read_text())}
        self.assertEqual(set(told), set(range(2, 12)))
        self.assertEqual((told[2]["line"], told[2]["byte"], told[2]["field"]), (2, 18, "cows_score"))
        self.assertEqual(told[3]["column"], 2)  # "n" might still have become null
        self.assertEqual(told[4]["line"], 5)
        self.assertIn("pregnant", told[5]["reason"])
        for secret in ("7000", "None", "NA", "-9", "nonsense"):
            self.assertNotIn(f'"{secret}"', rejects.read_text())
            self.assertNotIn(secret, "".join(row["fault"] or "" for row in rows))

    def test_csv_rows_with_wrong_quotes_and_cells_cost_themselves_only(self):
        text = ('id,cows_score,pregnant\n'
                'a,7,true\n'
                'b,"7,true\n'          # never closed
                'c,7,maybe\n'
                'd,7\n'
                'e,7,true,1\n'
                'f,3.5,None\n'
                '"g\nh",7,no\n'
                'i,"7"x,no\n'
                'j,,\n')
        rejects = self.folder / "bad.ndjson"
        run = self.score("--from", "csv", "--rejects", rejects, stdin=text)
        rows = rows_of(run.stdout)
        self.assertEqual([row["status"] == "invalid" for row in rows], [False, True, True, True, True, True, False, True, False])
        self.assertEqual([row["id"] for row in rows if row["status"] != "invalid"], ["a", "g\nh", "j"])
        self.assertEqual([(f["line"], f["field"]) for f in rows_of(rejects.read_text())],
                         [(3, "cows_score"), (4, "pregnant"), (5, None), (6, None), (7, "cows_score"), (7, "pregnant"),
                          (10, "cows_score")])

    def test_a_header_that_cannot_be_used_is_refused_with_every_fault(self):
        run = self.score("--from", "csv", stdin="cows_scor,id,id,Name\n1,2,3,4\n", code=UNREADABLE)
        self.assertIn("did you mean `cows_score`", run.stderr)
        self.assertIn("stands twice", run.stderr)
        self.assertNotIn("Name", run.stderr)
        self.assertEqual(len(run.stderr.splitlines()), 3)
        self.score("--from", "csv", stdin="", code=UNREADABLE)

    def test_long_rows_are_passed_over(self):
        line = '{"id": "' + "x" * 3_000_000 + '"}'
        run = self.score(stdin='{"id": "a"}\n' + line + '\n{"id": "b"}\n')
        rows = rows_of(run.stdout)
        self.assertEqual([(row["id"], row["status"] == "invalid") for row in rows], [("a", False), (None, True), ("b", False)])
        self.assertIn("1048576", rows[1]["fault"])
        rows = rows_of(self.score("--max-row-bytes", 8, stdin='{}\n{"id": "a"}\n{}').stdout)
        self.assertEqual([row["status"] == "invalid" for row in rows], [False, True, False])

    def test_binary_garbage_is_rows_that_are_invalid(self):
        garbage = bytes((i * 7919 + i // 251) % 256 for i in range(200_000))
        for form in ("ndjson", "csv"):
            text = (b"id,cows_score\n" if form == "csv" else b"") + garbage
            run = subprocess.run([PROGRAM, "score", "--from", form], input=text, capture_output=True, check=False)
            self.assertEqual(run.returncode, DONE)
            rows = rows_of(run.stdout.decode())
            self.assertGreater(len(rows), 100)
            self.assertEqual([row["row"] for row in rows], list(range(1, len(rows) + 1)))

    def test_too_many_end_the_run_with_the_rejects_kept(self):
        path, out, rejects = self.file("\n".join(self.LINES), "in.ndjson"), self.folder / "out.csv", self.folder / "bad"
        run = self.score(path, "-o", out, "--rejects", rejects, "--max-rejects", 2, code=FINDINGS)
        self.assertIn("more than 2", run.stderr)
        self.assertFalse(out.exists())
        self.assertGreater(len(rows_of(rejects.read_text())), 2)
        self.assertEqual(sorted(p.name for p in self.folder.iterdir()), ["bad", "in.ndjson"])
        self.score(path, "-o", out, "--max-rejects", 10)


class Runs(ScoreTest):
    def started(self, *arguments, **options):
        run = subprocess.Popen([PROGRAM, "score", *map(str, arguments)], stderr=subprocess.PIPE, **options)
        self.addCleanup(run.stderr.close)
        self.addCleanup(run.wait)
        self.addCleanup(run.kill)  # also one that was stopped, whatever fails in between
        return run

    def names(self):
        return sorted(p.name for p in self.folder.iterdir())

    def slow_cohort(self):
        """Rows that take two seconds of a processor however fast this build is, in many blocks since each is drawn out
        with spaces: a run of them can be stopped in the middle."""
        def processor_seconds():
            return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        people = "".join(line.ljust(16_000) + "\n" for line in self.people(200, "--known", 30).splitlines())
        before = processor_seconds()
        self.score("--columns", "capabilities", "--jobs", 1, stdin=people)
        return self.file(people * max(2, round(2 / (processor_seconds() - before))), "in.ndjson")

    def stopped_when(self, run, name):
        """Stops a run as soon as something is in a file. A stopped run stays in the middle however busy the machine is."""
        def is_written():
            try:
                return (self.folder / name).stat().st_size > 0
            except FileNotFoundError:
                return False
        deadline = time.monotonic() + 60
        while not is_written() and run.poll() is None and time.monotonic() < deadline:
            time.sleep(0.002)
        run.send_signal(signal.SIGSTOP)
        self.assertIsNone(run.poll(), f"the run was over before it could be stopped at {name}")

    def broken_off(self, path, out, how, *options):
        run = self.started(path, "-o", out, "--columns", "row,status,capabilities,fault", *options)
        self.stopped_when(run, "out.csv.partial")
        time.sleep(2.1)  # the time between checkpoints goes by, so the next rows end with one
        run.send_signal(signal.SIGCONT)
        self.stopped_when(run, "out.csv.checkpoint")
        run.send_signal(how)
        run.send_signal(signal.SIGCONT)
        stderr = run.communicate()[1].decode()
        self.assertEqual(run.returncode, -how, stderr)
        self.assertFalse(out.exists())
        return stderr

    def resumed(self, path, out, *options):
        return self.score(path, "-o", out, "--columns", "row,status,capabilities,fault", "--resume", *options)

    def test_what_was_killed_goes_on_and_nothing_is_lost_or_twice(self):
        path, out = self.slow_cohort(), self.folder / "out.csv"
        whole = self.folder / "whole.csv"
        self.score(path, "-o", whole, "--columns", "row,status,capabilities,fault")
        for how in (signal.SIGKILL, signal.SIGINT, signal.SIGTERM):
            with self.subTest(how=how):
                self.broken_off(path, out, how)
                with open(self.folder / "out.csv.partial", "ab") as partial:  # what was not told of any more
                    partial.write(b"half a ro")
                self.resumed(path, out)
                self.assertEqual(out.read_bytes(), whole.read_bytes())
                out.unlink()
                self.assertEqual(self.names(), ["in.ndjson", "whole.csv"])

    def test_going_on_is_refused_with_another_input_or_other_options(self):
        path, out = self.slow_cohort(), self.folder / "out.csv"
        stderr = self.broken_off(path, out, signal.SIGINT)
        self.assertIn("--resume", stderr)
        run = self.score(path, "-o", out, "--resume", code=USAGE)
        self.assertIn("other options", run.stderr)
        with open(path, "a", encoding="utf-8") as more:
            more.write("{}\n")
        run = placement("score", path, "-o", out, "--columns", "row,status,capabilities,fault", "--resume")
        self.assertEqual(run.returncode, USAGE)
        self.assertIn("input has changed", run.stderr)
        self.score(stdin="{}", code=DONE)
        self.score("--resume", stdin="{}", code=USAGE)

    def test_the_progress_bar_is_gone_before_anything_is_said(self):
        terminal, end = pty.openpty()
        subprocess.run([PROGRAM, "score", str(self.slow_cohort()), "-o", str(self.folder / "out.csv"), "--jobs", "1",
                        "--columns", "capabilities"], stderr=end, check=True)
        os.close(end)
        shown = os.read(terminal, 10_000).decode()
        os.close(terminal)
        self.assertIn(" rows [", shown)
        self.assertRegex(shown, r"\r\x1b\[Kplacement: \d+ rows read, \d+ written, 0 invalid\r\n$")

    def test_two_runs_do_not_write_one_file(self):
        path, out = self.slow_cohort(), self.folder / "out.csv"
        first = self.started(path, "-o", out, "--columns", "capabilities")
        self.stopped_when(first, "out.csv.partial")
        run = placement("score", path, "-o", out)
        self.assertEqual(run.returncode, INTERNAL)
        self.assertIn("another run", run.stderr)

    def test_a_disk_that_is_full_leaves_no_file_under_the_name(self):
        path, out = self.file(self.people(3000), "in.ndjson"), self.folder / "out.csv"
        def narrow():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        run = self.started(path, "-o", out, preexec_fn=narrow)
        stderr = run.communicate()[1].decode()
        self.assertEqual(run.returncode, INTERNAL, stderr)
        self.assertIn("cannot be written", stderr)
        self.assertEqual(self.names(), ["in.ndjson"])

    def test_standard_output_that_is_closed_is_an_error(self):
        reader, writer = os.pipe()
        os.close(reader)
        run = self.started("-", stdin=subprocess.PIPE, stdout=writer)
        stderr = run.communicate(self.people(2000).encode())[1].decode()
        os.close(writer)
        self.assertIn(run.returncode, (INTERNAL, -signal.SIGPIPE), stderr)

    def test_directories_and_devices_are_no_outputs(self):
        for place in (self.folder, "/dev/null"):
            run = self.score("-o", place, "--to", "csv", stdin="{}", code=INTERNAL)
            self.assertIn("not a file", run.stderr)

    def test_the_manifest_says_what_was_run(self):
        text = "{}\nbad\n" + self.people(50)
        path, out, manifest = self.file(text, "in.ndjson"), self.folder / "out.csv", self.folder / "run.json"
        self.score(path, "-o", out, "--manifest", manifest, "--pack", PACK)
        said = json.loads(manifest.read_text())
        self.assertEqual(said["input"], {"file": str(path), "bytes": len(text),
                                         "sha256": hashlib.sha256(text.encode()).hexdigest()})
        self.assertEqual(said["output"]["bytes"], out.stat().st_size)
        self.assertEqual(said["rows"], {"read": 52, "written": 52, "invalid": 1})
        self.assertEqual(sum(said["statuses"].values()), 52)
        self.assertEqual(said["statuses"]["invalid"], 1)
        version = json.loads(placement("recommend", "-", "--format", "json", stdin="{}").stdout)
        self.assertEqual(said["pack"], version["pack"])
        self.assertEqual(said["library"], version["library"])
        self.assertLessEqual(said["started"], said["finished"])

    def test_formats_follow_the_names_of_files(self):
        self.score(self.file("id\nx\n", "a.csv"), "-o", self.folder / "b.csv")
        self.assertTrue((self.folder / "b.csv").read_text().startswith("row,id,"))
        run = self.score(self.file("{}", "a.bin"), code=USAGE)
        self.assertIn("--from", run.stderr)
        run = self.score("--columns", "nonsense", stdin="{}", code=USAGE)
        self.score(self.folder / "none.csv", code=UNREADABLE)
        self.score(self.folder, "--from", "csv", code=UNREADABLE)


if __name__ == "__main__":
    unittest.main()
