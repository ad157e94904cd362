"""Estimates how long our networks take on a core: `estimate.sh --help`."""

import datetime
import json
import sys

from peers import ours, prepare
from peers.arguments import command_line
from peers.compare import write
from peers.estimate_arguments import build_parser
from peers.progress import Progress
from report import estimates


def estimate(model, folder, precision, settings):
    """What `bench --estimate` says about the network."""
    library = folder / f"library-{settings.target}-{precision}"
    compiler = settings.build / "bin/mobileonec"
    ours.run(compiler, "compile", model, "--weights", folder / "fused.safetensors",
             "--target", settings.target, "--precision", precision, "-o", library)
    return json.loads(ours.run(compiler, "bench", library, "--estimate", settings.core, "--json"))


def main():
    settings = build_parser().parse_args()
    settings.build = settings.build.resolve()
    run = {"format": estimates.FORMAT, "date": datetime.date.today().isoformat(),
           "command": command_line(sys.argv[1:], "benchmarks/estimate.sh"), "results": []}
    progress = Progress(len(settings.models) * len(settings.precisions))
    for model in settings.models:
        _, folder = prepare.write_network(model, settings.build)
        for precision in settings.precisions:
            progress.begin(f"{model}, {precision}")
            report = estimate(model, folder, precision, settings)
            run["results"].append({"precision": precision, **estimates.of_report(report)})
            progress.advance(1)
    progress.close()
    if settings.json and settings.update and settings.json.exists():
        run["results"] = estimates.updated(estimates.load(settings.json), run)
    if settings.json:
        write(settings.json, json.dumps(run, indent=1) + "\n")
    print(f"{estimates.caption(run)}\n\n{estimates.table(run)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
