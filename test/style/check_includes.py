"""Checks that every folder includes only what it may.

The compiler's folders form a chain: a folder may include itself and those to
its left. Some may be included by all of the compiler. schedules/ includes Halide
and itself, runtime/ its own public headers. Prints one line per violation.
"""

import pathlib
import re
import sys

CHAIN = ["Spec", "Weights", "Frontend", "Transforms", "Planning", "Codegen", "Pipelines", "Estimate", "Tuning", "Tools"]
FOR_ALL = {"Dialect", "Support", "Target"}
# Folders outside of the chain, and what they may include.
ASIDE = {
    "Support": {"Support"},
    "Target": {"Target", "Support"},
    "Dialect": {"Dialect", "Support"},
    "Reference": {"Reference", "Dialect", "Support", "Spec", "Weights"},
}
# The compiler sees the schedules through these headers, code generation also
# through the one that includes Halide.
SHARED = {"schedules/KernelRequest.h", "schedules/Schedule.h"}
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^">]+)[">]')


def allowed_in_compiler(folder):
    if folder in ASIDE:
        return ASIDE[folder]
    position = CHAIN.index(folder)
    allowed = set(CHAIN[:position + 1]) | FOR_ALL
    return allowed | {"Reference"} if folder == "Tools" else allowed


def compiler_violation(folder, include):
    parts = include.split("/")
    if parts[0] == "compiler":
        return parts[1] not in allowed_in_compiler(folder)
    if parts[0] == "schedules":
        return include not in SHARED and folder not in ("Codegen", "Planning")
    if include == "Halide.h":
        return folder != "Codegen"
    if parts[0] == "runtime":
        return not include.startswith("runtime/include/")
    return False


def violation(path, include):
    top = path.parts[0]
    if top == "compiler":
        return compiler_violation(path.parts[1], include)
    project = include.split("/")[0] in ("compiler", "schedules", "runtime", "test")
    if top == "schedules":
        return (project and not include.startswith("schedules/")) or include.startswith(
            ("mlir/", "llvm/"))
    if top == "runtime":
        return project or include.startswith(("mlir/", "llvm/", "Halide"))
    return False


def main(root):
    found = 0
    for top in ("compiler", "schedules", "runtime"):
        for path in sorted((root / top).rglob("*")):
            if path.suffix not in (".h", ".hpp", ".cpp", ".c"):
                continue
            relative = path.relative_to(root)
            for number, line in enumerate(path.read_text().splitlines(), start=1):
                match = INCLUDE.match(line)
                if match and violation(relative, match.group(1)):
                    print(f"{relative}:{number}: may not include {match.group(1)}")
                    found += 1
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
