"""Checks libmobileone_runtime.a: the size of its code, its sections and symbols.

Usage: check_archive.py ARCHIVE RUNTIME_FOLDER. Allowed undefined symbols are
those of the table in the folder's README.md, expected ones the functions that
the headers declare. Prints one line per violation.
"""

import pathlib
import re
import subprocess
import sys

MOST_CODE = 64 * 1024


def output_of(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def code_bytes(archive):
    """The sum of the text column of `size`, constants and unwind tables included."""
    rows = output_of("size", archive).splitlines()[1:]
    return sum(int(row.split()[0]) for row in rows)


def symbols(archive):
    """(letter, mangled, readable) of every symbol that is not local."""
    mangled = output_of("nm", "--extern-only", "--no-sort", archive).splitlines()
    readable = output_of("nm", "--extern-only", "--no-sort", "-C", archive).splitlines()
    for raw, text in zip(mangled, readable):
        match = re.match(r"^[0-9a-f]* *([A-Za-z]) (\S+)$", raw)
        if match:
            yield match.group(1), match.group(2), text[text.index(f" {match.group(1)} ") + 3:]


def allowed_undefined(runtime):
    table = (runtime / "README.md").read_text().split("## What it needs from the system")[1]
    rows = [line for line in table.splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`([^`]+)`", row.split("|")[1])}


def declared_functions(runtime):
    header = (runtime / "include/mobileone/runtime.h").read_text()
    return set(re.findall(r"^[\w *]*\b(mobileone_\w+)\((?!\*)", header, re.MULTILINE))


def main(archive, runtime):
    problems = []
    size = code_bytes(archive)
    if size > MOST_CODE:
        problems.append(f"{size} bytes of code, more than {MOST_CODE}")
    for section in sorted(set(re.findall(r"\.(?:init_array|ctors)\b", output_of("objdump", "-h", archive)))):
        problems.append(f"section {section}")

    found = list(symbols(archive))
    defined = {name for letter, name, _ in found if letter != "U"}
    for name in sorted({name for letter, name, _ in found if letter == "U"} - defined):
        if name not in allowed_undefined(runtime):
            problems.append(f"undefined symbol {name} is not in the README")
    for letter, name, readable in found:
        if letter != "U" and name not in declared_functions(runtime):
            if not readable.startswith("mobileone::runtime::"):
                problems.append(f"defines {readable}")
    for name in sorted(declared_functions(runtime) - defined):
        problems.append(f"does not define {name}")
    print("\n".join(problems) or f"{size} bytes of code")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], pathlib.Path(sys.argv[2])))
