"""placement ask and interview from outside: through pipes as a script would, and through a pseudo terminal as people do.

The person interviewed is an example with every answer known; what the interview must end at is what `recommend` says of
that file. Nothing here relies on the order of questions: the program is asked which field is next.
"""

import json
import os
import pty
import re
import select
import signal
import stat
import subprocess
import time
import unittest

from harness import DONE, FEWER_DRAWS, FINDINGS, PROGRAM, UNREADABLE, USAGE, CliTest, example, placement, small_pack

NUMBER, NAME = "987654321", "Quincy-Zebrowski"


def fields():
    return {f["field"]: f for f in json.loads(placement("fields", "--format", "json").stdout)}


def full_person(**answers):
    """Somebody of whom everything is known, well but for the answers given."""
    person = {}
    for name, field in fields().items():
        worst = "lower" if field["worse"] == "lower" else "higher"
        if field["kind"] == "count":
            person[name] = 250 if worst == "lower" else 0
        elif field["kind"] == "flag":
            person[name] = worst == "lower"
        else:
            person[name] = field["values"][0]["value"]
    return {**person, "age_years": 30, "oud_diagnosis": "moderate", "oud_history": True, "dsm5_criteria": 4,
            "remission": "none", **answers}


def typed(answer):
    return {True: "yes", False: "no"}.get(answer, str(answer)) if isinstance(answer, bool) else str(answer)


class Ask(CliTest):
    def asked(self, tree, *options):
        return json.loads(self.done("ask", "-", "--format", "json", *options, stdin=tree))

    def test_says_what_is_next_and_why(self):
        step = self.asked({})
        self.assertEqual((step["status"], step["answered"], step["not_known"]), ("undecided", 0, 0))
        self.assertEqual((step["emergencies"], step["conflict"]), ([], []))
        question = step["question"]
        self.assertEqual(question["field"], self.result({})["next_question"]["field"])
        self.assertEqual(question["question"], fields()[question["field"]]["question"])
        self.assertTrue(step["why"]["must_know"])
        self.assertEqual(step["possible"], self.result({})["possible"])
        self.assertEqual(step["left"], len(self.result({})["missing"]))

    def test_says_which_levels_an_answer_tells_apart(self):
        """Every outcome is what `recommend` finds possible with one of its answers."""
        compared = 0
        for name in ("suicide_risk", "self_care", "medical_need", "fluid_loss", "danger_to_others"):
            rest = {k: v for k, v in full_person().items() if k != name}
            step = self.asked(rest)
            if step["question"] is None:  # the rest decides without it
                continue
            self.assertEqual(step["question"]["field"], name)
            for outcome in step["why"]["outcomes"]:
                given = outcome["answers"]
                if isinstance(given, dict):
                    given = given.get("from") or given.get("to") or given["any_of"][0]
                self.assertEqual(self.result({**rest, name: given})["possible"], outcome["possible"])
                compared += len(step["why"]["levels_apart"]) > 0
        self.assertGreater(compared, 5)

    def test_shows_allowed_answers_of_every_kind(self):
        """Over an interview in which nobody knows anything, every kind of question comes by."""
        step, asked, kinds = self.asked({}), [], set()
        while step["question"]:
            question = step["question"]
            kinds.add(question["kind"])
            if question["kind"] == "count":
                self.assertEqual((question["from"], question["values"]), (0, []))
                self.assertIsInstance(question["top_coded"], bool)
                self.assertTrue(question["unit"])
            else:
                self.assertGreater(len(question["values"]), 1)
                self.assertIsNone(question["to"])
            asked.append(question["field"])
            step = self.asked({}, "--asked", ",".join(asked))
            self.assertEqual(step["not_known"], len(asked))
        self.assertEqual(kinds, {"flag", "count", "scale", "category"})
        self.assertEqual((step["left"], step["why"]), (0, None))
        self.assertEqual(len(set(asked)), len(asked))
        self.assertIn("nothing left to ask", self.done("ask", "-", "--asked", ",".join(asked), stdin={}))

    def test_says_where_nothing_is_left(self):
        answers = full_person()
        step = self.asked(answers)
        self.assertEqual((step["status"], step["question"], step["why"], step["left"]), ("decided", None, None, 0))
        text = self.done("ask", "-", stdin=answers)
        self.assertIn("nothing left to ask", text)
        self.assertIn(": decided.", text)

    def test_shows_what_is_partly_known(self):
        answers = {k: v for k, v in full_person().items() if k not in ("cows_score", "suicide_risk")}
        step = self.asked({**answers, "suicide_risk": {"from": "low"}})
        self.assertEqual(step["question"]["field"], "suicide_risk")
        self.assertEqual(step["question"]["known_so_far"], {"from": "low"})
        self.assertIn("Known so far: at least low", self.done("ask", "-", stdin={**answers,
                                                                                 "suicide_risk": {"from": "low"}}))

    def test_shows_emergencies_and_contradictions_first(self):
        step = self.asked({"overdose_signs_now": True})
        self.assertEqual([(e["id"], e["certain"]) for e in step["emergencies"]], [("overdose_now", True)])
        self.assertTrue(step["emergencies"][0]["action"])
        self.assertTrue(self.done("ask", "-", stdin={"overdose_signs_now": True}).splitlines()[1].startswith("EMERGENCY"))
        self.assertEqual(self.asked({"overdose_signs_now": True}, "--handled", "overdose_now")["emergencies"], [])
        step = self.asked(example("contradiction")[0])
        self.assertEqual((set(step["conflict"]), step["question"]), ({"oud_diagnosis", "oud_history"}, None))
        self.assertTrue(self.done("ask", "-", stdin=example("contradiction")[0]).startswith("CONTRADICTION"))

    def test_takes_the_options_of_recommend(self):
        def options(command):
            return set(re.findall(r"(?m)^  (?:-\w,)?(--[a-z-]+)", self.done(command, "--help")))

        alike = options("recommend") - {"--audit", "--audit-time"}
        self.assertEqual(options("ask"), alike)
        self.assertEqual(options("interview"), alike | {"--save", "--resume"})

    def test_refuses_bad_input(self):
        self.assertIn("/age_years: above range", self.refused("ask", "-", stdin={"age_years": 121})[0])
        self.assertIn("/request/current_level", self.refused("ask", "-", "--current-level", "moon", stdin={})[0])
        self.assertIn("/history/0: the field has no answer",
                      self.refused("ask", "-", stdin={"assessment": {}, "history": [{"field": "cows_score"}]})[0])


