"""The engines that are measured on one network, and what becomes of those that fail."""

import numpy as np

from peers.engines import OURS
from peers.worker import WorkerError


class Lineup:
    """`workers` by engine, each a process that serves protocol.py; `missing` says why
    others are not among them, and `differences` how far logits are from ours."""

    def __init__(self, prepared, note):
        self.prepared, self.note = prepared, note
        self.workers, self.missing, self.differences = {}, {}, {}

    def drop(self, engine, error):
        """Ours must work; another engine is reported and left out."""
        if engine == OURS:
            raise RuntimeError(f"{OURS} failed on {self.prepared.name}: {error}")
        self.missing[engine] = str(error)
        self.note(f"{engine} on {self.prepared.name}: {error}")
        worker = self.workers.pop(engine, None)
        if worker:
            worker.close()

    def result_of(self, engine):
        path = self.prepared.folder / f"{engine}.f32"
        self.workers[engine].ask(f"output {path}")
        return np.fromfile(path, np.float32)

    def check_agreement(self, tolerance):
        """After many runs, so that an input that a run destroys shows up."""
        expected = self.result_of(OURS)
        for engine in list(self.workers):
            try:
                result = self.result_of(engine)
            except WorkerError as error:
                self.drop(engine, error)
                continue
            difference = float(np.abs(result - expected).max()) if (
                result.shape == expected.shape) else float("inf")
            if difference <= tolerance:
                self.differences[engine] = difference
            else:
                self.drop(engine, f"computes something else: logits differ by {difference:.3g}")
