"""Prints one closing line about a JUnit file: N passed, N failed, N skipped."""

import sys
import xml.etree.ElementTree as ElementTree


def main(path):
    cases = list(ElementTree.parse(path).iter("testcase"))
    failed = sum(case.find("failure") is not None for case in cases)
    skipped = sum(case.find("skipped") is not None for case in cases)
    passed = len(cases) - failed - skipped
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
