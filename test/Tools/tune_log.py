"""Counts the results in a log of tuning: tune_log.py LOG WORD

WORD is a parameter, e.g. "unroll=2". Prints one line for each result of
candidates with it and without it, those of the comparison at the end included:
a slow machine gets no further than the first round.
"""

import collections
import json
import sys


def main():
    log, word = sys.argv[1:]
    name, value = word.split("=")
    counts = collections.Counter()
    with open(log, encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            entry = json.loads(line)
            side = "with" if entry["parameters"].get(name) == int(value) else "without"
            counts[side, entry["result"]] += 1
    for (side, result), count in sorted(counts.items()):
        print(f"{side}: {result} {count}")


if __name__ == "__main__":
    main()
