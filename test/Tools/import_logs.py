"""Writes logs of tuning, good and bad: import_logs.py SPEC TARGET FOLDER

They are about the first kernel of the network, whose parameters and values
`mobileonec tune --dry-run` prints.
"""

import hashlib
import json
import pathlib
import subprocess
import sys


def first_kernel(spec, target):
    command = ["mobileonec", "tune", spec, "--target", target, "--dry-run", "--json"]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return json.loads(output)["kernels"][0]


def candidates(kernel):
    """The standard choice with another value of one parameter, those that fit in
    any case: a smaller value."""
    standard = {each["name"]: each["default"] for each in kernel["parameters"]}
    for each in kernel["parameters"]:
        for value in each["values"]:
            if value < each["default"]:
                yield {**standard, each["name"]: value}


def measurement(of, parameters, time=100.0, **changes):
    line = {"workload": hashlib.sha256(of["workload"].encode()).hexdigest()[:16],
            "model": "tiny", "kernel": of["kernel"], "schedule": of["schedule"],
            "parameters": parameters, "result": "measured", "runs": 3,
            "microseconds": {"min": time, "median": time + 1},
            "default_microseconds": {"min": 100.0, "median": 101.0}, "elapsed": 1.0}
    return {**line, **changes}


def main(spec, target, folder):
    kernel = first_kernel(spec, target)
    version = 1
    header = {"log_version": 1, "parameters_version": version, "target": target,
              "threads": 1, "runner": "app", "device": "iPhone13,2"}
    lucky, best, wrong = list(candidates(kernel))[:3]
    untimed = {"result": "wrong", "message": "computes something else"}

    def write(name, lines, end=""):
        texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
        (pathlib.Path(folder) / name).write_text("\n".join(texts) + "\n" + end, encoding="utf-8")

    def measured(parameters, time=100.0, **changes):
        return measurement(kernel, parameters, time, **changes)

    unknown = measured(lucky, workload="0123456789abcdef", model="m", kernel="k")
    write("good.jsonl", [
        header, measured(lucky, 50.0), measured(best, 90.0), measured(wrong, 10.0),
        measured(lucky, 99.0), measured(wrong, **untimed), measured(wrong, **untimed),
        unknown, unknown,
        measured(lucky, schedule="arm64.old"), measured({"pixels": 1}),
        measured({**lucky, next(iter(lucky)): 12345})], '{"workload":"01')
    write("none-faster.jsonl", [header, measured(lucky, 99.9)])
    write("bad.jsonl", [header, "{", {"workload": "1"}, measured(lucky, result="splendid"),
                        measured(lucky, -1.0)])
    write("header.jsonl", [{"log_version": "1"}])
    write("versions.jsonl", [{**header, "log_version": 99, "parameters_version": 98,
                              "target": "toaster"}])
    write("others.jsonl", [header, unknown])


if __name__ == "__main__":
    main(*sys.argv[1:])
