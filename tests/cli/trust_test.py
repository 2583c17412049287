"""Signed packs, kept results and the log of recommendations, as those who answer for them use them."""

import json
import os
import resource
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
        self.refused(*command, "--require-signed", "", code=USAGE)  # as of a variable that is not set
        self.assertIn("no public Ed25519 key", self.refusal(*command, key=self.file("", "empty.pem")))
        other = self.folder / "other.pem"
        self.key(self.folder / "x.pem", other)
        self.assertIn("another key", self.refusal(*command, key=other))
        last = good.rindex('"')
        signature.write_text(good[:last - 1] + ("0" if good[last - 1] != "0" else "1") + good[last:])
        self.assertIn("signature was altered", self.refusal(*command))
        for cut in (good[:-30], ""):
            signature.write_text(cut)
            self.assertIn("pack.json.sig", self.refusal(*command))
        signature.write_text(good)
        self.pack.write_text(self.pack.read_text().replace('"reassess_days": 30', '"reassess_days": 31'))
        self.assertIn("pack was altered", self.refusal(*command))
        signature.unlink()
        self.assertIn("is not signed", self.refusal(*command))
        signature.mkdir()
        self.assertIn("pack.json.sig: the file cannot be read", self.refusal(*command))

    def test_a_signature_may_be_read_by_whoever_reads_the_pack(self):
        self.assertEqual(oct((self.folder / "pack.json.sig").stat().st_mode & 0o777), "0o644")
        text = self.pack.read_text()
        written = self.done("sign", "-", "--key", self.private, stdin=text)  # there is no name to put it beside
        self.assertEqual(written, (self.folder / "pack.json.sig").read_text())

    def test_a_key_with_a_password_is_refused_without_asking_for_it(self):
        locked = self.folder / "locked.pem"
        subprocess.run(["openssl", "pkey", "-in", self.private, "-aes256", "-passout", "pass:x", "-out", locked],
                       check=True, capture_output=True)
        self.assertIn("without a password", self.refused("sign", self.pack, "--key", locked)[0])


class Surroundings(CliTest):
    def test_no_configuration_of_openssl_is_read(self):
        config = self.folder / "openssl.cnf"
        os.mkfifo(config)  # nobody writes: who opens it waits until the time is over
        run = subprocess.run([PROGRAM, "version"], capture_output=True, check=True, timeout=60,
                             env={**os.environ, "OPENSSL_CONF": str(config)})
        self.assertEqual(run.stdout.decode(), self.done("version"))


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

    def test_finds_members_that_are_missing_or_too_many(self):
        person = self.file(PERSON, "person.json")
        text = self.done("recommend", person, "--format", "json")
        for change, said in ((lambda tree: tree.pop("alerts"), "differs first at /alerts\n"),
                             (lambda tree: tree["possible"].append("detox"), "differs first at /possible\n"),
                             (lambda tree: tree.update(zebra=1), "differs first at /zebra\n"),
                             (lambda tree: tree.update({"Anna K., 77": 1}), "differs: it has members that no result has\n")):
            tree = json.loads(text)
            change(tree)
            with self.subTest(said):
                kept = self.file(tree, "kept.json")
                self.assertTrue(self.done("replay", kept, "--input", person, code=FINDINGS).endswith("answer   " + said))

    def test_repeats_nothing_that_is_no_digest_or_version(self):
        person = self.file(PERSON, "person.json")
        text = self.done("recommend", person, "--format", "json")
        for change in (lambda tree: tree.update(input_digest="KANARIE"), lambda tree: tree["pack"].update(digest="0\nanswer"),
                       lambda tree: tree["pack"].pop("fields_digest"),
                       lambda tree: tree["library"].update(version="0.1.0\n\x1b[2J")):
            tree = json.loads(text)
            change(tree)
            self.assertIn("expected a result", self.refused("replay", self.file(tree, "kept.json"), "--input", person)[0])

    def test_a_fault_of_the_request_is_not_told_of_the_result(self):
        person = self.file(PERSON, "person.json")
        result = self.file(self.done("recommend", person, "--format", "json"), "result.json")
        line, = self.refused("replay", result, "--input", person, "--current-level", "nowhere")
        self.assertIn("person.json", line)

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
                ("another format", [*good[:4], good[4].replace('"format":1', '"format":2')], "line 5: is no audit record"),
                ("a hash and nothing else", [*good, json.dumps({"hash": "0" * 64, "previous": head}) + "\n"],
                 "line 6: is no audit record"),
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
        (self.folder / "elsewhere").touch()
        self.log.symlink_to(self.folder / "elsewhere")
        self.assertIn("it is a link", self.recommend(code=INTERNAL).stderr)
        self.log.unlink()
        self.log.mkdir()
        self.assertEqual(self.recommend(code=INTERNAL).stdout, "")

    def test_a_record_that_does_not_fit_is_not_begun(self):
        self.recommend()
        whole = self.log.read_bytes()
        command = [PROGRAM, "recommend", "-", "--audit", self.log, *NOON]
        run = subprocess.run(command, input=b"{}", capture_output=True, check=False,
                             preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (len(whole) + 9, len(whole) + 9)))
        self.assertEqual((run.returncode, run.stdout, self.log.read_bytes()), (INTERNAL, b"", whole), run.stderr)
        self.assertIn(b"cannot be written", run.stderr)

    def test_a_record_is_never_too_long_to_be_checked(self):
        long_id = {"assessment": {}, "request": {"id": "a" * 70_000}}
        run = placement("recommend", "-", "--audit", self.log, *NOON, stdin=long_id)
        self.assertEqual((run.returncode, run.stdout, self.log.exists()), (USAGE, "", False))
        self.assertIn("shorter `id`", run.stderr)

    def test_an_option_without_a_value_is_no_wish_to_go_without(self):
        self.recommend()
        for command in (["recommend", "-", "--audit", "", *NOON], ["recommend", "-", "--audit=", *NOON],
                        ["recommend", "-", "--audit", "-", *NOON], ["recommend", "-", "--pack", ""],
                        ["audit", "verify", self.log, "--head", ""]):
            with self.subTest(command):
                self.refused(*command, stdin="{}", code=USAGE)

    def test_an_assessment_in_the_place_of_a_file_is_not_repeated(self):
        for command in (["recommend", "-", *NOON, "--audit"], ["sign", PACK, "--key", PACK, "-o"]):
            run = placement(*command, '{"x/y": "KANARIE"}', stdin="{}")
            self.assertNotEqual(run.returncode, DONE)
            self.assertNotIn("KANARIE", run.stdout + run.stderr)

    def test_needs_a_time(self):
        self.recommend("--undecided", "none", code=USAGE)
        for time in ("2026-02-31T00:00:00Z", "yesterday", "2026-11-27", "2026-13-01T00:00:00Z", "2026-11-27T12:00:00", "2026-11-27T12:00:00.Z"):
            self.recommend("--audit-time", time, code=USAGE)
        self.assertFalse(self.log.exists())
        self.recommend("--audit-time", "2026-11-27T12:00:00.125Z")


if __name__ == "__main__":
    unittest.main()
