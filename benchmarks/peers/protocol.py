"""The line protocol that every measured process speaks.

    stdin:  run COUNT        stdout: one line of COUNT times in nanoseconds
    stdin:  output FILE      stdout: "ok"; writes the last result as raw float32
    end of input ends the process

The first line on stdout is "ready"; it comes after loading and one inference.
`python -m peers.protocol ENGINE NETWORK.onnx INPUT THREADS` serves an engine.
"""

import importlib
import sys
import time

import numpy as np


def serve(run, result):
    """Answers requests with `run()`, which infers once, and `result()`."""
    run()
    print("ready", flush=True)
    for line in sys.stdin:
        verb, argument = line.split(maxsplit=1)
        if verb == "run":
            times = []
            for _ in range(int(argument)):
                start = time.perf_counter_ns()
                run()
                times.append(time.perf_counter_ns() - start)
            print(*times, flush=True)
        elif verb == "output":
            np.asarray(result(), dtype=np.float32).tofile(argument.strip())
            print("ok", flush=True)


def main():
    engine, network, image, threads = sys.argv[1:]
    module = importlib.import_module(f"peers.engine_{engine}")
    serve(*module.load(network, np.load(image), int(threads)))


if __name__ == "__main__":
    main()
