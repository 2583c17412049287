"""`placement generate` from outside: people made up are the same every time, consistent, and as common as asked for."""
import json
import unittest

from harness import UNREADABLE, USAGE, CliTest, placement


class Generate(CliTest):
    def people(self, *arguments):
        return [json.loads(line) for line in self.done("generate", *arguments).splitlines()]

    def test_a_seed_gives_the_same_people_and_another_gives_others(self):
        first = self.done("generate", 50, "--seed", 7)
        self.assertEqual(first, self.done("generate", 50, "--seed", 7))
        self.assertEqual(first[:first.index("\n", 2000)], self.done("generate", 60, "--seed", 7)[:first.index("\n", 2000)])
        self.assertNotEqual(first, self.done("generate", 50, "--seed", 8))

    def test_the_first_person_is_the_same_on_every_machine(self):
        person = self.people(1, "--seed", 1, "--prior", "uniform")[0]
        self.assertEqual({key: person[key] for key in FIRST}, FIRST)

    def test_everybody_is_consistent_and_known_as_asked(self):
        for person in self.people(60, "--prior", "uniform"):
            self.assertNotEqual(self.result(person)["status"], "inconsistent")
        fields = len(json.loads(self.done("fields", "--format", "json")))
        self.assertEqual({len(person) for person in self.people(20)}, {fields})
        self.assertEqual(self.people(3, "--known", 0), [{}, {}, {}])
        half = [len(person) for person in self.people(200, "--known", 50)]
        self.assertAlmostEqual(sum(half) / 200 / fields, 0.5, delta=0.03)

    def test_weights_of_a_file_are_kept_to(self):
        priors = self.file({"pregnant": [3, 1], "age_years": [{"from": 0, "weight": 0}, {"from": 30, "weight": 1},
                                                              {"from": 40, "weight": 0}]})
        people = self.people(400, "--prior", priors)
        self.assertTrue(all(30 <= person["age_years"] < 40 for person in people))
        self.assertAlmostEqual(sum(person["pregnant"] for person in people) / 400, 0.25, delta=0.07)

    def test_faults_of_a_file_are_told_with_their_places(self):
        priors = self.file({"pregnant": [1], "housing": "x", "hosing": [1, 2], "injects": [0, 0]})
        lines = self.refused("generate", 1, "--prior", priors, code=UNREADABLE)
        for place in ("/pregnant: expected 2 weights", "/housing: wrong type", "/hosing: not an allowed name",
                      "/injects: expected at least one weight above 0"):
            self.assertTrue(any(place in line for line in lines), (place, lines))

    def test_a_file_is_whole_or_not_there(self):
        out = self.folder / "people.ndjson"
        self.done("generate", 30, "--output", out)
        self.assertEqual(out.read_text(), self.done("generate", 30))
        self.assertEqual([p.name for p in self.folder.iterdir()], ["people.ndjson"])
        run = placement("generate", 1, "--output", self.folder / "no such folder" / "people.ndjson")
        self.assertEqual((run.returncode, run.stdout, run.stderr.count("\n")), (4, "", 1))

    def test_a_link_stays_a_link_and_no_device_is_replaced(self):
        self.file("old", "there")
        (self.folder / "link").symlink_to(self.folder / "there")
        self.done("generate", 3, "-o", self.folder / "link")
        self.assertTrue((self.folder / "link").is_symlink())
        self.assertEqual((self.folder / "there").read_text(), self.done("generate", 3))
        for place in ("/dev/full", "/dev/null", self.folder):
            self.refused("generate", 3, "-o", place, code=4)

    def test_wrong_numbers_are_refused(self):
        for arguments in (["-3"], ["many"], ["1", "--known", "101"], []):
            self.refused("generate", *arguments, code=USAGE)


FIRST = {"age_years": 54, "pregnant": True, "oud_diagnosis": "mild", "dsm5_criteria": 6, "opioid_use_days_30": 14,
         "opioid_kind": "other_opioid_like", "cows_score": 12}

if __name__ == "__main__":
    unittest.main()
