"""Interrupts `mobileonec tune` when it has measured something.

usage: interrupt_tune.py FOLDER COMMAND...
"""

import pathlib
import signal
import subprocess
import sys
import time


def main():
    folder, command = pathlib.Path(sys.argv[1]), sys.argv[2:]
    log = folder / "r.log.jsonl"
    # Background jobs of a shell ignore SIGINT, and children would inherit that.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    process = subprocess.Popen(command + ["-o", str(folder / "r.json")], stderr=subprocess.PIPE,
                               start_new_session=True)
    while not log.exists() or log.read_bytes().count(b"\n") < 2:
        assert process.poll() is None, "it ended by itself"
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=120)
    print(errors.decode(), end="")
    print("exit code", process.returncode)
    print("crashed" if b"crashed" in log.read_bytes() else "nothing failed")


if __name__ == "__main__":
    main()