class Script(CliTest):
    """One line is one answer; no terminal anywhere."""

    def interviewed(self, person, *options, save="interview.json", code=DONE, unknown=()):
        """Answers question by question, each in a run of its own from the saved file; the output of the last."""
        path, start = self.folder / save, ["--save", self.folder / save]
        for _ in range(100):
            step = json.loads(self.done("ask", path, "--format", "json", *options)) if path.exists() else \
                json.loads(self.done("ask", "-", "--format", "json", *options, stdin={}))
            if not step["question"]:
                return self.done("interview", *(start or ["--resume", path]), *options, code=code)
            name = step["question"]["field"]
            line = "unknown" if name in unknown else typed(person[name])
            run = placement("interview", *(start or ["--resume", path]), *options, stdin=line + "\n")
            self.assertEqual(run.stderr, "")
            self.assertIn(run.returncode, (DONE, FINDINGS))
            self.assertNotIn("Not understood", run.stdout)
            start = None
        self.fail("the interview does not end")

    def test_ends_at_the_level_of_the_full_assessment(self):
        people = (full_person(), full_person(suicide_risk="moderate", housing="unsheltered", injects=True),
                  full_person(cows_score=20, opioid_withdrawal_observed="moderate", coping_skills="absent"))
        for person in people[-1:] if FEWER_DRAWS else people:
            path = self.folder / "interview.json"
            path.unlink(missing_ok=True)
            truth = self.result(person)
            text = self.interviewed(person)
            self.assertIn("Nothing is left to ask.", text)
            saved = json.loads(self.done("recommend", path, "--format", "json"))
            self.assertEqual((saved["status"], saved["indicated"]), (truth["status"], truth["indicated"]))
            self.assertTrue(text.endswith(self.done("recommend", path)))
            self.assertLess(len(json.loads(path.read_text())["assessment"]), len(person))

    def test_with_gaps_keeps_the_level_possible(self):
        person = full_person(suicide_risk="moderate")
        truth = self.result(person)["indicated"]
        text = self.interviewed(person, unknown=("suicide_risk", "coping_skills", "cows_score"))
        self.assertRegex(text, r"Would still matter, once known: .*suicide\s+risk")
        saved = self.result(json.loads((self.folder / "interview.json").read_text()))
        self.assertEqual(saved["status"], "undecided")
        self.assertIn(truth, saved["possible"])
        self.assertIn("suicide_risk", saved["request"]["asked"])

    def lines(self, *lines, options=(), code=FINDINGS):
        run = placement("interview", *options, stdin="".join(line + "\n" for line in lines))
        self.assertEqual((run.returncode, run.stderr), (code, ""), run.stdout)
        return run.stdout

    def test_end_of_input_stops_saves_and_recommends(self):
        path = self.folder / "a.json"
        for stdin in (b"", b"\n\n\n", b"age_years=30", b"age_years=30\n"):
            path.unlink(missing_ok=True)
            run = placement("interview", "--save", path, stdin=stdin)
            self.assertEqual((run.returncode, run.stderr), (FINDINGS, ""))
            self.assertIn("NOT DECIDED", run.stdout)
            self.assertEqual(json.loads(path.read_text())["assessment"], {"age_years": 30} if stdin.strip() else {})

    def test_noise_neither_hangs_nor_breaks_anything(self):
        path = self.folder / "a.json"
        noise = bytes(range(256)) * 50 + b"x" * 2_000_000 + b"\n" + b"=\n" * 50 + b"back 99999\nback -1\n= =\n>=\n"
        run = placement("interview", "--save", path, stdin=noise)
        self.assertEqual((run.returncode, run.stderr), (FINDINGS, ""))
        self.assertEqual(json.loads(path.read_text())["assessment"], {})

    def test_asks_again_what_it_did_not_understand_and_says_so_by_exit_code(self):
        person = full_person()
        self.lines(options=[self.file(person)], code=DONE)  # nothing to ask at all
        rest = {k: v for k, v in person.items() if k != "pregnant"}
        path = self.file(rest)
        self.assertEqual(json.loads(self.done("ask", path, "--format", "json"))["question"]["field"], "pregnant")
        text = self.lines("perhaps", "no", options=[path])
        self.assertIn("Not understood: expected yes or no.", text)
        self.assertIn("Nothing is left to ask.", text)
        self.lines("no", options=[path], code=DONE)

    def test_back_undoes_any_number_of_steps(self):
        path = self.folder / "a.json"
        self.lines("age_years=30", "cows_score=8+", "housing=4,5", "pregnant=unknown", options=["--save", path])
        saved = json.loads(path.read_text())
        self.assertEqual(saved["assessment"], {"age_years": 30, "cows_score": {"from": 8},
                                               "housing": {"from": "sheltered"}})
        self.assertEqual(set(saved["request"]["asked"]), {"cows_score", "housing", "pregnant"})
        self.lines("cows_score=9", "back 2", options=["--resume", path])
        saved = json.loads(path.read_text())
        self.assertEqual(saved["assessment"]["cows_score"], {"from": 8})
        self.assertEqual(set(saved["request"]["asked"]), {"cows_score", "housing"})
        text = self.lines("b", "back 99", "back", "back x", options=["--resume", path])
        self.assertIn("taken back: housing", text)
        self.assertIn("There is nothing to take back.", text)
        self.assertEqual(json.loads(path.read_text()), {"assessment": {}, "request": {}, "history": []})

    def test_help_and_why_change_nothing(self):
        path = self.folder / "a.json"
        text = self.lines("help", "why", "w", "h", "?", options=["--save", path])
        self.assertEqual(text.count("FIELD=ANSWER"), 3)
        self.assertEqual(text.count("must be known before a level counts as decided"), 2)
        self.assertEqual(json.loads(path.read_text())["history"], [])

    def test_names_the_nearest_field(self):
        self.assertRegex(self.lines("cows_scor=3"), r"did you mean\s+`cows_score`\?\n")
        self.assertNotIn(NAME, self.lines(f"{NAME}=3", f"cows_score={NAME}", NAME))

    def test_an_emergency_comes_first_and_is_no_dead_end(self):
        path = self.folder / "a.json"
        text = self.lines("overdose_signs_now=yes", options=["--save", path])
        self.assertIn("EMERGENCY: act now, before any placement", text)
        self.assertIn("naloxone", text.split("EMERGENCY")[1].split("handled")[0])
        text = self.lines("why", "severe", "handled by Dr. A", options=["--resume", path])
        self.assertIn("overdose signs now: yes", text)
        self.assertIn("expected handled, back or quit", text)
        self.assertIn("(handled by Dr. A)", text)
        self.assertEqual(json.loads(path.read_text())["request"]["handled"],
                         [{"alert": "overdose_now", "by": "Dr. A"}])
        text = self.lines("back", "back", options=["--resume", path])
        self.assertIn("taken back: alert overdose_now", text)
        self.assertEqual(json.loads(path.read_text())["assessment"], {})

    def test_a_contradiction_is_told_at_once_and_can_be_mended(self):
        text = self.lines("oud_diagnosis=severe", "oud_history=no", "yes", "oud_history=yes")
        self.assertEqual(text.count("CONTRADICTION"), 1)
        self.assertIn("A current opioid use disorder counts as ever had.", text)
        self.assertIn("expected back, FIELD=ANSWER or quit", text)
        self.assertIn("Still possible", text.split("OUD history: yes")[1])

    def test_other_formats_have_standard_output_to_themselves(self):
        run = placement("interview", "--format", "json", stdin="age_years=30\n")
        self.assertEqual(run.stderr, "")
        self.assertEqual(json.loads(run.stdout), self.result({"age_years": 30}))
        for form, start in (("svg", "<svg"), ("dot", "digraph"), ("markdown", "#")):
            text = placement("interview", "--format", form, stdin="age_years=30\n").stdout
            self.assertTrue(text.lstrip().startswith(start), text[:40])

    def test_begins_with_an_assessment_and_leaves_that_file_alone(self):
        path = self.file({"note": "kept", "assessment": {"age_years": 30}, "request": {"current_level": "iop"}})
        before = path.read_bytes()
        self.lines("pregnant=no", options=[path, "--save", self.folder / "b.json"])
        self.assertEqual(path.read_bytes(), before)
        saved = json.loads((self.folder / "b.json").read_text())
        self.assertEqual((saved["note"], saved["request"]), ("kept", {"current_level": "iop"}))
        self.assertEqual(saved["assessment"], {"age_years": 30, "pregnant": False})

    def test_the_saved_file_is_private_and_never_left_half_written(self):
        path = self.folder / "a.json"
        self.lines("age_years=30", options=["--save", path])
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
        self.assertEqual([p.name for p in self.folder.iterdir()], ["a.json"])
        link = self.folder / "link.json"
        link.symlink_to(path)
        self.lines("age_years=31", options=["--resume", link])
        self.assertTrue(link.is_symlink())
        self.assertEqual(json.loads(path.read_text())["assessment"]["age_years"], 31)

    def test_placed_waits_for_the_end(self):
        run = placement("interview", "--placed", "iop", stdin="")
        self.assertEqual(run.returncode, UNREADABLE)
        self.assertIn("/request/placed/override_reason", run.stderr)
        self.assertIn("Placed by the clinician", self.lines(options=["--placed", "iop:patient_choice"]))

    def test_wrong_usage(self):
        path = self.file({})
        for options in ([path, "--resume", path], ["-"], ["--resume", "-"], ["--save", path],
                        ["--save", self.folder / "absent" / "x.json"], ["--save", self.folder], ["--save", "/dev/null"],
                        ["--asked", "nonsense"], ["--format", "pdf"], [path, path]):
            with self.subTest(options):
                self.refused("interview", *options, code=USAGE)
        self.refused("interview", "--resume", self.folder / "absent.json")
        self.refused("interview", self.file({"age_years": 121}, "bad.json"))
        self.refused("interview", "--resume", self.file('{"assessment": {"age_y', "torn.json"))

    def test_other_packs_ask_other_questions(self):
        pack = self.file(small_pack(), "pack.json")
        text = self.lines("oud_diagnosis=severe", "age_years=30", "cows_score=5", "fluid_loss=none", "overdose_signs_now=no",
                          options=["--pack", pack], code=DONE)
        self.assertIn("HOME: decided", text)


