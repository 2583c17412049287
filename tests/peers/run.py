"""Runs the comparisons of this folder. Last line: `N passed, N failed, N skipped`. scripts/peers prepares them."""

import sys
import unittest
from pathlib import Path

FOLDER = Path(__file__).resolve().parent

if __name__ == "__main__":
    sys.dont_write_bytecode = True
    suite = unittest.defaultTestLoader.discover(str(FOLDER), pattern="*_test.py")
    result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2).run(suite)
    # A test of several packs may fail often; a class that cannot be set up is a failure although no test of it ran.
    failed = {str(test).split(" (pack=")[0] for test, _ in result.failures + result.errors}
    not_run = [test for test, _ in result.errors if isinstance(test, unittest.suite._ErrorHolder)]
    failures = len(failed) + (result.testsRun == 0 and not failed)
    passed = max(0, result.testsRun - len(failed) + len(not_run) - len(result.skipped))
    print(f"{passed} passed, {failures} failed, {len(result.skipped)} skipped")
    sys.exit(failures != 0)
