"""Compares mobileonec with other engines on this machine: `run.sh --help`."""

import datetime
import json
import os
import pathlib
import platform
import sys

from peers import installs, measure, prepare, progress
from peers.arguments import build_parser, command_line
from peers.engines import ENGINES, OURS, title
from report import figures, page


def cpu_name():
    for line in pathlib.Path("/proc/cpuinfo").read_text("utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def install_engines(settings, missing):
    """The engines that are there; the others go into `missing`."""
    ready = []
    for name in settings.engines:
        print(f"== {title(name)} {ENGINES[name].version}", file=sys.stderr)
        reason = installs.install(ENGINES[name], settings.build)
        if reason:
            missing[name] = reason
            print(f"== {name}: {reason}", file=sys.stderr)
        else:
            ready.append(name)
    return ready


def describe_run(settings, cores, missing):
    """Everything in the JSON but the results."""
    return {
        "format": figures.FORMAT,
        "date": datetime.date.today().isoformat(),
        "machine": settings.machine or cpu_name(), "cpu": cpu_name(),
        "kernel": platform.release(), "cores": cores,
        "copy_gb_per_s": dict(zip(("l2", "memory"), measure.bandwidth(cores))),
        "command": command_line(sys.argv[1:]),
        "rounds": settings.rounds, "runs": settings.runs, "starts": settings.starts,
        "titles": {name: title(name) for name in [OURS] + settings.engines},
        "versions": {name: ENGINES[name].version for name in settings.engines},
        "missing": missing,
        "results": [],
    }


def expected_seconds(settings, engines):
    """Of the whole run, from the networks' well-known sizes."""
    sizes = {"mobileone_s0": 275e6, "mobileone_s1": 825e6, "mobileone_s2": 1299e6,
             "mobileone_s3": 1896e6, "mobileone_s4": 2978e6}
    return sum(progress.PREPARE
               + sum(progress.measuring_seconds(sizes[model], threads, engines, settings)
                     for threads in settings.threads) for model in settings.models)


def measure_all(settings, cores, engines, run):
    bar = progress.Progress(expected_seconds(settings, len(engines) + 1))
    try:
        for model in settings.models:
            bar.begin(f"{model}: converting and compiling")
            prepared = prepare.prepare(model, engines, settings)
            bar.advance(progress.PREPARE)
            for threads in settings.threads:
                bar.begin(f"{model}, {figures.count(threads, 'thread')}")
                contest = measure.Contest(prepared, threads, cores[-threads:], settings, bar)
                run["results"].append(contest.measure())
    finally:
        bar.close()


def write(path, text):
    """Whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(path.name + ".new")
    temporary.write_text(text, encoding="utf-8")
    os.replace(temporary, path)


def main():
    parser = build_parser()
    settings = parser.parse_args()
    settings.build = settings.build.resolve()
    cores = sorted(os.sched_getaffinity(0))[-max(settings.threads):]
    if len(cores) < max(settings.threads):
        parser.error(f"--threads {max(settings.threads)}: this process may use "
                     f"{figures.count(len(cores), 'core')}")
    missing = {}
    engines = install_engines(settings, missing)
    run = describe_run(settings, cores, missing)
    try:
        measure_all(settings, cores, engines, run)
    except KeyboardInterrupt:
        print("interrupted: nothing was written", file=sys.stderr)
        return 8
    if settings.json:
        write(settings.json, json.dumps(run, indent=1) + "\n")
    if settings.html:
        write(settings.html, page.render(run))
    print(figures.summary(run))
    return 1 if figures.complaints(run) else 0


if __name__ == "__main__":
    sys.exit(main())
