"""Reads names of undefined symbols, one a line, with Apple's underscore; fails for those
that the table "What a model needs" of the runtime's README (the argument) lacks."""

import pathlib
import re
import sys


def main():
    readme = pathlib.Path(sys.argv[1]).read_text()
    section = readme.split("## What a model needs")[1].split("\n## ")[0]
    allowed = set(re.findall(r"`(\w+)`", section))
    found = {line.strip().removeprefix("_") for line in sys.stdin if line.strip()}
    extra = {name for name in found if not name.endswith(":")} - allowed
    print("not in the README:", *sorted(extra))
    return 1 if extra or not allowed else 0


if __name__ == "__main__":
    sys.exit(main())
