"""Runs mobileone-measure, but misbehaves with some candidates.

usage: fake_runner.py crash|hang|wrong|garble|none WORD PROGRAM

Candidates are those whose line in the request holds WORD, e.g. "unroll=2".
"""

import os
import signal
import subprocess
import sys
import time


def main():
    mode, word, program = sys.argv[1:]
    request = sys.stdin.buffer.read()
    header = request[:request.index(b"\n\n")].decode()
    chosen = [line.split() for line in header.splitlines()
              if line.startswith("note kernel") and word in line.split()]
    if chosen and mode == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif chosen and mode == "hang":
        time.sleep(1000)
    elif chosen and mode == "wrong":
        # "note kernel NAME steps 1,2 ..."
        print("mobileone-measure 1\nwrong", min(int(line[4].split(",")[0]) for line in chosen))
    elif chosen and mode == "garble":
        print("welcome")
    else:
        return subprocess.run([program], input=request, check=False).returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
