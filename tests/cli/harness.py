"""Help for the tests of the command line program from outside: it is started, fed and read, nothing else."""

import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(os.environ.get("PLACEMENT_SOURCE_DIR", Path(__file__).resolve().parents[2]))
PROGRAM = os.environ.get("PLACEMENT_BIN", str(ROOT / "build/dev/bin/placement"))
PACK = ROOT / "rules/opioid.json"
CASES = ROOT / "rules/opioid.cases.jsonl"
EXAMPLES = ROOT / "examples/assessments"
FEWER_DRAWS = "PLACEMENT_FEWER_DRAWS" in os.environ

DONE, FINDINGS, USAGE, UNREADABLE, INTERNAL = range(5)


def placement(*arguments, stdin=b""):
    """Runs the program; stdin is text, bytes, or anything else, which is written as JSON. Output comes back as text."""
    if not isinstance(stdin, bytes):
        stdin = (stdin if isinstance(stdin, str) else json.dumps(stdin)).encode()
    run = subprocess.run([PROGRAM, *map(str, arguments)], input=stdin, capture_output=True, check=False, timeout=300)
    run.stdout, run.stderr = run.stdout.decode(), run.stderr.decode()
    return run


class CliTest(unittest.TestCase):
    """What every test asks again: exit code, which stream, one line a fault."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def file(self, content, name="input.json"):
        path = self.folder / name
        if not isinstance(content, bytes):
            content = (content if isinstance(content, str) else json.dumps(content)).encode()
        path.write_bytes(content)
        return path

    def done(self, *arguments, stdin=b"", code=DONE):
        """Standard output of a run that has nothing to say on standard error."""
        run = placement(*arguments, stdin=stdin)
        self.assertEqual((run.returncode, run.stderr), (code, ""), arguments)
        return run.stdout

    def result(self, assessment, *options, request=None):
        """What `recommend --format json` answers."""
        text = assessment if request is None else {"assessment": assessment, "request": request}
        return json.loads(self.done("recommend", "-", "--format", "json", *options, stdin=text))

    def refused(self, *arguments, stdin=b"", code=UNREADABLE):
        """The lines on standard error of a run that must fail: nothing on standard output, each line a fault."""
        run = placement(*arguments, stdin=stdin)
        self.assertEqual((run.returncode, run.stdout), (code, ""), (arguments, run.stderr))
        self.assertTrue(run.stderr.endswith("\n"), run.stderr)
        lines = run.stderr.splitlines()
        self.assertTrue(all(lines), run.stderr)
        return lines


def example(name):
    """Answers and request of an example assessment."""
    tree = json.loads((EXAMPLES / f"{name}.json").read_text())
    return (tree["assessment"], tree.get("request", {})) if "assessment" in tree else (tree, {})


def small_mapping():
    """A mapping that has one of everything the format knows."""
    return json.loads((ROOT / "tests/mappings/small.json").read_text())


def small_pack():
    """A pack that has one of everything the format knows, small enough to be mutated key by key."""
    def rule(name, kind, when, **key):
        return {"id": name, "kind": kind, "when": when, "because": f"Why {name}.", "sources": ["book"],
                "strength": "strong", "evidence": "secondary", "dimension": "need", **key}

    def level(name, intensity, **keys):
        return {"id": name, "name": name.title(), "intensity": intensity, "description": f"Care of kind {name}.",
                "hours": "some", "stay": "a while", "reassess_days": 30, "round_the_clock": False,
                "withdrawal_management": False, "resolves": {}, "improves": {}, "codes": [], **keys}

    return {
        "format": 1, "id": "small", "version": "1.0.0", "title": "A small pack", "license": "Apache-2.0",
        "about": {"intended_use": "Tests.", "users": "Tests.", "population": "Nobody.", "developer": "Tests",
                  "funding": "None", "released": "2026-11-22", "limits": ["For tests only."]},
        "sources": [{"id": "book", "statement": "It is so.", "citation": "A book", "verification": "verified"}],
        "dimensions": [{"id": "need", "name": "Need"}],
        "levels": [
            level("home", 10),
            level("ward", 20, round_the_clock=True, withdrawal_management=True,
                  resolves={"fluid_loss": "none", "tolerance_lost_30d": True}, improves={"cows_score": 4},
                  codes=[{"system": "LOINC", "code": "1-1", "meaning": "A code"}])],
        "moves": [{"kind": "step_up", "from": "home", "to": "ward"},
                  {"kind": "step_down", "from": "ward", "to": "home"}],
        "capabilities": [{"id": "nursing", "name": "Nursing", "meaning": "nurses are there"}],
        "services": [{"id": "naloxone", "name": "Naloxone", "group": "overdose_prevention",
                      "meaning": "kit and training"}],
        "terms": [
            {"id": "score", "meaning": "withdrawal by score", "of": "cows_score",
             "bands": [{"name": "low", "from": 0}, {"name": "high", "from": 13}], "sources": ["book"]},
            {"id": "unwell", "meaning": "unwell in withdrawal", "when": "score >= high or fluid_loss = severe",
             "sources": ["book"]}],
        "constraints": [{"id": "diagnosis_is_history", "always": "oud_diagnosis = none or oud_history",
                         "because": "A current disorder counts as ever had."}],
        "rules": [
            rule("is_child", "out_of_scope", "age_years < 18"),
            rule("is_unwell", "require", "unwell", level="ward"),
            rule("goals_open", "continue", "goals_met != all"),
            rule("needs_nurse", "capability", "fluid_loss = severe", capability="nursing"),
            rule("gets_naloxone", "offer", "oud_diagnosis != none", service="naloxone"),
            rule("no_naloxone", "avoid", "oud_diagnosis = none", service="naloxone"),
            rule("overdose", "alert", "overdose_signs_now", urgency="stop", action="Call for help.")],
        "must_know": [{"field": "oud_diagnosis", "when": "age_years >= 18", "because": "All rests on it."}],
        "monotone": ["cows_score"],
        "properties": [
            {"id": "overdose_stops", "says": "An overdose stops.",
             "implies": {"when": "overdose_signs_now", "then": "any stop"}},
            {"id": "homeless_alone", "says": "Homelessness alone needs no ward.",
             "alone": {"when": "housing in (sheltered, unsheltered)", "never": "level >= ward"}},
            {"id": "work_changes_nothing", "says": "Work changes no level.",
             "independent": {"field": "work_or_school", "of": ["level", "alerts"]}},
            {"id": "loss_is_monotone", "says": "More loss is never placed lower.",
             "monotone": {"field": "fluid_loss"}}],
        "priors": {"pregnant": [9, 1], "cows_score": [{"from": 0, "weight": 3}, {"from": 13, "weight": 1}]},
        "override_reasons": [{"id": "patient_choice", "text": "The person chooses."}],
    }
