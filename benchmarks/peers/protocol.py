"""The line protocol that every measured process speaks.

    stdin:  run COUNT        stdout: one line of COUNT times in nanoseconds
    stdin:  output FILE      stdout: "ok"; writes the last result as raw float32
    end of input ends the process

The first line on stdout is "ready" and a JSON object; it comes after loading and
one inference:

    import_ns, load_ns, first_run_ns   what each took; importing the engine counts
                                       apart, since a C++ app links it
    start_bytes, imported_bytes        resident memory before and after importing
    page_faults                        of loading and the first inference

`python -m peers.protocol ENGINE FOLDER THREADS` serves an engine; FOLDER holds
input.npy and the engine's files. `--precision f16` is for engines that know how;
`--cold` leaves the first inference to a request.
"""

import argparse
import importlib
import json
import os
import pathlib
import resource
import sys
import time

import numpy as np


def resident_bytes():
    pages = int(pathlib.Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def page_faults():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_minflt + usage.ru_majflt


def serve(run, result, requests, answers):
    """Answers requests with `run()`, which infers once, and `result()`."""
    for line in requests:
        verb, argument = line.split(maxsplit=1)
        if verb == "run":
            times = []
            for _ in range(int(argument)):
                start = time.perf_counter_ns()
                run()
                times.append(time.perf_counter_ns() - start)
            print(*times, file=answers, flush=True)
        elif verb == "output":
            np.asarray(result(), dtype=np.float32).tofile(argument.strip())
            print("ok", file=answers, flush=True)


def start(engine, folder, threads, cold=False, **options):
    """Loads and, unless `cold`, infers once; returns run, result and what it took.
    `options` are for the engine."""
    image = np.load(folder / "input.npy")
    facts = {"start_bytes": resident_bytes()}
    begin = time.perf_counter_ns()
    module = importlib.import_module(f"peers.engine_{engine}")
    imported, faults = time.perf_counter_ns(), page_faults()
    facts["imported_bytes"] = resident_bytes()
    loading = time.perf_counter_ns()
    run, result = module.load(folder, image, threads, **options)
    loaded = time.perf_counter_ns()
    if not cold:
        run()
    facts.update(import_ns=imported - begin, load_ns=loaded - loading,
                 first_run_ns=time.perf_counter_ns() - loaded, page_faults=page_faults() - faults)
    return run, result, facts


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("engine")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("threads", type=int)
    parser.add_argument("--precision", default=argparse.SUPPRESS)
    parser.add_argument("--cold", action="store_true")
    options = vars(parser.parse_args())
    # Engines print to stdout as they like; the answers go where it led.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    run, result, facts = start(**options)
    print("ready", json.dumps(facts), file=answers, flush=True)
    serve(run, result, sys.stdin, answers)


if __name__ == "__main__":
    main()
