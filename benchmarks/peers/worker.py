"""The comparison's side of protocol.py: a measured process, pinned to cores."""

import json
import os
import pathlib
import subprocess
import threading

from peers.engines import BENCHMARKS
from peers.installs import last_line


class WorkerError(RuntimeError):
    """A process that did not answer, and the last thing it said."""


class Worker:
    """Starts `command` and waits until it has loaded and inferred once."""

    def __init__(self, name, command, cores, log, limit=300):
        self.name, self.log, self.limit = name, pathlib.Path(log), limit
        environment = dict(os.environ, PYTHONPATH=str(BENCHMARKS),
                           OMP_NUM_THREADS=str(len(cores)))
        pinned = ["taskset", "-c", ",".join(map(str, cores))] + [str(part) for part in command]
        with open(log, "w", encoding="utf-8") as errors:
            self.process = subprocess.Popen(pinned, env=environment, text=True, stderr=errors,
                                            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        word, _, facts = self._line().partition(" ")
        if word != "ready":
            self.close()
            raise WorkerError(f"{name} said {word!r} where 'ready' was due")
        self.facts = json.loads(facts) if facts else {}

    def _line(self):
        timer = threading.Timer(self.limit, self.process.kill)
        timer.start()
        line = self.process.stdout.readline()
        timer.cancel()
        if not line:
            self.close()
            raise WorkerError(last_line(self.log.read_text(encoding="utf-8", errors="replace"))
                              + f" (exit status {self.process.returncode})")
        return line.strip()

    def ask(self, request):
        try:
            self.process.stdin.write(request + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass  # Reading says why.
        return self._line()

    def run(self, count):
        """Milliseconds of `count` inferences."""
        return [int(time) / 1e6 for time in self.ask(f"run {count}").split()]

    def peak_bytes(self):
        """The most memory that the process has had resident."""
        return parse_peak(pathlib.Path(f"/proc/{self.process.pid}/status").read_text("ascii"))

    def library_bytes(self, packages):
        """The size of the loaded shared objects that belong to `packages`."""
        maps = pathlib.Path(f"/proc/{self.process.pid}/maps").read_text("utf-8")
        return sum(os.stat(path).st_size for path in parse_libraries(maps, packages))

    def close(self):
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        try:
            self.process.wait(timeout=self.limit)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()


def parse_peak(status):
    """VmHWM of /proc/PID/status, in bytes."""
    for line in status.splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise ValueError("no VmHWM")


def parse_libraries(maps, packages):
    """The distinct shared objects of /proc/PID/maps below site-packages/ whose
    first folder, or whose own name, starts with one of `packages`."""
    found = set()
    for line in maps.splitlines():
        path = line.split(maxsplit=5)[5] if line.count("/") else ""
        _, _, inside = path.partition("/site-packages/")
        name = inside.split("/")[0]
        if ".so" in path and any(name == p or name.startswith(p + ".") for p in packages):
            found.add(path)
    return sorted(found)
