"""Kills `mobileonec tune` at random moments and starts it again.

usage: kill_tune.py FOLDER KILLS COMMAND...

The first call is killed when it has measured something, the others after up to
one and a half times as long, whatever the speed of the machine. After each kill
the records are well-formed, and what the log held is still there when the next
call has begun to write. The last call ends by itself.
"""

import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import time


def whole_lines(path):
    """Without the last one, if it was cut off."""
    text = path.read_bytes() if path.exists() else b""
    return text[:text.rfind(b"\n") + 1]


def check(folder, before):
    records, log = folder / "r.json", folder / "r.log.jsonl"
    if records.exists():
        json.loads(records.read_text())
    after = whole_lines(log)
    assert after.startswith(before), "a finished measurement is lost"
    for line in after.splitlines():
        json.loads(line)
    return after


def measured_in(lines):
    """The first line describes the log."""
    return max(lines.count(b"\n") - 1, 0)


def wait_for_measurement(process, log):
    """Returns how long it took, in seconds."""
    start = time.monotonic()
    while process.poll() is None and not measured_in(whole_lines(log)):
        time.sleep(0.05)
    return time.monotonic() - start


def main():
    folder, kills, command = pathlib.Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    command += ["-o", str(folder / "r.json"), "--json"]
    generator = random.Random(1)
    lines, first = b"", None
    for _ in range(kills):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   start_new_session=True)
        if first is None:
            first = wait_for_measurement(process, folder / "r.log.jsonl")
        else:
            time.sleep(generator.uniform(0.1, 1.5 * first))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        lines = check(folder, lines)
    measured = measured_in(lines)
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    assert json.loads(result.stdout)["measurements_resumed"] == measured
    check(folder, lines)
    print("measured before the last call:", measured)


if __name__ == "__main__":
    main()
