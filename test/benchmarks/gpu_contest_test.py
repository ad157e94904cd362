"""Measuring on a GPU in turns, and what is said of it: engines that work, fail and
compute something else are played by small programs."""

import io
import os
import pathlib
import sys
import tempfile
import types
import unittest

import numpy as np

from gpu import arguments, measure, protocol
from report import gpu as report

# Answers like gpu/protocol.py; `fails` says at which verb it ends or lies.
ENGINE = """
import array, sys
logits, fails, microseconds = float(sys.argv[1]), sys.argv[2], int(sys.argv[3])
if fails == "load":
    sys.exit("ModuleNotFoundError: No module named 'torch'")
print("ready {}", flush=True)
for line in sys.stdin:
    verb, argument = line.split()
    if verb == fails:
        sys.exit("crashed")
    if verb == "run":
        count = int(argument) - (fails == "lies")
        print(*[1000 * microseconds, 3000 * microseconds] * count, flush=True)
    else:
        open(argument, "wb").write(array.array("f", [logits] * 8).tobytes())
        print("ok", flush=True)
"""


class ContestTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder, self.notes = pathlib.Path(folder.name), []

    def measure(self, engines, precision="f32"):
        """`engines`: from a name to (logits, the verb at which it fails, microseconds)."""
        settings = types.SimpleNamespace(rounds=3, runs=2, limit=60)
        prepared = types.SimpleNamespace(name="mobileone_s0", batch=64, precision=precision,
                                         folder=self.folder, engines=list(engines), launches=23)
        command = lambda engine: [sys.executable, "-c", ENGINE, *map(str, engines[engine])]
        cores = sorted(os.sched_getaffinity(0))[-1:]
        return measure.Contest(prepared, command, cores, settings, self.notes.append).measure()

    def test_figures(self):
        result = self.measure({"mobileonec": (1, "", 50), "pytorch": (1.0005, "", 80)})
        self.assertEqual((result["batch"], result["precision"], result["launches"]),
                         (64, "f32", 23))
        engine = result["engines"]["pytorch"]
        self.assertEqual(engine["events_us"], {"min": 80, "median": 80})
        self.assertEqual(engine["wall_us"], {"min": 240, "median": 240})
        self.assertEqual(engine["runs"], 6)
        self.assertAlmostEqual(engine["max_difference"], 0.0005, places=6)
        self.assertEqual(result["missing"], {})

    def test_reports_and_leaves_out_what_fails(self):
        result = self.measure({
            "mobileonec": (1, "", 50), "pytorch": (1, "load", 1), "tensorrt": (1, "run", 1),
            "onnxruntime": (1.01, "", 1), "pytorch_compile": (1, "lies", 1)})
        self.assertEqual(list(result["engines"]), ["mobileonec"])
        self.assertEqual(result["missing"], {
            "pytorch": "ModuleNotFoundError: No module named 'torch' (exit status 1)",
            "tensorrt": "crashed (exit status 1)",
            "onnxruntime": "computes something else: logits differ by 0.01",
            "pytorch_compile": "pytorch_compile answered 18 numbers for 10 runs"})
        self.assertEqual(len(self.notes), 4)

    def test_halves_may_differ_by_more(self):
        result = self.measure({"mobileonec": (1, "", 50), "pytorch": (1.01, "", 80)}, "f16")
        self.assertEqual(list(result["engines"]), ["mobileonec", "pytorch"])

    def test_ours_must_work(self):
        with self.assertRaisesRegex(RuntimeError, "mobileonec failed on mobileone_s0: crashed"):
            self.measure({"mobileonec": (1, "run", 50)})

    def test_says_what_must_not_go_unnoticed(self):
        result = self.measure({"mobileonec": (1, "", 50), "pytorch": (1, "", 80),
                               "tensorrt": (1, "", 40), "onnxruntime": (1, "load", 1)})
        run = {"format": report.FORMAT, "gpu": "Imaginary GPU", "driver": "12.8",
               "date": "2026-11-24", "rounds": 10, "runs": 30, "results": [result],
               "titles": {name: name.upper() for name in
                          ("mobileonec", "pytorch", "tensorrt", "onnxruntime")}}
        self.assertEqual(report.summary(run), """\
Imaginary GPU, driver for CUDA 12.8, f32, batch 64, CUDA events, 2026-11-24; 300 runs per \
engine and network.

| min / median us | S0 |
| --- | --- |
| MOBILEONEC | 50.0 / 50.0 |
| PYTORCH | 80.0 / 80.0 |
| TENSORRT | 40.0 / 40.0 |
| ONNXRUNTIME | - |

Imaginary GPU, driver for CUDA 12.8, f32, batch 64, wall clock until the GPU is done, \
2026-11-24; 300 runs per engine and network.

| min / median us | S0 |
| --- | --- |
| MOBILEONEC | 150.0 / 150.0 |
| PYTORCH | 240.0 / 240.0 |
| TENSORRT | 120.0 / 120.0 |
| ONNXRUNTIME | - |

S0, batch 64, f32: TENSORRT is faster, 0.800 of our time
onnxruntime is missing (S0, batch 64, f32): ModuleNotFoundError: No module named 'torch' \
(exit status 1)""")


class ServeTest(unittest.TestCase):
    def test_times_and_writes_results(self):
        with tempfile.TemporaryDirectory() as folder:
            runs, answers = [], io.StringIO()
            timer = types.SimpleNamespace(time=lambda enqueue: (enqueue(), (5, 7))[1])
            protocol.serve(lambda: runs.append(1), timer, lambda: np.array([1.5, 2.5]),
                           ["run 3\n", f"output {folder}/r.f32\n"], answers)
            self.assertEqual(answers.getvalue(), "5 7 5 7 5 7\nok\n")
            self.assertEqual(len(runs), 3)
            self.assertEqual(list(np.fromfile(f"{folder}/r.f32", np.float32)), [1.5, 2.5])


class ArgumentsTest(unittest.TestCase):
    def test_at_least_200_runs(self):
        settings = arguments.build_parser().parse_args([])
        self.assertGreaterEqual(settings.rounds * settings.runs, 200)
        self.assertEqual((settings.batches, settings.precisions), ([1, 64], ["f32", "f16"]))
        self.assertEqual(len(settings.models), 5)


if __name__ == "__main__":
    unittest.main()
