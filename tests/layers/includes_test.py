"""Who may include whom: the plan of docs/architecture.md, read off the #include lines and enforced."""

import os
import re
import unittest
from pathlib import Path

ROOT = Path(os.environ.get("PLACEMENT_SOURCE_DIR", Path(__file__).resolve().parents[2]))

# Room -> the rooms of src/ it may include besides itself: everything below it. `pack` and `masks` stand side by side
# and do not know each other; only `engine` and what is above it know both.
BELOW = {
    "model": set(),
    "masks": set(),
    "pack": {"model"},
    "engine": {"pack", "masks", "model"},
    "analysis": {"engine", "pack", "masks", "model"},
    "batch": {"engine", "pack", "masks", "model"},
    "io": {"batch", "analysis", "engine", "pack", "masks", "model"},
    "capi": {"io", "batch", "analysis", "engine", "pack", "masks", "model"},
    "rows": {"io", "batch", "analysis", "engine", "pack", "masks", "model"},
    "cli": {"rows", "io", "batch", "analysis", "engine", "pack", "masks", "model"},
}

# Public header -> the room that implements it ("ground": used by all of them). A new header needs a line here.
ROOM_OF_HEADER = {
    "result.hpp": "ground",
    "truth.hpp": "ground",
    "version.hpp": "ground",
    "fields.def": "ground",
    "assessment.hpp": "model",
    "care_graph.hpp": "model",
    "rule_pack.hpp": "pack",
    "recommendation.hpp": "engine",
    "explanation.hpp": "engine",
    "engine.hpp": "engine",
    "interview.hpp": "engine",
    "analysis.hpp": "analysis",
    "counts.hpp": "analysis",
    "difference.hpp": "analysis",
    "generate.hpp": "analysis",
    "cohort.hpp": "analysis",
    "agreement.hpp": "analysis",
    "cohort_report.hpp": "io",
    "identifiers.hpp": "io",
    "signature.hpp": "io",
    "audit.hpp": "io",
    "replay.hpp": "io",
    "arrow.hpp": "batch",
    "batch.hpp": "batch",
    "mapping.hpp": "batch",
    "io.hpp": "io",
    "placement.h": "capi",
}

# Third-party parts: the only places that may include them.
THIRD_PARTY = {
    "nlohmann/": "src/io/",
    "boost/graph/": "src/model/care_graph.cpp",
    "boost/multiprecision/": "src/masks/count.hpp",
    "boost/random/": "src/analysis/kappa.cpp",
    "openssl/": "src/io/",
    "hwy/": "src/batch/",
    "spdlog/": "src/cli/",
    "CLI/": "src/cli/",
    "simdjson.h": "src/rows/",
    "tbb/": "src/rows/",
    "fcntl.h": "src/cli/",
    "stdint.h": "include/placement/placement.h",
    "unistd.h": "src/cli/",
    "sys/": "src/cli/",
}

# The library takes text and gives text: no files, streams to the world, clocks, locales, environment, process exits;
# of <random> only the engines whose every number the standard fixes.
WORLD = re.compile(
    r"<(?:iostream|fstream|filesystem|cstdio|locale|clocale|ctime)>"
    r"|\b(?:system_clock|steady_clock|high_resolution_clock|setlocale|getenv|fopen|printf|puts|abort|exit|rand)\s*\("
    r"|\bstd::(?:cout|cerr|clog|locale|chrono::\w*clock|random_device|default_random_engine|\w+_distribution|exit|abort|terminate)\b"
)

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


def sources(folder):
    return sorted(p for p in (ROOT / folder).rglob("*") if p.suffix in {".hpp", ".cpp", ".h", ".def"})


def includes(path):
    return INCLUDE.findall(path.read_text())


def name(path):
    return path.relative_to(ROOT).as_posix()


def without_comments(text):
    return re.sub(r"//[^\n]*|/\*.*?\*/", "", text, flags=re.DOTALL)


