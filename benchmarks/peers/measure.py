"""One network, measured engine by engine in turns."""

import statistics
import sys

from peers import installs, ours
from peers.engines import BENCHMARKS, ENGINES, OURS
from peers.lineup import Lineup
from peers.progress import measuring_seconds
from peers.worker import Worker, WorkerError

WARM_UP = 3
# The logits have unit size; engines differ in the order of their sums.
TOLERANCE = 1e-3


def command_of(engine, prepared, threads, settings):
    if engine == OURS:
        return [prepared.folder / "latency", prepared.folder / "input.f32", threads]
    return [installs.python_of(ENGINES[engine], settings.build), "-m", "peers.protocol", engine,
            prepared.folder, threads]


class Contest(Lineup):
    """The engines on one network with one number of threads."""

    def __init__(self, prepared, threads, cores, settings, progress):
        super().__init__(prepared, progress.note)
        self.threads, self.cores = threads, cores
        self.settings, self.progress = settings, progress
        self.engines = list(prepared.engines)
        self.missing.update(prepared.missing)
        self.starts = {engine: [] for engine in self.engines}
        self.times = {engine: [] for engine in self.engines}
        self.peaks = []

    def drop(self, engine, error):
        super().drop(engine, error)
        self.engines.remove(engine)

    def in_turns(self, round_number):
        first = round_number % len(self.engines)
        return self.engines[first:] + self.engines[:first]

    def start(self, engine):
        """A fresh process instead of the one before."""
        if engine in self.workers:
            self.workers.pop(engine).close()
        log = self.prepared.folder / f"{engine}.log"
        command = command_of(engine, self.prepared, self.threads, self.settings)
        try:
            self.workers[engine] = Worker(engine, command, self.cores, log)
        except WorkerError as error:
            self.drop(engine, error)
        else:
            self.starts[engine].append(self.workers[engine].facts)

    def measure(self):
        """Starts, rounds, agreement; the result's part of the JSON."""
        share = 1 / (self.settings.starts + self.settings.rounds)
        for number in range(self.settings.starts):
            for engine in self.in_turns(number):
                self.start(engine)
            self.progress.advance(self.estimate() * share)
        log = self.prepared.folder / "peak.log"
        peak = Worker("peak", [self.settings.build / "bin/mobileone-peak"], self.cores[:1], log)
        for number in range(self.settings.rounds):
            for engine in self.in_turns(number):
                self.measure_round(engine)
            self.peaks += [float(gflops) for gflops in peak.ask("run 5").split()]
            self.progress.advance(self.estimate() * share)
        peak.close()
        self.check_agreement(TOLERANCE)
        result = self.result()
        for worker in self.workers.values():
            worker.close()
        return result

    def estimate(self):
        return measuring_seconds(self.prepared.multiply_adds, self.threads,
                                 len(self.prepared.engines), self.settings)

    def measure_round(self, engine):
        try:
            self.workers[engine].run(WARM_UP)
            self.times[engine] += self.workers[engine].run(self.settings.runs)
        except WorkerError as error:
            self.drop(engine, error)

    def sizes(self, engine):
        if engine == OURS:
            return ours.sizes(self.prepared.name, self.prepared.folder, self.settings.build)
        known = ENGINES[engine]
        return (sum((self.prepared.folder / file).stat().st_size for file in known.files),
                self.workers[engine].library_bytes(known.packages))

    def figures(self, engine):
        starts, times = self.starts[engine], self.times[engine]
        model_bytes, library_bytes = self.sizes(engine)
        milliseconds = lambda key: min(start[key] for start in starts) / 1e6
        return {
            "min_ms": min(times), "median_ms": statistics.median(times), "runs": len(times),
            "import_ms": milliseconds("import_ns"), "load_ms": milliseconds("load_ns"),
            "first_run_ms": milliseconds("first_run_ns"),
            "start_up_ms": min(s["load_ns"] + s["first_run_ns"] for s in starts) / 1e6,
            "page_faults": min(start["page_faults"] for start in starts),
            "start_bytes": starts[-1]["start_bytes"],
            "imported_bytes": starts[-1]["imported_bytes"],
            "peak_bytes": self.workers[engine].peak_bytes(),
            "model_bytes": model_bytes, "library_bytes": library_bytes,
            "max_difference": self.differences[engine],
        }

    def result(self):
        return {
            "model": self.prepared.name, "threads": self.threads,
            "multiply_adds": self.prepared.multiply_adds,
            "peak_gflops": max(self.peaks) * self.threads,
            "engines": {engine: self.figures(engine) for engine in self.engines},
            "missing": self.missing,
            "program": ours.steps(self.prepared.name, self.prepared.folder, self.settings,
                                  self.threads, self.cores),
        }


def bandwidth(cores):
    """(L2, memory) in GB/s of one core; see bandwidth.py."""
    text = ours.run("taskset", "-c", str(cores[0]), sys.executable, "-m", "peers.bandwidth",
                    cwd=BENCHMARKS)
    return [float(part) for part in text.split()]
