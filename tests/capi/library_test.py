"""The shared library from outside: what it exports, needs and declares; that it answers as the command line does; that
the environment does not reach into it."""

import ctypes
import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(os.environ["PLACEMENT_SOURCE_DIR"])
LIBRARY = Path(os.environ["PLACEMENT_SHARED"])
READINGS = os.environ["PLACEMENT_READINGS"]
PROGRAM = os.environ["PLACEMENT_BIN"]
COMPILER = os.environ["PLACEMENT_CXX"]
FLAT = Path(os.environ["PLACEMENT_FLAT_HEADER"])
SANITIZED = bool(os.environ.get("PLACEMENT_SANITIZE"))
HEADER = ROOT / "include/placement/placement.h"
EXAMPLES = sorted((ROOT / "examples/assessments").glob("*.json"))


def run(*command, **options):
    return subprocess.run([str(c) for c in command], check=True, capture_output=True, **options).stdout.decode()


def functions_of(text):
    """Names of the functions that C text declares."""
    return sorted(re.findall(r"\b(placement_\w+)\s*\(", re.sub(r"/\*.*?\*/|^#.*?$", "", text, flags=re.S | re.M)))


class Exports(unittest.TestCase):
    def test_header_map_and_library_name_the_same_functions(self):
        declared = functions_of(HEADER.read_text())
        self.assertEqual(len(declared), len(set(declared)))
        self.assertGreater(len(declared), 50)
        listed = re.findall(r"^    (placement_\w+);$", (ROOT / "src/capi/placement.map").read_text(), flags=re.M)
        self.assertEqual(listed, declared, "src/capi/placement.map")
        symbols = [line.split() for line in run("nm", "-D", "--defined-only", LIBRARY).splitlines()]
        exported = sorted(name.split("@")[0] for _, kind, name in symbols if kind != "A")  # A: the name of the node
        self.assertEqual(exported, declared)
        self.assertEqual({kind for _, kind, _ in symbols} - {"A"}, {"T"})

    def test_every_function_is_tried(self):
        tried = {f for path in (ROOT / "tests/capi").glob("arguments_*.c") for f in functions_of(path.read_text())}
        self.assertEqual(set(functions_of(HEADER.read_text())) - tried, set())

    def test_soname_is_the_abi_major(self):
        major = re.search(r"PLACEMENT_ABI_MAJOR = (\d+)", HEADER.read_text()).group(1)
        dynamic = run("readelf", "-dW", LIBRARY)
        self.assertIn(f"[libplacement.so.{major}]", dynamic)
        self.assertIn("NODELETE", dynamic)

    @unittest.skipIf(SANITIZED, "sanitizers bring libraries of their own")
    def test_needs_only_the_run_time(self):
        needed = set(re.findall(r"\(NEEDED\).*\[(.+?)\]", run("readelf", "-dW", LIBRARY)))
        allowed = r"lib(c|m|stdc\+\+|gcc_s|hwy)\.so\.\d+|ld-linux.*\.so\.\d+"
        self.assertEqual([n for n in needed if not re.fullmatch(allowed, n)], [])


class EngineOptions(ctypes.Structure):
    """placement_engine_options of the header."""
    _fields_ = [("struct_size", ctypes.c_uint32), ("reserved", ctypes.c_uint32), ("step_budget", ctypes.c_uint64),
                ("public_key", ctypes.c_char_p), ("public_key_length", ctypes.c_uint64),
                ("signature", ctypes.c_char_p), ("signature_length", ctypes.c_uint64)]


@unittest.skipIf(SANITIZED, "a Python without the sanitizers' run time cannot load it")
class Signed(unittest.TestCase):
    OK, UNTRUSTED = 0, 7

    def code(self, pack, key, signature):
        library = ctypes.CDLL(str(LIBRARY))
        library.placement_engine_release.argtypes = [ctypes.c_void_p]
        engine = ctypes.c_void_p()
        options = EngineOptions(ctypes.sizeof(EngineOptions), 0, 0, key, len(key), signature, len(signature))
        code = library.placement_engine_load(pack, ctypes.c_uint64(len(pack)), ctypes.byref(options), ctypes.byref(engine),
                                             None)
        self.assertEqual(code == self.OK, bool(engine))
        library.placement_engine_release(engine)
        return code

    def test_takes_the_pack_that_was_signed_and_no_other(self):
        with tempfile.TemporaryDirectory() as folder:
            private, other = Path(folder, "private.pem"), Path(folder, "other.pem")
            keys = []
            for file in (private, other):
                run("openssl", "genpkey", "-algorithm", "ed25519", "-out", file)
                keys.append(run("openssl", "pkey", "-in", file, "-pubout").encode())
            signature = run(PROGRAM, "sign", ROOT / "rules/opioid.json", "--key", private, "-o", "-").encode()
        pack = (ROOT / "rules/opioid.json").read_bytes()
        self.assertEqual(self.code(pack, keys[0], signature), self.OK)
        self.assertEqual(self.code(pack, keys[1], signature), self.UNTRUSTED)
        self.assertEqual(self.code(pack.replace(b'"reassess_days": 30', b'"reassess_days": 31'), keys[0], signature),
                         self.UNTRUSTED)
        altered = bytearray(signature)
        altered[-6] = ord("1") if altered[-6] == ord("0") else ord("0")
        self.assertEqual(self.code(pack, keys[0], bytes(altered)), self.UNTRUSTED)