class Canaries(CliTest):
    def test_no_answer_is_on_standard_error_at_any_verbosity(self):
        lines = ["age_years=73", "cows_score=47", "housing=unsheltered", f"handled by {NAME}", NUMBER, NAME, "nonsense",
                 "overdose_signs_now=yes", f"handled by {NAME}", "opioid_kind=fentanyl or mixed", f"{NAME}={NUMBER}"]
        path = self.folder / "a.json"
        for verbosity in ([], ["-v"], ["-vvvv"]):
            for form in ("text", "json"):
                path.unlink(missing_ok=True)
                run = placement(*verbosity, "interview", "--save", path, "--format", form, stdin="\n".join(lines))
                self.assertEqual(run.returncode, FINDINGS)
                for canary in (NAME, NUMBER, "73", "47", "unsheltered", "fentanyl", "overdose", "Quincy"):
                    self.assertNotRegex(run.stderr, rf"\b{canary}\b")
                asked = placement(*verbosity, "ask", path, "--format", form)
                self.assertEqual(asked.returncode, DONE)
                for canary in (NAME, NUMBER, "73", "47", "unsheltered", "fentanyl", "overdose"):
                    self.assertNotRegex(asked.stderr, rf"\b{canary}\b")

    def test_no_value_of_a_bad_saved_file_is_repeated(self):
        tree = {"assessment": {"age_years": int(NUMBER)}, "request": {"asked": [NAME]}, "note": 7,
                "history": [{"field": NAME}, {"handled": [NAME]}, {NAME: NUMBER}, {"field": "housing", "before": NAME}]}
        for arguments in (["ask", "-"], ["interview", "--resume", self.file(tree, "bad.json")]):
            for line in self.refused(*arguments, stdin=tree):
                for canary in (NAME, NUMBER, "Quincy", "Zebrowski"):
                    self.assertNotIn(canary, line)


