"""Verifies the golden networks against tensors from an independent implementation.

Each weight file of each case goes through `mobileonec verify --expect`, once with
the schedules of every target, once with the generic ones, and once in half precision;
the first of each case also as the first of three images.
"""

import argparse
import json
import pathlib
import subprocess
import sys

import golden_spec


def runs_of(case, arguments):
    """Yields one command line per weight file and family of schedules."""
    spec = arguments.folder / f"{case.name}.json"
    spec.write_text(json.dumps(golden_spec.spec_of(case), indent=1))
    for index, weights in enumerate(sorted(case.glob("weights.*.safetensors"))):
        command = ["mobileonec", "verify", str(spec), "--weights", str(weights), "--target",
                   arguments.targets, "--expect", str(case / "io.safetensors"), "--no-progress"]
        if not arguments.only_generic:
            yield command
            yield command + ["--precision", "f16"]
            if index == 0 and not arguments.one_image:
                yield command + ["--batch", "3"]
                yield command + ["--batch", "3", "--precision", "f16"]
        if not arguments.only_family:
            yield command + ["--schedules", "generic"]


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=pathlib.Path, required=True)
    parser.add_argument("--case", action="append", help="only these; else all of the folder")
    parser.add_argument("--targets", required=True, help="as of mobileonec verify")
    parser.add_argument("--folder", type=pathlib.Path, required=True, help="for specs")
    parser.add_argument("--one-image", action="store_true", help="no batches")
    parser.add_argument("--only-family", action="store_true", help="not the generic schedules")
    parser.add_argument("--only-generic", action="store_true", help="only these")
    arguments = parser.parse_args()
    cases = sorted(path.parent for path in arguments.cases.glob("*/io.safetensors")
                   if not arguments.case or path.parent.name in arguments.case)
    wanted = len(arguments.case) if arguments.case else 3
    if len(cases) < wanted:
        print(f"{arguments.cases}: {len(cases)} cases where there must be {wanted}")
        return 1
    failures = 0
    for case in cases:
        for command in runs_of(case, arguments):
            result = subprocess.run(command, capture_output=True, text=True, check=False)
            agrees = result.returncode == 0 and "--expect" in result.stdout
            print("agrees" if agrees else "FAILS", *command[2:])
            if not agrees:
                failures += 1
                print(result.stdout + result.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
