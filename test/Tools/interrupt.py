"""Interrupts `mobileonec` at various times and looks at what is left.

The whole process group gets the signal, as from a terminal.
"""

import os
import pathlib
import signal
import subprocess
import sys
import time

LATE = 120


def interrupt(command, folder, delay, number):
    """Returns the exit code. The delay begins with the first line of progress."""
    environment = dict(os.environ, TMPDIR=str(folder / "tmp"))
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                               env=environment, start_new_session=True)
    process.stderr.readline()
    time.sleep(delay)
    if process.poll() is None:
        os.killpg(process.pid, number)
    process.communicate(timeout=LATE)
    return process.returncode


def left(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def main():
    folder = pathlib.Path(sys.argv[1])
    # Background jobs of a shell ignore SIGINT, and children would inherit that.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    (folder / "tmp").mkdir()
    compile_s4 = ["mobileonec", "compile", "mobileone_s4", "--random-weights", "1", "--target",
                  "x86-64,x86-64-v3,x86-64-v4", "-o", str(folder / "out")]
    verify_s4 = ["mobileonec", "verify", "mobileone_s4", "--random-weights", "1", "--target",
                 "x86-64"]
    problems = []
    for command in compile_s4, verify_s4:
        for delay, number in (0, signal.SIGINT), (0.1, signal.SIGTERM), (0.4, signal.SIGINT):
            code = interrupt(command, folder, delay, number)
            if code != 8:
                problems.append(f"{command[1]} after {delay} s: exit code {code}")
            if left(folder) != ["tmp"]:
                problems.append(f"{command[1]} after {delay} s left {left(folder)}")
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
