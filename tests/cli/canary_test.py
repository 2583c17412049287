"""No value of a patient on standard error, at any verbosity, of good input or bad. Planted values are looked for."""

import json
import unittest

from harness import DONE, FEWER_DRAWS, UNREADABLE, USAGE, CliTest, placement

VERBOSITY = ([], ["-v"], ["--verbose", "--verbose"], ["-vvvv"])
if FEWER_DRAWS:
    VERBOSITY = (VERBOSITY[0], VERBOSITY[-1])
NUMBER, NAME = "987654321", "Quincy-Zebrowski"


class Canaries(CliTest):
    def each_run(self, text, *options, code, command="recommend"):
        path = self.file(text)
        runs = [placement(*verbosity, command, "-", *options, stdin=text) for verbosity in VERBOSITY]
        for run in [*runs, placement(*VERBOSITY[-1], command, path, *options)]:
            self.assertEqual(run.returncode, code, run.stderr)
            if code == UNREADABLE:
                self.assertEqual(run.stdout, "")
                self.assertTrue(run.stderr)
            yield run.stderr.replace(str(path), "")

    def no_canary(self, text, *options, code=UNREADABLE, canaries=(NUMBER, NAME, "Quincy", "Zebrowski", "quincy")):
        text = text if isinstance(text, str) else json.dumps(text)
        for errors in self.each_run(text, *options, code=code):
            for canary in canaries:
                self.assertNotIn(canary, errors)

    def test_of_bad_values_are_not_repeated(self):
        for value in (int(NUMBER), -int(NUMBER), float(NUMBER) + 0.5, NUMBER, NAME, [NAME],
                      {"any_of": [NAME, int(NUMBER)]},
                      {"from": int(NUMBER), "to": NAME}, {"any_of": NAME}):
            with self.subTest(value):
                self.no_canary({"age_years": value, "housing": value, "pregnant": value, "opioid_kind": value})

    def test_in_keys_are_not_repeated(self):
        self.no_canary({NAME: 1, "age_years": {NAME: 3}, f"{NAME} born 1971": {"from": int(NUMBER)}})
        self.no_canary(f'{{"{NAME}": 1, "{NAME}": 2}}')
        self.no_canary({"assessment": {NAME: int(NUMBER)}, NAME: NAME, "request": {NAME: NAME}})

    def test_in_text_that_cannot_be_read_are_not_repeated(self):
        for text in (NAME, f'{{"age_years": {NAME}', f'{{"age_years": {NUMBER},, }}', f'{{"{NAME}": "{NAME}',
                     f'["{NAME}"]',
                     f'"{NAME}"', f'{{"{NAME}":' * 50):
            with self.subTest(text):
                self.no_canary(text)

    def test_in_requests_are_not_repeated(self):
        for request in ({"id": NAME, "as_of": NAME}, {"current_level": NAME}, {"current_capabilities": [NAME]},
                        {"available": [{"level": NAME, "capabilities": [NAME]}]}, {"undecided": NAME},
                        {"asked": [NAME]},
                        {"handled": [{"alert": NAME, "by": NAME, "at": NUMBER}]}, {"id": int(NUMBER)},
                        {"placed": {"level": NAME, "override_reason": NAME}}):
            with self.subTest(request):
                self.no_canary({"assessment": {}, "request": request})

    def test_in_options_are_not_repeated(self):
        for options in (["--as-of", NAME], ["--current-level", NAME], ["--available", f"{NAME}+{NAME}"],
                        ["--placed", NAME],
                        ["--handled", f"{NAME}/{NAME}/{NUMBER}"], ["--placed", f"iop:{NAME}"]):
            with self.subTest(options):
                self.no_canary({}, *options)

    def test_of_good_input_are_not_logged(self):
        answers = {"age_years": 73, "cows_score": 47, "days_since_overdose": 239, "hours_since_last_opioid": 241,
                   "phq9_score": 23, "housing": "unsheltered", "overdose_signs_now": True,
                   "opioid_kind": "methadone_street"}
        request = {"id": NAME, "handled": [{"alert": "overdose_now", "by": NAME, "at": NUMBER}]}
        for tree in (answers, {"note": NAME, "assessment": answers, "request": request}):
            for options in (["recommend", "--format", "text"], ["recommend", "--format", "json"], ["explain"],
                            ["explain", "--to", "outpatient", "--why-not", "iop", "--rule", "no_coping"]):
                for errors in self.each_run(json.dumps(tree), *options[1:], code=DONE, command=options[0]):
                    for canary in (NAME, NUMBER, "73", "47", "239", "241", "23", "unsheltered", "methadone_street",
                                   "overdose"):
                        # Counts of boxes and bytes may stand there: a number alone is a canary only where it is a word.
                        self.assertNotRegex(errors, rf"\b{canary}\b")

    def test_in_questions_are_not_repeated(self):
        for option in ("--rule", "--why-not", "--to"):
            run = placement("-vvvv", "explain", "-", option, NAME, stdin="{}")
            self.assertEqual((run.returncode, run.stdout), (USAGE, ""))
            self.assertNotIn(NAME, run.stderr)

    def test_log_says_something_at_all(self):
        errors = placement("-vvvv", "recommend", "-", stdin="{}").stderr.splitlines()
        self.assertTrue(errors)
        for line in errors:
            self.assertRegex(line, r"\Aplacement: \[(debug|info)\] ")
        self.assertLess(len(placement("-v", "recommend", "-", stdin="{}").stderr.splitlines()), len(errors))


if __name__ == "__main__":
    unittest.main()
