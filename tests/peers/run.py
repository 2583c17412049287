"""Runs the comparisons of this folder. Last line: `N passed, N failed, N skipped`. scripts/peers prepares them."""

import sys
import unittest
from pathlib import Path

FOLDER = Path(__file__).resolve().parent

if __name__ == "__main__":
    sys.dont_write_bytecode = True
    suite = unittest.defaultTestLoader.discover(str(FOLDER), pattern="*_test.py")
    result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2).run(suite)
    # A class that cannot be set up is a failure although none of its tests ran; a test of several packs may fail often.
    failed = len({str(test).split(" (pack=")[0] for test, _ in result.failures + result.errors})
    if result.testsRun == 0:
        failed += 1
    print(f"{max(0, result.testsRun - failed - len(result.skipped))} passed, {failed} failed, "
          f"{len(result.skipped)} skipped")
    sys.exit(failed != 0)
