"""The two sides of the line protocol, with programs that stand in for engines."""

import io
import os
import pathlib
import sys
import tempfile
import types
import unittest

import numpy as np

from peers import installs, protocol, worker

READY = "print('ready {\"load_ns\": 5}', flush=True); "
CORES = sorted(os.sched_getaffinity(0))[-1:]


class WorkerTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def start(self, program, **options):
        return worker.Worker("test", [sys.executable, "-c", program], CORES,
                             pathlib.Path(self.folder.name) / "log", **options)

    def test_answers(self):
        subject = self.start(READY + "input(); print('1000000 2500000', flush=True); input()")
        self.assertEqual(subject.facts, {"load_ns": 5})
        self.assertEqual(subject.run(2), [1.0, 2.5])
        self.assertGreater(subject.peak_bytes(), 1 << 20)
        subject.close()
        self.assertEqual(subject.process.returncode, 1)

    def test_says_why_an_engine_ended(self):
        with self.assertRaisesRegex(worker.WorkerError, r"no such model \(exit status 3\)"):
            self.start("import sys; print('no such model', file=sys.stderr); sys.exit(3)")
        subject = self.start(READY + "import os, signal; input(); os.kill(os.getpid(), 9)")
        with self.assertRaisesRegex(worker.WorkerError, r"no message \(exit status -9\)"):
            subject.run(1)

    def test_does_not_wait_for_ever(self):
        with self.assertRaisesRegex(worker.WorkerError, "exit status -9"):
            self.start("import time; time.sleep(60)", limit=0.5)

    def test_refuses_what_is_not_ready(self):
        with self.assertRaisesRegex(worker.WorkerError, "said 'hello' where 'ready' was due"):
            self.start("print('hello')")


class ParsingTest(unittest.TestCase):
    def test_peak(self):
        self.assertEqual(worker.parse_peak("Name:\tx\nVmHWM:\t    12 kB\n"), 12288)
        with self.assertRaises(ValueError):
            worker.parse_peak("Name:\tx\n")

    def test_libraries_are_those_of_the_packages(self):
        line = "7f00-7f01 r-xp 00000000 fe:00 12 "
        packages = line + "/v/lib/python3.11/site-packages/"
        maps = "\n".join([packages + "ncnn/ncnn.cpython-311.so", packages + "ncnn/ncnn.cpython-311.so",
                          packages + "ncnn.libs/libgomp.so.1", packages + "numpy/core.so",
                          packages + "_mnncengine.cpython-311.so", packages + "ncnn/data.bin",
                          line + "/usr/lib/libc.so.6", "7f00-7f01 rw-p 00000000 00:00 0"])
        names = lambda *p: [path.rsplit("/", 1)[1] for path in worker.parse_libraries(maps, p)]
        self.assertEqual(names("ncnn"), ["libgomp.so.1", "ncnn.cpython-311.so"])
        self.assertEqual(names("_mnncengine"), ["_mnncengine.cpython-311.so"])

    def test_last_line_prefers_errors(self):
        self.assertEqual(installs.last_line("a\nERROR: no wheel\n[notice] pip\n"), "ERROR: no wheel")
        self.assertEqual(installs.last_line("a\n b \n\n"), "b")
        self.assertEqual(installs.last_line(""), "no message")


class InstallTest(unittest.TestCase):
    def test_says_what_was_in_the_way(self):
        with tempfile.TemporaryDirectory() as folder:
            build = pathlib.Path(folder)
            requirements = build / "requirements.txt"
            requirements.write_text("not a requirement\n")
            engine = types.SimpleNamespace(name="test", requirements=requirements)
            self.assertRegex(installs.install(engine, build),
                             "^cannot install: ERROR: Invalid requirement")
            self.assertFalse((installs.environment(engine, build) / "requirements.txt").exists())


class ServeTest(unittest.TestCase):
    def test_times_and_writes_results(self):
        with tempfile.TemporaryDirectory() as folder:
            runs, answers = [], io.StringIO()
            protocol.serve(lambda: runs.append(1), lambda: np.array([1.5, 2.5]),
                           ["run 3\n", f"output {folder}/r.f32\n"], answers)
            times, ok = answers.getvalue().splitlines()
            self.assertEqual((len(runs), len(times.split()), ok), (3, 3, "ok"))
            self.assertEqual(list(np.fromfile(f"{folder}/r.f32", np.float32)), [1.5, 2.5])


if __name__ == "__main__":
    unittest.main()