class Terminal:
    """The program in a pseudo terminal of 80 columns; what it shows is read as it comes."""

    def __init__(self, *arguments, stdout=None):
        self.keys, worker = pty.openpty()
        self.run = subprocess.Popen([PROGRAM, *map(str, arguments)], stdin=worker, stdout=stdout or worker,
                                    stderr=worker, start_new_session=True, preexec_fn=self.take_terminal)
        os.close(worker)
        self.shown = ""

    @staticmethod
    def take_terminal():
        import fcntl
        import termios
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    def until(self, wanted, seconds=60):
        """What was shown since the last call, up to and with `wanted`."""
        end = time.monotonic() + seconds
        while wanted not in self.shown:
            if not select.select([self.keys], [], [], max(0, end - time.monotonic()))[0]:
                raise AssertionError(f"waited for {wanted!r}; shown: {self.shown[-2000:]}")
            try:
                more = os.read(self.keys, 65536)
            except OSError:  # the other end is closed
                more = b""
            if not more:
                raise AssertionError(f"ended before {wanted!r}; shown: {self.shown[-2000:]}")
            self.shown += more.decode().replace("\r\n", "\n")
        at = self.shown.index(wanted) + len(wanted)
        text, self.shown = self.shown[:at], self.shown[at:]
        return text

    def type(self, line):
        os.write(self.keys, (line + "\n").encode())
        self.until(line + "\n")  # the terminal's own echo

    def press(self, key):
        os.write(self.keys, key)

    def rest(self):
        """All that is still shown, until the program ends."""
        while True:
            try:
                more = os.read(self.keys, 65536)
            except OSError:
                more = b""
            if not more:
                break
            self.shown += more.decode().replace("\r\n", "\n")
        return self.shown

    def close(self):
        if self.run.poll() is None:
            self.run.kill()
        self.run.wait()
        os.close(self.keys)


