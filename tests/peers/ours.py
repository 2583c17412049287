"""The library's answers, from the program as users run it and from peer_answers; and how a disagreement is shown."""

import json
import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACK = ROOT / "rules/opioid.json"
PROGRAMS = Path(os.environ.get("PLACEMENT_PEERS_BIN", ROOT / "build/release/bin"))
SCRATCH = ROOT / "build/peers"
SEED = int(os.environ.get("PLACEMENT_TEST_SEED", "20261122"))
MOST_SHOWN = 5


def run(*command, stdin="", codes=(0,)):
    done = subprocess.run([str(word) for word in command], input=stdin, capture_output=True, text=True, check=False)
    if done.returncode not in codes:
        raise RuntimeError(f"{' '.join(map(str, command))}: exit code {done.returncode}\n{done.stderr[-2000:]}")
    return done.stdout


def states(rows, pack=PACK):
    """For each row status, possible levels, rule states, and Kleene's truth of every condition."""
    text = run(PROGRAMS / "peer_answers", pack, "states", stdin="".join(json.dumps(row) + "\n" for row in rows))
    return [json.loads(line) for line in text.splitlines()]


def analysis(pack=PACK, repeats=1):
    """Dead rules, monotone fields and the seconds they took."""
    return json.loads(run(PROGRAMS / "peer_answers", pack, "analysis", repeats))


def dead_rules(pack):
    """Rules that hold in no consistent assessment in scope."""
    return analysis(pack)["dead_in_scope"]


def dead_by_check(pack):
    """What `placement check` calls dead: alerts and out_of_scope rules where they hold for nobody who is consistent, all
    others where they hold for nobody in scope."""
    found = findings(pack)
    rules = json.loads(Path(pack).read_text())["rules"]
    return {rules[int(finding["where"].split("/")[2])]["id"] for finding in found
            if finding["kind"] == "dead" and finding["where"].startswith("/rules/")}


def findings(pack):
    """All that `placement check` finds."""
    return json.loads(run(PROGRAMS / "placement", "check", pack, "--format", "json", codes=(0, 1)))["findings"]


def rules_never_possible(pack):
    """Rules that hold in no consistent assessment: those that are `no` where nothing is known."""
    result = json.loads(run(PROGRAMS / "placement", "recommend", "-", "--pack", pack, "--format", "json", stdin="{}"))
    return [rule["id"] for rule in result["rules"] if rule["state"] == "no"]


def verdicts(pack):
    """What `placement check` says: the place of a claim in the pack -> proved, refuted or vacuous."""
    return {finding["where"]: finding["verdict"] for finding in findings(pack)
            if finding["kind"] in ("property", "monotone")}


def case_line(row, note, want):
    """A disagreement as a line for a cases file, wanting what the other engine says."""
    return json.dumps({"note": note, **{key: value for key, value in row.items() if value}, "want": want})


def show(disagreements):
    """The first few and how many there are; empty where there are none."""
    return "\n".join(["", *disagreements[:MOST_SHOWN], f"{len(disagreements)} disagreements in all"]) \
        if disagreements else ""
