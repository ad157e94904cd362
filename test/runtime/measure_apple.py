"""Gives mobileone-measure for arm64 object files of Apple's format.

Usage: measure_apple.py OBJECT COMMAND...: the model `relocations` compiled from
Inputs/relocations.c, and what runs mobileone-measure. Prints what it answers to the
object and to damaged ones, a line per case.
"""

import pathlib
import resource
import struct
import subprocess
import sys

OPERAND = b"operand 0 1 2 32 8 1 1\n"


def answer(command, library, model="relocations", limit=resource.RLIM_INFINITY):
    """What the model computes, or what is said; `limit` bytes of addresses there are."""
    inputs = struct.pack("2f", 0.5, 0)
    header = (f"mobileone-measure 1\nthreads 1\nlimit 20\nlibrary {len(library)}\n"
              f"inputs {len(inputs)}\nmodel {model}\n\n")
    result = subprocess.run(command, input=header.encode() + library + inputs,
                            stdout=subprocess.PIPE, check=False,
                            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit,) * 2))
    text = result.stdout.removeprefix(b"mobileone-measure 1\n")
    if text.startswith(OPERAND) and text.endswith(b"\ndone\n"):
        return " ".join(f"{value:g}" for value in struct.unpack_from("8f", text, len(OPERAND)))
    return text.decode(errors="replace").strip()


def main():
    library, command = pathlib.Path(sys.argv[1]).read_bytes(), sys.argv[2:]
    print("values:", answer(command, library))
    print("other model:", answer(command, library, "nothing"))
    print("function:", answer(command, library.replace(b"_memcpy\0", b"_nothin\0")))
    print("machine:", answer(command, library[:4] + b"\7" + library[5:]))
    # The first section's size, behind the header, the segment and two names.
    size = 32 + 72 + 40
    print("size:", answer(command, library[:size + 7] + b"\x7f" + library[size + 8:]))
    print("memory:", answer(command, library[:size + 3] + b"\xf0" + library[size + 4:],
                            limit=3 << 30))
    for part in (20, 200, len(library) // 2):
        print(f"{part} bytes:".replace(str(len(library) // 2), "half the"),
              answer(command, library[:part]))


if __name__ == "__main__":
    main()