class InATerminal(CliTest):
    def terminal(self, *arguments, stdout=None):
        terminal = Terminal("interview", *arguments, stdout=stdout)
        self.addCleanup(terminal.close)
        return terminal

    def test_a_whole_interview(self):
        person = full_person(overdose_signs_now=True, housing="sheltered")
        path, questions = self.folder / "a.json", {f["question"]: name for name, f in fields().items()}
        terminal = self.terminal("--save", path)
        screens = []
        while "Nothing is left to ask." not in (screen := self.next_screen(terminal)):
            screens.append(screen)
            text = " ".join(screen.split())
            asked = [name for question, name in questions.items() if question in text]
            if "EMERGENCY" in screen:
                terminal.type("handled by RN")
            else:
                self.assertEqual(len(asked), 1, screen)
                terminal.type(typed(person[asked[0]]))
        self.assertEqual(sum("EMERGENCY" in s for s in screens), 1)
        shown = screen + terminal.rest()
        self.assertEqual(terminal.run.wait(), DONE)
        truth = self.result(person, "--handled", "overdose_now/RN")
        self.assertEqual(truth["status"], "decided")
        self.assertIn(": decided", shown)
        saved = json.loads(self.done("recommend", path, "--format", "json"))
        self.assertEqual(saved["indicated"], truth["indicated"])
        for line in "".join(screens).splitlines():
            self.assertLessEqual(len(line), 80, line)
        self.assertNotIn("\x1b", "".join(screens) + shown)  # no colours, no cursor moved

    def next_screen(self, terminal):
        """Up to the next prompt, or to the end."""
        end = time.monotonic() + 60
        while "\n> " not in terminal.shown and "Nothing is left to ask." not in terminal.shown:
            self.assertLess(time.monotonic(), end, terminal.shown)
            if select.select([terminal.keys], [], [], 1)[0]:
                terminal.shown += os.read(terminal.keys, 65536).decode().replace("\r\n", "\n")
        mark = "\n> " if "\n> " in terminal.shown else "Nothing is left to ask."
        return terminal.until(mark)

    def test_what_is_not_understood_is_asked_again_and_costs_nothing(self):
        terminal = self.terminal(self.file({k: v for k, v in full_person().items() if k != "pregnant"}))
        terminal.until("> ")
        terminal.type("perhaps")
        self.assertIn("Not understood: expected yes or no.", terminal.until("> "))
        terminal.type("")
        self.assertEqual(terminal.until("> ").strip(), ">")
        terminal.type("n")
        self.assertIn(": decided", terminal.rest())
        self.assertEqual(terminal.run.wait(), DONE)

    def test_end_of_input_saves_and_recommends(self):
        path = self.folder / "a.json"
        terminal = self.terminal("--save", path)
        terminal.until("> ")
        terminal.type("age_years=30")
        terminal.until("> ")
        terminal.press(b"\x04")
        self.assertIn("NOT DECIDED", terminal.rest())
        self.assertEqual(terminal.run.wait(), FINDINGS)
        self.assertEqual(json.loads(path.read_text())["assessment"], {"age_years": 30})

    def test_interrupting_leaves_the_saved_file_whole(self):
        path = self.folder / "a.json"
        terminal = self.terminal("--save", path)
        terminal.until("> ")
        terminal.type("age_years=30")
        terminal.until("> ")
        terminal.press(b"cows_sc\x03")
        self.assertEqual(terminal.run.wait(timeout=60), -signal.SIGINT)
        self.assertEqual(json.loads(path.read_text())["assessment"], {"age_years": 30})
        self.assertEqual([p.name for p in self.folder.iterdir()], ["a.json"])
        again = self.terminal("--resume", path)
        self.assertIn("1 answer; at most", again.until("> "))
        again.type("back")
        self.assertIn("taken back: age", again.until("> "))
        again.type("quit")
        self.assertIn(f"--resume {path}", again.rest())
        self.assertEqual(json.loads(path.read_text())["assessment"], {})

    def test_of_another_format_the_dialogue_stays_on_the_terminal(self):
        with open(self.folder / "result.json", "wb") as out:
            terminal = self.terminal("--format", "json", stdout=out)
            terminal.until("> ")
            terminal.type("age_years=30")
            self.assertIn("= age: 30 years", terminal.until("> "))
            terminal.type("quit")
            self.assertNotIn("{", terminal.rest())
        self.assertEqual(terminal.run.wait(), FINDINGS)
        self.assertEqual(json.loads((self.folder / "result.json").read_text()), self.result({"age_years": 30}))


if __name__ == "__main__":
    unittest.main()