class Header(unittest.TestCase):
    WARNINGS = ["-Wall", "-Wextra", "-pedantic", "-pedantic-errors", "-Wconversion", "-Werror", "-fsyntax-only"]

    def compiles(self, text, *flags):
        command = [COMPILER, *flags, *self.WARNINGS, f"-I{ROOT / 'include'}", "-"]
        done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, ""), flags)

    def test_compiles_as_c_and_as_cpp(self):
        use = '#include "placement/placement.h"\n#include "placement/placement.h"\n'
        use += "placement_engine_options options = PLACEMENT_ENGINE_OPTIONS_INIT;\n"
        for standard in ("c99", "c11", "c17"):
            self.compiles(use, "-x", "c", f"-std={standard}")
        for standard in ("c++11", "c++20"):
            self.compiles(use, "-x", "c++", f"-std={standard}")

    def test_takes_and_gives_plain_types_only(self):
        text = re.sub(r"/\*.*?\*/", "", FLAT.read_text(), flags=re.S)
        prototypes = re.findall(r"([\w\s*]+?)\b(placement_\w+)\s*\(([^)]*)\)\s*;", text)
        self.assertEqual(sorted(name for _, name, _ in prototypes), functions_of(HEADER.read_text()))
        plain = re.compile(
            r"(const )?(void|char|int32_t|uint64_t|placement_\w+) ?\*{0,2}|(const )?struct Arrow\w+ ?\*|int32_t|uint64_t|void",
            re.ASCII)
        for returned, name, parameters in prototypes:
            parts = [returned] + ([] if parameters.strip() == "void" else parameters.split(","))
            for number, part in enumerate(parts):
                kind = " ".join(part.split())
                if number > 0:
                    kind = re.sub(r"\w+$", "", kind).strip()
                self.assertRegex(kind, plain, name)
                self.assertFalse(re.fullmatch(r"(const )?placement_\w+", kind), f"{name} passes a structure by value")

    def test_flat_header_has_no_directives(self):
        text = FLAT.read_text()
        self.assertNotIn("#", text)
        self.assertNotIn("extern", text)
        self.compiles("#include <stdint.h>\n" + text, "-x", "c", "-std=c99")


def answers(*files, environment=None):
    """What `readings` says of each file: the JSON text, and the lines of the typed result by key."""
    out = run(READINGS, *files, env={**os.environ, **(environment or {})})
    said = []
    for file in files:
        name, _, out = out.partition("\t")
        length, _, out = out.partition("\n")
        assert name == str(file), name
        data = out.encode()
        text, out = data[: int(length)].decode(), data[int(length):].decode()
        typed = {}
        following = out.find(f"\n{ROOT}/")
        lines = out if following < 0 else out[: following + 1]
        out = "" if following < 0 else out[following + 1:]
        for line in lines.splitlines():
            key, _, value = line.partition("\t")
            typed.setdefault(key, []).append(value.strip())
        said.append((text, typed))
    return said


