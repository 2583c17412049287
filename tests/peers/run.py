"""Runs the comparisons of this folder, each file in a process of its own, as each waits for one engine. Last line:
`N passed, N failed, N skipped`. scripts/peers prepares them."""

import io
import sys
import unittest
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stdout
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


def run(name):
    """What the tests of one file print; how many passed, failed, were skipped."""
    with redirect_stdout(io.StringIO()) as printed:
        suite = unittest.defaultTestLoader.discover(str(FOLDER), pattern=name)
        result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2).run(suite)
    # A test of several packs may fail often; a class that cannot be set up is a failure although no test of it ran.
    failed = {str(test).split(" (pack=")[0] for test, _ in result.failures + result.errors}
    not_run = [test for test, _ in result.errors if isinstance(test, unittest.suite._ErrorHolder)]
    failures = len(failed) + (result.testsRun == 0 and not failed)
    passed = max(0, result.testsRun - len(failed) + len(not_run) - len(result.skipped))
    return printed.getvalue(), (passed, failures, len(result.skipped))


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    with ProcessPoolExecutor(2) as pool:
        counts = []
        for printed, counted in pool.map(run, sorted(path.name for path in FOLDER.glob("*_test.py"))):
            print(printed, flush=True)
            counts.append(counted)
    passed, failed, skipped = map(sum, zip((0, 0, 0), *counts))
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    sys.exit(failed != 0 or passed == 0)
