"""Gives mobileone-measure hand-written models: measure.py SOURCE INCLUDE FOLDER

The base is the model of SOURCE; the variants differ in what sums pixels do, which
is step 2. Prints what the program answers, a line per case.
"""

import pathlib
import struct
import subprocess
import sys

HEIGHT, WIDTH, CHANNELS, CLASSES = 6, 5, 4, 4
PIXEL = "sum += *at(map, c, x, y);"
VARIANTS = {
    "same": PIXEL,
    "wrong": PIXEL + " sum += 1;",
    "crash": "__builtin_trap();",
    "hang": "for (;;) __asm__ volatile(\"\");",
    "error": "return 5;",
}


def floats(count, value=0.0):
    return struct.pack(f"{count}f", *[value] * count)


WEIGHTS = struct.pack("20f", *range(1, 21))
INPUTS = floats(HEIGHT * WIDTH * 3)
OUTPUTS = floats(HEIGHT * WIDTH * CHANNELS + CLASSES)


def compile_object(source, include, folder, symbol, text, rows):
    file = folder / f"{symbol}.c"
    file.write_text(source.read_text().replace(PIXEL, text))
    command = ["cc", "-O1", "-fPIC", "-c", file, "-o", file.with_suffix(".o"), f"-I{include}",
               f"-I{source.parent}", f"-DMODEL={symbol}", f"-DHEIGHT={HEIGHT}",
               f"-DTILE_ROWS={rows}", "-DWEIGHT_FACTOR=1", "-DBATCH=1"]
    subprocess.run(command, check=True)
    return file.with_suffix(".o")


def build(source, include, folder, variant):
    objects = [compile_object(source, include, folder, "mobileone_measure_base", PIXEL, 2),
               compile_object(source, include, folder, "mobileone_measure_variant",
                              VARIANTS[variant], 3)]
    library = folder / f"{variant}.so"
    subprocess.run(["cc", "-shared", *objects, "-o", library], check=True)
    return library.read_bytes()


def request(library, weights=WEIGHTS, inputs=INPUTS, expected=OUTPUTS, threads=1):
    header = (f"mobileone-measure 1\nthreads {threads}\npairs 5\nseconds 1\nlimit 1\n"
              f"library {len(library)}\nweights {len(weights)}\ninputs {len(inputs)}\n"
              f"expected {len(expected)}\nnote for people\n\n")
    return header.encode() + library + weights + inputs + expected


def measure(name, data):
    result = subprocess.run(["mobileone-measure"], input=data, stdout=subprocess.PIPE, check=False)
    lines = result.stdout.decode().splitlines()
    if lines and lines[-1] == "done":
        answer = " ".join(line.split()[0] for line in lines[1:])
    else:
        answer = " / ".join(lines[1:])
    print(f"{name}: {answer}; ended with {result.returncode}")


def main():
    source, include, folder = (pathlib.Path(argument) for argument in sys.argv[1:])
    libraries = {name: build(source, include, folder, name) for name in VARIANTS}
    for name, library in libraries.items():
        measure(name, request(library))
    same = libraries["same"]
    measure("two threads", request(same, threads=2))
    measure("nothing expected", request(same, expected=b""))
    measure("other expectation", request(same, expected=floats(len(OUTPUTS) // 4, 1.0)))
    measure("fewer expected", request(same, expected=OUTPUTS[:-4]))
    measure("no threads", request(same, threads=5000))
    measure("fewer weights", request(same, weights=WEIGHTS[:-4]))
    measure("fewer inputs", request(same, inputs=INPUTS[:-4]))
    measure("no library", request(b"\x7fELF"))
    measure("no model", request((folder / "none.so").read_bytes()))
    measure("cut off", request(same)[:-1])
    measure("cut header", b"mobileone-measure 1\nthreads 1\n")
    measure("no request", b"hello\n")


if __name__ == "__main__":
    main()
