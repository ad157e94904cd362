"""Prints what the innermost loops of arm64 assembly execute beside multiply-adds.

One line per loop of at least so many multiply-adds:

    KERNEL: 320 fmla of 362, 0 conversions, 0 on the stack, 0 copies
"""

import argparse
import collections
import pathlib
import re

LABEL = re.compile(r"^(\.?[A-Za-z_][\w.]*):")
INSTRUCTION = re.compile(r"^\t([a-z][\w.]*)(.*)")


def loops_of(lines):
    """Yields (function, instructions) of every innermost loop."""
    function, labels, begin = "", {}, 0
    code = []
    for line in lines:
        if label := LABEL.match(line):
            if not label[1].startswith("."):
                function, labels, begin = label[1], {}, len(code)
            labels[label[1]] = len(code)
            continue
        instruction = INSTRUCTION.match(line)
        if not instruction:
            continue
        code.append(instruction.groups())
        if not re.match(r"b\.|cb|tb", instruction[1]):
            continue
        target = instruction[2].split()[-1]
        if labels.get(target, -1) >= begin:
            yield function, code[labels[target]:]
            begin = len(code)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("assembly", type=pathlib.Path)
    parser.add_argument("--at-least", type=int, default=100, help="multiply-adds of a loop")
    arguments = parser.parse_args()
    for function, loop in loops_of(arguments.assembly.read_text().splitlines()):
        count = collections.Counter()
        for mnemonic, operands in loop:
            count["fmla"] += mnemonic == "fmla"
            count["conversions"] += mnemonic.startswith("fcvt")
            count["stack"] += "[sp" in operands
            count["copies"] += mnemonic == "mov" and operands.strip().startswith("v")
        if count["fmla"] >= arguments.at_least:
            print(f"{function}: {count['fmla']} fmla of {len(loop)}, "
                  f"{count['conversions']} conversions, {count['stack']} on the stack, "
                  f"{count['copies']} copies")


if __name__ == "__main__":
    main()
