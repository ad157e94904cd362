#!/usr/bin/env python3
"""Writes the README's tables from the measured JSON, between such lines:

    <!-- table latency benchmarks/results/FILE.json threads=1 -->
    <!-- table counts benchmarks/results/FILE.json -->
    <!-- table estimates benchmarks/results/FILE.json -->
    <!-- end of table -->

    python3 benchmarks/tables.py            writes README.md
    python3 benchmarks/tables.py --check    exit 1 where it would change

Tables: latency, cost (start-up, memory, size); counts (instructions on arm64); estimates
(times on a phone's core).
"""

import argparse
import json
import pathlib
import re
import sys

from report import counts, estimates, figures

ROOT = pathlib.Path(__file__).resolve().parents[1]
TABLES = {"latency": figures.latency_table, "cost": figures.cost_table}
# From files of other formats.
OTHERS = {"counts": counts, "estimates": estimates}
BLOCK = re.compile(r"(<!-- table (\w+) (\S+)(?: threads=(\d+))? -->\n).*?(<!-- end of table -->)",
                   re.DOTALL)


def table(kind, path, threads):
    if kind in OTHERS:
        report = OTHERS[kind]
        run = report.load(path)
        return f"{report.caption(run)}\n\n{report.table(run)}\n"
    if kind not in TABLES:
        raise ValueError(f"no table is called '{kind}'; there are {', '.join([*TABLES, *OTHERS])}")
    run = json.loads(path.read_text(encoding="utf-8"))
    figures.check(run)
    if not figures.results_of(run, threads):
        raise ValueError(f"{path.name} has no results for {figures.count(threads, 'thread')}")
    return f"{figures.caption(run, threads)}\n\n{TABLES[kind](run, threads)}\n"


def fill(text, root):
    """`text` with every table anew; paths are relative to `root`."""
    def replacement(block):
        begin, kind, path, threads, end = block.groups()
        return begin + table(kind, root / path, int(threads or 1)) + end
    return BLOCK.sub(replacement, text)


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing")
    parser.add_argument("--document", type=pathlib.Path, default=ROOT / "README.md")
    parser.add_argument("--root", type=pathlib.Path, default=ROOT, help=argparse.SUPPRESS)
    settings = parser.parse_args(arguments)
    old = settings.document.read_text(encoding="utf-8")
    if not BLOCK.search(old):
        print(f"{settings.document}: has no table", file=sys.stderr)
        return 1
    try:
        new = fill(old, settings.root)
    except (OSError, ValueError) as error:
        print(f"{settings.document}: {error}", file=sys.stderr)
        return 1
    if settings.check:
        if new != old:
            print(f"{settings.document}: its tables differ from the measured figures; "
                  "run benchmarks/tables.py", file=sys.stderr)
        return int(new != old)
    settings.document.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
