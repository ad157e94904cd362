"""One network on the GPU, measured engine by engine in turns."""

import statistics

from peers.lineup import Lineup
from peers.worker import Worker, WorkerError

WARM_UP = 10
# Between logits of unit size: other orders of sums; roundings to half precision.
TOLERANCES = {"f32": 1e-3, "f16": 5e-2}


def microseconds(nanoseconds):
    return {"min": min(nanoseconds) / 1e3, "median": statistics.median(nanoseconds) / 1e3}


class Contest(Lineup):
    """The engines on one network in one batch and precision; `command_of(engine)` is
    what serves protocol.py."""

    def __init__(self, prepared, command_of, cores, settings, note):
        super().__init__(prepared, note)
        self.command_of, self.cores, self.settings = command_of, cores, settings
        self.events, self.walls = {}, {}

    def start(self, engine):
        log = self.prepared.folder / f"{engine}.log"
        try:
            # Engines tune themselves for minutes.
            self.workers[engine] = Worker(engine, self.command_of(engine), self.cores, log,
                                          limit=self.settings.limit)
        except WorkerError as error:
            self.drop(engine, error)

    def run(self, engine, count):
        """Two numbers for each run, events and wall."""
        answer = [int(word) for word in self.workers[engine].ask(f"run {count}").split()]
        if len(answer) != 2 * count:
            raise WorkerError(f"{engine} answered {len(answer)} numbers for {count} runs")
        return answer[::2], answer[1::2]

    def measure_round(self, engine):
        try:
            self.run(engine, WARM_UP)
            events, walls = self.run(engine, self.settings.runs)
        except WorkerError as error:
            return self.drop(engine, error)
        self.events.setdefault(engine, []).extend(events)
        self.walls.setdefault(engine, []).extend(walls)

    def measure(self):
        """The result's part of the JSON."""
        for engine in self.prepared.engines:
            self.start(engine)
        for number in range(self.settings.rounds):
            engines = list(self.workers)
            first = number % len(engines)
            for engine in engines[first:] + engines[:first]:
                self.measure_round(engine)
        self.check_agreement(TOLERANCES[self.prepared.precision])
        result = {
            "model": self.prepared.name, "batch": self.prepared.batch,
            "precision": self.prepared.precision, "launches": self.prepared.launches,
            "engines": {engine: {
                "events_us": microseconds(self.events[engine]),
                "wall_us": microseconds(self.walls[engine]),
                "runs": len(self.walls[engine]), "max_difference": self.differences[engine],
            } for engine in self.workers},
            "missing": self.missing,
        }
        for worker in self.workers.values():
            worker.close()
        return result
