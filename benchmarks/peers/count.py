"""Counts what engines execute on arm64: `arm64.sh --help`."""

import datetime
import json
import sys

from peers import arm64, description, installs, prepare
from peers.arguments import command_line
from peers.compare import write
from peers.count_arguments import build_parser
from peers.counted import count_ours, count_peer, judged
from peers.engines import ENGINES, OURS, title
from peers.progress import Progress
from peers.worker import WorkerError
from report import counts


class Counting:
    """Fills in a run's results, one network and precision after the other."""

    def __init__(self, settings, run, progress):
        self.settings, self.run, self.progress = settings, run, progress
        self.converted = {}
        self.earlier = counts.load(settings.keep) if settings.keep else None

    def prepared(self, engine, model, folder):
        """Why the engine cannot have the network, or None; asked once."""
        key = engine.name, model
        if key not in self.converted:
            self.converted[key] = prepare.convert(engine, folder, self.settings)
        return self.converted[key]

    def network(self, model, spec, folder, precision, expected):
        """Counts all engines; returns our logits. `expected` are those of f32,
        or None where these are them."""
        result = {"model": model, "precision": precision,
                  "multiply_adds": description.multiply_adds(spec), "engines": {}, "missing": {}}
        self.progress.begin(f"{model}, {precision}: {OURS}")
        figures, logits, version = count_ours(model, folder, precision, self.settings)
        self.run["versions"][OURS] = version
        expected = logits if expected is None else expected
        result["engines"][OURS] = judged(figures, logits, expected, precision)
        self.progress.advance(1)
        for name in self.settings.engines:
            self.progress.begin(f"{model}, {precision}: {name}")
            try:
                result["engines"][name] = self.peer(name, model, folder, precision, expected)
            except (WorkerError, ValueError) as error:
                result["missing"][name] = str(error)
                self.progress.note(f"{name}: {error}")
            self.progress.advance(1)
        self.run["results"].append(result)
        return expected

    def peer(self, name, model, folder, precision, expected):
        kept = self.earlier and counts.kept(self.earlier, self.run, model, precision, name)
        if kept:
            return kept
        reason = self.run["missing"].get(name) or self.prepared(ENGINES[name], model, folder)
        if reason:
            raise ValueError(reason)
        figures, logits = count_peer(ENGINES[name], folder, precision, self.settings)
        return judged(figures, logits, expected, precision)


def describe_run(settings):
    """Everything in the JSON but the results."""
    return {
        "format": counts.FORMAT, "date": datetime.date.today().isoformat(),
        "core": settings.core, "emulator": arm64.emulator_version(), "emulated_cpu": arm64.CPU,
        "command": command_line(sys.argv[1:], "benchmarks/arm64.sh"),
        "titles": {name: title(name) for name in [OURS] + settings.engines},
        "versions": {name: ENGINES[name].version for name in settings.engines},
        "missing": {}, "results": [],
    }


def install_all(settings, run):
    problem = arm64.make_root(settings.build)
    for name in settings.engines:
        reason = (problem or installs.install(ENGINES[name], settings.build)
                  or arm64.install(ENGINES[name], settings.build))
        if reason:
            run["missing"][name] = reason
            print(f"== {name}: {reason}", file=sys.stderr)


def count_all(settings, run):
    subjects = len(settings.models) * len(settings.precisions) * (1 + len(settings.engines))
    progress = Progress(subjects)
    counting = Counting(settings, run, progress)
    try:
        for model in settings.models:
            spec, folder = prepare.write_network(model, settings.build)
            expected = None
            for precision in settings.precisions:
                expected = counting.network(model, spec, folder, precision, expected)
    finally:
        progress.close()


def main():
    settings = build_parser().parse_args()
    settings.build = settings.build.resolve()
    run = describe_run(settings)
    install_all(settings, run)
    try:
        count_all(settings, run)
    except KeyboardInterrupt:
        print("interrupted: nothing was written", file=sys.stderr)
        return 8
    if settings.json:
        write(settings.json, json.dumps(run, indent=1) + "\n")
    print(counts.summary(run))
    return 1 if counts.complaints(run) else 0


if __name__ == "__main__":
    sys.exit(main())
