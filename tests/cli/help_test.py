"""--help, version, wrong usage, and output that cannot be written."""

import json
import re
import shlex
import subprocess
import unittest

from harness import DONE, FINDINGS, INTERNAL, PROGRAM, ROOT, USAGE, CliTest, placement

COMMANDS = ["recommend", "explain", "ask", "interview", "fields", "pack", "check", "test", "count", "diff", "export",
            "generate", "score", "agree", "report", "mapping", "sign", "replay", "audit", "version"]


class Help(CliTest):
    def test_names_every_command_and_exit_code(self):
        text = self.done("--help")
        for command in COMMANDS:
            self.assertRegex(text, rf"(?m)^  {command} +[A-Z]")
        self.assertIn("0 done, 1 findings or failed cases, 2 wrong usage, 3 unreadable input, 4 internal error", text)

    def test_shows_examples_for_every_command(self):
        for command in ([], *([c] for c in COMMANDS)):
            with self.subTest(command):
                self.assertRegex(self.done(*command, "--help"), r"(?m)^Examples?:\n  .*placement " + "".join(command))
        self.assertEqual(self.done("fields", "--help"), self.done("fields", "-h"))

    def test_explains_every_option(self):
        for command in COMMANDS:
            text = self.done(command, "--help")
            for option in re.findall(r"(?m)^  (-\S+.*)", text.split("Examples")[0]):
                with self.subTest(f"{command} {option}"):
                    self.assertRegex(text, rf"{re.escape(option)}\s+[A-Z]|{re.escape(option)}\n +[A-Z]|  [A-Z]")

    def test_options_of_recommend_are_these(self):
        self.assertEqual(
            set(re.findall(r"(?m)^  (?:-\w,)?(--[a-z-]+)", self.done("recommend", "--help"))),
            {"--help", "--pack", "--format", "--undecided", "--current-level", "--current-capabilities", "--available",
             "--handled", "--asked", "--placed", "--as-of", "--audit", "--audit-time"})

    def test_examples_can_be_run_as_they_stand(self):
        for shown in ("rules", "examples"):
            (self.folder / shown).symlink_to(ROOT / shown)
        self.file({}, "person.json")
        subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", self.folder / "private.pem"], check=True,
                       capture_output=True)
        self.file("pregnant,setting,site,completed\nno,iop,north,yes\n", "people.csv")
        mapping = json.loads((ROOT / "rules/mappings/teds-a.json").read_text())
        columns = [name for column in mapping["columns"] for name in column["names"]]
        self.file(",".join(columns) + "\n" + ",".join(["-9"] * len(columns)) + "\n", "admissions.csv")
        for command in ([], *([c] for c in COMMANDS)):
            for line in re.findall(r"(?m)^  (.*placement .*)", self.done(*command, "--help").split("Example")[1]):
                with self.subTest(line):
                    shell = f"set -o pipefail; placement() {{ {shlex.quote(PROGRAM)} \"$@\"; }}; {line} >/dev/null"
                    run = subprocess.run(["bash", "-c", shell], cwd=self.folder, stdin=subprocess.DEVNULL,
                                         capture_output=True, text=True, check=False)
                    said = re.sub(r"\Aplacement: (\d+) rows read, \1 written, \d+ invalid\n\Z", "", run.stderr)
                    self.assertIn((run.returncode, said), ((DONE, ""), (FINDINGS, "")))

    def test_works_with_a_command_after_other_arguments(self):
        self.assertIn("--format", self.done("recommend", "-", "--help"))


class Version(CliTest):
    def test_names_library_pack_and_digests(self):
        self.assertRegex(self.done("version"),
                         r"\Aplacement \d+\.\d+\.\d+\npack opioid \d+\.\d+\.\d+ sha256:[0-9a-f]{64}\n"
                                               r"fields sha256:[0-9a-f]{64}\n\Z")


class WrongUsage(CliTest):
    def test_is_exit_code_2_and_says_so(self):
        for arguments in ([], ["nonsense"], ["--nonsense"], ["recommend", "--nonsense"], ["recommend", "a", "b"],
                          ["recommend", "--pack"], ["recommend", "--format", "pdf"],
                          ["recommend", "--undecided", "maybe"],
                          ["recommend", "-", "--asked", "nonsense"], ["fields", "--format", "svg"], ["fields", "extra"],
                          ["pack", "--format", "dot"], ["pack", "a", "b"], ["check", "--format", "markdown"],
                          ["check", "a", "b"], ["test"], ["test", "pack.json"], ["version", "extra"]):
            with self.subTest(arguments):
                self.refused(*arguments, stdin="{}", code=USAGE)

    def test_names_the_option_and_what_it_takes(self):
        text = "\n".join(self.refused("recommend", "--format", "pdf", code=USAGE))
        for word in ("--format", "text", "json", "markdown", "dot", "svg"):
            self.assertIn(word, text)


class Output(CliTest):
    def test_may_be_closed_early(self):
        for command in ("placement fields", "placement pack", "placement check"):
            with self.subTest(command):
                shell = f"set -o pipefail; {command.replace('placement', shlex.quote(PROGRAM), 1)} | head -n 1"
                run = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=False)
                self.assertIn(run.returncode, (DONE, INTERNAL, 128 + 13))  # all written, told, or ended by the pipe
                self.assertEqual(len(run.stdout.splitlines()), 1)

    def test_that_cannot_be_written_is_exit_code_4_and_one_line(self):
        commands = (["fields"], ["pack"], ["check"], ["version"], ["recommend", "-"], ["ask", "-"],
                    ["interview"])
        for arguments in (c + o for c in commands for o in ([], ["--format", "json"])):
            if arguments[0] == "version" and len(arguments) > 1:
                continue
            with self.subTest(arguments), open("/dev/full", "wb") as full:
                run = subprocess.run([PROGRAM, *arguments], input=b"{}", stdout=full, stderr=subprocess.PIPE,
                                     check=False)
                self.assertEqual(run.returncode, INTERNAL)
                self.assertEqual(run.stderr, b"placement: standard output: cannot be written\n")

    def test_is_the_same_twice(self):
        for command in ("fields", "pack", "version"):
            self.assertEqual(placement(command).stdout, placement(command).stdout)


if __name__ == "__main__":
    unittest.main()