class Answers(unittest.TestCase):
    maxDiff = None

    def test_are_those_of_the_command_line(self):
        self.assertTrue(EXAMPLES)
        for file, (text, typed) in zip(EXAMPLES, answers(*EXAMPLES)):
            with self.subTest(file.name):
                self.assertEqual(text, run(PROGRAM, "recommend", file, "--format", "json"))
                self.check_typed(json.loads(text), typed)

    def check_typed(self, wanted, typed):
        def one(key):
            self.assertEqual(len(typed[key]), 1, key)
            return typed[key][0]

        def or_dash(value):
            return "-" if value is None else value

        def level_of(part):
            return "-" if part is None else or_dash(part["level"])

        self.assertEqual(one("status"), wanted["status"])
        self.assertEqual(one("settled"), str(int(wanted["settled"])))
        self.assertEqual(one("level"), or_dash(wanted["indicated"]))
        for key in ("policy", "feasible", "placed"):
            self.assertEqual(one(key), level_of(wanted[key]))
        self.assertEqual(one("disposition"), wanted["disposition"])
        self.assertEqual(one("next_question"), or_dash(wanted["next_question"] and wanted["next_question"]["field"]))
        self.assertEqual(one("pack").split(), [wanted["pack"][k] for k in ("id", "version", "digest")])
        for key, other in (("possible", "possible"), ("determining", "determining_rules"), ("must_know", "must_know"),
                           ("disposition_rules", "disposition_rules"), ("missing", "missing")):
            self.assertEqual(one(key).split(), wanted[other], key)
        for key in ("reason", "conflict"):
            self.assertEqual(one(key).split(), [a["field"] for a in wanted[key]], key)
        self.assertEqual(
            [line.split() for line in typed["rule"]],
            [[r["id"], r["state"], str(int(r["determining"]) + int(r["jointly"])), *r["waits_for"]]
             for r in wanted["rules"]])
        for key, other in (("service", "services"), ("capability", "capabilities")):
            self.assertEqual([line.split() for line in typed[key]],
                             [[c["id"], c["state"], *c["waits_for"]] for c in wanted[other]], key)
        self.assertEqual([line.split() for line in typed.get("walk", [])],
                         [[w["level"], "|", "|", *w["insufficient"], "|", "|"] for w in wanted["walk"]])
        self.assertEqual(
            [line.split() for line in typed.get("path", [])],
            [[p["level"], "|", *p["possible"], "|", *(c["rule"] for c in p["criteria"]), "|", *p["services"], "|",
              *p["capabilities"], "|", or_dash(p["settled_by"]), str(int(p["need_remains"])), str(p["reassess_days"])]
             for p in wanted["pathway"]])
        states = {"yes": "holds"}
        self.assertEqual(
            [line.split() for line in typed["alert"]],
            [[a["id"], a["urgency"], states.get(a["state"], a["state"]), str(int(a["handled"] is not None))]
             for a in wanted["alerts"]])
        self.assertEqual(typed["action"], [a["action"] for a in wanted["alerts"]])
        self.assertEqual(typed["because"], [a["because"] for a in wanted["alerts"]])


class Environment(unittest.TestCase):
    # A configuration that switches the default provider off, asks for another that is not there and forbids every
    # digest that is not FIPS approved; a fault in it is fatal.
    HOSTILE = """openssl_conf = hostile
config_diagnostics = 1
[hostile]
providers = providers
alg_section = algorithms
[providers]
default = off
evil = evil
[off]
activate = 0
[evil]
module = /nowhere/evil.so
activate = 1
[algorithms]
default_properties = fips=yes
"""

    def test_openssl_conf_does_not_reach_the_digest(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "openssl.cnf"
            file.write_text(self.HOSTILE)
            hostile = {"OPENSSL_CONF": str(file), "OPENSSL_MODULES": folder}
            if shutil.which("openssl"):  # the configuration is as hostile as it means to be
                done = subprocess.run(["openssl", "dgst", "-sha256"], input=b"", capture_output=True, check=False,
                                      env={**os.environ, **hostile})
                self.assertNotEqual(done.returncode, 0)
            self.assertEqual(answers(EXAMPLES[0], environment=hostile), answers(EXAMPLES[0]))
            self.assertEqual(run(PROGRAM, "version", env={**os.environ, **hostile}), run(PROGRAM, "version"))

    def test_openssl_conf_is_not_opened(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "openssl.cnf"
            os.mkfifo(file)  # nobody writes: who opens it waits until the time is over
            subprocess.run([READINGS, EXAMPLES[0]], check=True, capture_output=True, timeout=120,
                           env={**os.environ, "OPENSSL_CONF": str(file)})

    def test_locale_and_time_zone_change_nothing(self):
        elsewhere = {"LC_ALL": "tr_TR.UTF-8", "LANG": "de_DE.UTF-8", "TZ": "Pacific/Apia"}
        self.assertEqual(answers(*EXAMPLES, environment=elsewhere), answers(*EXAMPLES))


if __name__ == "__main__":
    unittest.main()
