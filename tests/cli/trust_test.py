"""Signed packs, kept results and the log of recommendations, as those who answer for them use them."""

import json
import shutil
import subprocess
import unittest

from harness import DONE, FINDINGS, INTERNAL, PACK, PROGRAM, UNREADABLE, USAGE, CliTest, placement

PERSON = {"cows_score": 20, "oud_diagnosis": "severe", "age_years": {"from": 77}}
NOON = ["--audit-time", "2026-11-27T12:00:00Z"]


class Signed(CliTest):
    def setUp(self):
        super().setUp()
        self.private, self.public = (self.folder / f"{name}.pem" for name in ("private", "public"))
        self.key(self.private, self.public)
        self.pack = self.folder / "pack.json"
        shutil.copy(PACK, self.pack)
        self.done("sign", self.pack, "--key", self.private)
        self.person = self.file(PERSON, "person.json")

    @staticmethod
    def key(private, public):
        subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", private], check=True, capture_output=True)
        subprocess.run(["openssl", "pkey", "-in", private, "-pubout", "-out", public], check=True, capture_output=True)

    def refusal(self, *arguments, key=None):
        line, = self.refused(*arguments, "--require-signed", key or self.public)
        return line

    def test_openssl_itself_finds_the_signature_right(self):
        signature = json.loads((self.folder / "pack.json.sig").read_text())
        message = self.file(f"placement rule pack 1\n{signature['digest']}\n", "message")
        raw = self.file(bytes.fromhex(signature["signature"]), "raw")
        run = subprocess.run(["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", self.public, "-rawin", "-in", message,
                              "-sigfile", raw], capture_output=True, text=True, check=False)
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)

    def test_every_command_that_reads_a_pack_asks_for_it(self):
        rows = self.file(PERSON, "rows.ndjson")
        cases = self.file("", "cases.jsonl")
        unsigned = self.folder / "unsigned.json"
        shutil.copy(PACK, unsigned)
        for command in (["recommend", self.person, "--pack", unsigned], ["explain", self.person, "--pack", unsigned],
                        ["ask", self.person, "--pack", unsigned], ["pack", unsigned], ["check", unsigned],
                        ["test", unsigned, cases], ["count", unsigned], ["diff", unsigned, unsigned],
                        ["export", unsigned, "--to", "feel"], ["generate", "1", "--pack", unsigned], ["score", rows, "--pack", unsigned],
                        ["agree", rows, "--observed", "x", "--pack", unsigned], ["report", rows, "--pack", unsigned],
                        ["replay", self.person, "--input", self.person, "--pack", unsigned],
                        ["interview", "--pack", unsigned], ["sign", unsigned, "--key", self.private]):
            with self.subTest(command[0]):
                run = placement(*command, "--require-signed", self.public)
                self.assertEqual((run.returncode, run.stdout), (UNREADABLE, ""))
                self.assertIn("not signed", run.stderr)

    def test_a_signed_pack_is_used(self):
        answer = self.done("recommend", self.person, "--pack", self.pack, "--require-signed", self.public)
        self.assertEqual(answer, self.done("recommend", self.person))
        spaced = json.dumps(json.loads(self.pack.read_text()), indent=7)
        self.pack.write_text(spaced)  # says the same
        self.done("--require-signed", self.public, "recommend", self.person, "--pack", self.pack)

    def test_refuses_each_kind_of_doubt_in_its_own_words(self):
        command = ["recommend", self.person, "--pack", self.pack]
        signature = self.folder / "pack.json.sig"
        good = signature.read_text()
        self.assertIn("built-in pack: is not signed", self.refusal("recommend", self.person))
        self.assertIn("no public Ed25519 key", self.refusal(*command, key=self.private))
        self.refused(*command, "--require-signed", "")  # as of a variable that is not set
        self.assertIn("no public Ed25519 key", self.refusal(*command, key=self.file("", "empty.pem")))
        other = self.folder / "other.pem"
        self.key(self.folder / "x.pem", other)
        self.assertIn("another key", self.refusal(*command, key=other))
        last = good.rindex('"')
        signature.write_text(good[:last - 1] + ("0" if good[last - 1] != "0" else "1") + good[last:])
        self.assertIn("signature was altered", self.refusal(*command))
        signature.write_text(good[:-30])
        self.assertIn("pack.json.sig", self.refusal(*command))
        signature.write_text(good)
        self.pack.write_text(self.pack.read_text().replace('"reassess_days": 30', '"reassess_days": 31'))
        self.assertIn("pack was altered", self.refusal(*command))
        signature.unlink()
        self.assertIn("is not signed", self.refusal(*command))

    def test_a_key_with_a_password_is_refused_without_asking_for_it(self):
        locked = self.folder / "locked.pem"
        subprocess.run(["openssl", "pkey", "-in", self.private, "-aes256", "-passout", "pass:x", "-out", locked],
                       check=True, capture_output=True)
        self.assertIn("without a password", self.refused("sign", self.pack, "--key", locked)[0])


