"""Checks names and licence lines of the project's files."""

import pathlib
import re
import subprocess
import sys

VAGUE = re.compile(
    r"(?:^|[_./-])(?:utils?|misc|common|helpers?)(?:[_./-]|$)"
    r"|(?:Utils?|Misc|Common|Helpers?)(?:[A-Z_./-]|$)")
LICENCE = "SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception"


def main(root):
    listed = subprocess.run(["git", "ls-files"], cwd=root, check=True, capture_output=True, text=True)
    problems = []
    for name in listed.stdout.splitlines():
        path = root / name
        if VAGUE.search(name):
            problems.append(f"{name}: the name states no job")
        if path.suffix in (".h", ".hpp", ".cpp", ".c", ".td") and LICENCE not in path.read_text():
            problems.append(f"{name}: no licence line")
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