class Includes(unittest.TestCase):
    def faults(self, found):
        if found:
            self.fail("\n" + "\n".join(found))

    def test_rooms_are_known(self):
        rooms = {p.relative_to(ROOT / "src").parts[0] for p in sources("src")}
        self.assertTrue(rooms, "no sources found")
        headers = {p.name for p in sources("include/placement")}
        self.faults(
            [f"src/{room}: not a room of the plan" for room in sorted(rooms - set(BELOW))]
            + [f"include/placement/{h}: give it a room in ROOM_OF_HEADER" for h in sorted(headers - set(ROOM_OF_HEADER))]
        )

    def test_rooms_include_downwards_only(self):
        found = []
        for path in sources("src"):
            room = path.relative_to(ROOT / "src").parts[0]
            allowed = BELOW.get(room, set()) | {room, "ground"}
            for bracket, target in includes(path):
                first, _, rest = target.partition("/")
                if first == "placement":
                    of = ROOM_OF_HEADER.get(rest)
                    if room == "masks" and rest != "result.hpp":
                        found.append(f"{name(path)}: masks may include nothing of ours but placement/result.hpp, not {target}")
                    elif of not in allowed:
                        found.append(f"{name(path)}: {room} may not include {target} (of {of})")
                elif first in BELOW:
                    if first not in allowed:
                        found.append(f"{name(path)}: {room} may not include {target}")
                elif bracket == '"':
                    found.append(f'{name(path)}: write "{room}/{target}" from src/, or <{target}>')
        self.faults(found)

    def test_public_headers_include_downwards_only(self):
        found = []
        for path in sources("include/placement"):
            room = ROOM_OF_HEADER.get(path.name)
            allowed = BELOW.get(room, set()) | {room, "ground"}
            for bracket, target in includes(path):
                if bracket == '"':
                    if not target.startswith("placement/"):
                        found.append(f"{name(path)}: a public header includes only public headers, not {target}")
                    elif ROOM_OF_HEADER.get(target.removeprefix("placement/")) not in allowed:
                        found.append(f"{name(path)}: may not include {target}")
        self.faults(found)

    def test_third_party_headers_stay_in_their_rooms(self):
        found = []
        for path in sources("include") + sources("src"):
            for bracket, target in includes(path):
                if bracket != "<" or re.fullmatch(r"[a-z_0-9]+", target):
                    continue  # ours, or the standard library's
                home = next((h for prefix, h in THIRD_PARTY.items() if target.startswith(prefix)), None)
                if home is None or not name(path).startswith(home):
                    found.append(f"{name(path)}: <{target}> belongs in {home or 'no room of ours'}")
        self.faults(found)

    def test_openssl_is_in_two_files(self):
        users = {name(p) for p in sources("src") if any(t.startswith("openssl/") for _, t in includes(p))}
        self.assertEqual(users, {"src/io/digest.cpp", "src/io/ed25519.cpp"})

    def test_the_library_does_not_touch_the_world(self):
        found = []
        for path in sources("include") + [p for p in sources("src") if "cli" not in p.relative_to(ROOT / "src").parts]:
            for number, line in enumerate(without_comments(path.read_text()).splitlines(), 1):
                for match in WORLD.finditer(line):
                    found.append(f"{name(path)}: {match.group(0).strip()} (only src/cli meets the world)")
        self.faults(found)

    def test_the_oracle_shares_no_code(self):
        files = [p for p in sources("tests/oracle") if p.stem == "oracle"]
        found = [
            f"{name(p)}: includes {target}"
            for p in files
            for _, target in includes(p)
            if (target.startswith("placement/") and target != "placement/fields.def") or target.split("/")[0] in BELOW
        ]
        self.faults(found)
        lines = sum(len(p.read_text().splitlines()) for p in files if p.suffix == ".cpp")
        self.assertLess(lines, 200, "the oracle is meant to be short enough to be believed")


class Words(unittest.TestCase):
    # The room of masks is plain combinatorics: its own words are code, box, mask, row, cover, completion.
    CLINIC = set(
        """
        admission alert alerts assessment assessments care clinic clinical clinically clinician clinicians criteria
        criterion detox diagnosis disorder dose drug drugs health hospital illness inpatient level levels medical
        medication medications medicine moud opioid opioids outpatient overdose patient patients person persons
        placed pregnancy pregnant recommendation recommendations relapse rule rules severity stay symptom symptoms
        therapy treatment treatments withdrawal
        """.split()
    )

    def test_masks_speak_no_clinic_words(self):
        found = []
        for path in sources("src/masks"):
            for number, line in enumerate(path.read_text().splitlines(), 1):
                for word in re.findall(r"[A-Za-z]+", re.sub(r"([a-z])([A-Z])", r"\1 \2", line)):
                    if word.lower() in self.CLINIC:
                        found.append(f"{name(path)}:{number}: {word}")
        if found:
            self.fail("\n" + "\n".join(found))


if __name__ == "__main__":
    unittest.main()