class Replayed(CliTest):
    def test_the_same_input_gives_the_same_bytes(self):
        person = self.file({"assessment": PERSON, "request": {"id": "p7", "current_level": "iop"}}, "person.json")
        result = self.file(self.done("recommend", person, "--format", "json"), "result.json")
        said = self.done("replay", result, "--input", person)
        self.assertEqual([line.split()[0] for line in said.splitlines()], ["input", "pack", "fields", "library", "answer"])
        self.assertIn("byte for byte", said)
        reordered = self.file(dict(reversed(PERSON.items())), "same.json")
        self.done("replay", result, "--input", reordered, "--current-level", "iop", code=FINDINGS)  # without its id

    def test_names_what_differs_without_its_value(self):
        person, other = self.file(PERSON, "person.json"), self.file({**PERSON, "cows_score": 7}, "other.json")
        result = self.file(self.done("recommend", person, "--format", "json"), "result.json")
        said = self.done("replay", result, "--input", other, code=FINDINGS)
        self.assertRegex(said, r"(?m)^input +another: .*\npack +the same")
        self.assertRegex(said, r"(?m)^answer +differs first at /")
        changed = json.loads(result.read_text())
        changed["indicated"] = "aftercare"
        said = self.done("replay", self.file(json.dumps(changed, indent=2) + "\n", "changed.json"), "--input", person,
                         code=FINDINGS)
        self.assertIn("answer   differs first at /indicated\n", said)
        said = self.done("replay", self.file(json.loads(result.read_text()), "compact.json"), "--input", person,
                         code=FINDINGS)
        self.assertIn("the same, but written otherwise", said)

    def test_refuses_what_is_no_result(self):
        person = self.file(PERSON, "person.json")
        self.assertIn("expected a result", self.refused("replay", person, "--input", person)[0])
        self.refused("replay", self.file("{", "broken.json"), "--input", person)


class Audited(CliTest):
    def setUp(self):
        super().setUp()
        self.log = self.folder / "log"

    def recommend(self, *options, code=DONE):
        request = {"id": "p7", "placed": {"level": "detox", "override_reason": "patient_choice"}}
        run = placement("recommend", "-", "--format", "json", "--audit", self.log, *(options or NOON),
                        stdin={"assessment": PERSON, "request": request})
        self.assertEqual(run.returncode, code, run.stderr)
        return run

    def verify(self, *options, code=DONE):
        run = placement("audit", "verify", self.log, *options)
        self.assertEqual(run.returncode, code, run.stderr)
        return run

    def test_a_record_says_what_was_recommended_and_no_answer(self):
        result = json.loads(self.recommend().stdout)
        record = json.loads(self.log.read_text())
        self.assertEqual({key: record[key] for key in ("time", "id", "input_digest", "pack", "status", "level", "placed")},
                         {"time": "2026-11-27T12:00:00Z", "id": "p7", "level": result["indicated"],
                          **{key: result[key] for key in ("input_digest", "pack", "status", "placed")}})
        self.assertNotRegex(self.log.read_text(), "cows|severe|[^0-9a-f]77[^0-9a-f]")
        self.assertEqual(oct(self.log.stat().st_mode & 0o777), "0o600")

    def test_many_writers_make_one_chain(self):
        runs = [subprocess.Popen([PROGRAM, "recommend", "-", "--audit", self.log, *NOON], stdin=subprocess.PIPE,
                                 stdout=subprocess.DEVNULL) for _ in range(12)]
        for run in runs:
            run.communicate(b"{}")
        self.assertIn("12 records, 0 faults", self.verify().stdout)

    def test_finds_lines_that_were_changed_lost_added_or_moved(self):
        for _ in range(5):
            self.recommend()
        good = self.log.read_text().splitlines(keepends=True)
        head = self.verify().stdout.split()[-1]
        self.verify("--head", head)
        for name, lines, where in (
                ("changed", [*good[:2], good[2].replace("12:00", "13:00"), *good[3:]], "line 3: was changed"),
                ("lost", [*good[:2], *good[3:]], "line 3: does not follow"),
                ("lost first", good[1:], "line 1: does not follow"),
                ("added", [*good[:2], good[1], *good[2:]], "line 3: does not follow"),
                ("moved", [good[0], good[2], good[1], *good[3:]], "line 2: does not follow"),
                ("garbage", [*good[:2], "\0\n", *good[2:]], "line 3: is no audit record"),
                ("huge", [*good[:2], "x" * 3_000_000 + "\n", *good[2:]], "line 3: is no audit record"),
                ("huge behind a record", [*good[:2], good[2][:-1] + " " * 3_000_000 + "\n", *good[3:]],
                 "line 3: is no audit record"),
                ("spaces", [good[0], " " + good[1], *good[2:]], "line 2: was changed"),
                ("cut", [*good[:4], good[4][:90]], "line 5: has no newline")):
            with self.subTest(name):
                self.log.write_text("".join(lines))
                self.assertIn(where, self.verify(code=FINDINGS).stderr)
        self.log.write_text("".join(good[:4]))
        self.verify()
        self.assertIn("missing", self.verify("--head", head, code=FINDINGS).stderr)
        self.log.write_text("".join(good))
        self.recommend()
        self.assertIn("goes on", self.verify("--head", head, code=FINDINGS).stderr)

    def test_nothing_is_answered_that_was_not_recorded(self):
        self.recommend()
        whole = self.log.read_bytes()
        for damage in (b'{"half', b"\n"):
            self.log.write_bytes(whole + damage)
            run = self.recommend(code=INTERNAL)
            self.assertEqual((run.stdout, self.log.read_bytes()), ("", whole + damage))
        self.log.unlink()
        self.log.mkdir()
        self.assertEqual(self.recommend(code=INTERNAL).stdout, "")

    def test_needs_a_time(self):
        self.recommend("--undecided", "none", code=USAGE)
        for time in ("yesterday", "2026-11-27", "2026-13-01T00:00:00Z", "2026-11-27T12:00:00", "2026-11-27T12:00:00.Z"):
            self.recommend("--audit-time", time, code=USAGE)
        self.assertFalse(self.log.exists())
        self.recommend("--audit-time", "2026-11-27T12:00:00.125Z")


if __name__ == "__main__":
    unittest.main()
