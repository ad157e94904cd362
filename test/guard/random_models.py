"""Compiles random networks and runs each with guard pages around every buffer.

GuardedRun.cpp and the runtime's sources are compiled with AddressSanitizer and
UndefinedBehaviorSanitizer; the kernels' accesses are caught by the pages.
"""

import argparse
import json
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "random"))
import random_specs  # noqa: E402


def run(*command):
    result = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False)
    if result.returncode:
        print(" ".join(map(str, command)))
        print(result.stdout, result.stderr, sep="\n")
        sys.exit(1)
    return result.stdout


def sanitized_runtime(arguments):
    """The runtime's objects, instrumented."""
    objects = []
    for source in sorted((arguments.source / "runtime/src").glob("*.cpp")):
        objects.append(arguments.folder / (source.stem + ".o"))
        run(*arguments.compile, "-c", source, "-o", objects[-1])
    return objects


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", type=pathlib.Path, required=True)
    parser.add_argument("--folder", type=pathlib.Path, required=True)
    parser.add_argument("--target", required=True)
    parser.add_argument("--first", type=int, default=5000)
    parser.add_argument("--count", type=int, default=3)
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    arguments.compile = ["clang++-22", "-std=c++17", "-O1", "-g", "-fsanitize=address,undefined",
                         "-fno-sanitize-recover=all", "-I", arguments.source / "runtime/include"]
    runtime = sanitized_runtime(arguments)
    for seed in range(arguments.first, arguments.first + arguments.count):
        name = f"random_{seed}"
        spec = arguments.folder / f"{name}.json"
        spec.write_text(json.dumps(random_specs.random_spec(seed)))
        library = arguments.folder / name
        run("mobileonec", "compile", spec, "--random-weights", seed, "--target", arguments.target,
            "-o", library)
        program = arguments.folder / f"{name}.run"
        run(*arguments.compile, f"-DMODEL={name}", f'-DMODEL_HEADER="{name}.h"', "-I", library,
            arguments.source / "test/guard/GuardedRun.cpp", *runtime, library / f"lib{name}.a",
            "-lm", "-pthread", "-o", program)
        print(name, run("env", "ASAN_OPTIONS=handle_segv=0", program), sep="\n", end="")


if __name__ == "__main__":
    main()
