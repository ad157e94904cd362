"""Measuring in turns: engines that work, fail and compute something else, played by
small programs."""

import os
import pathlib
import sys
import tempfile
import types
import unittest
from unittest import mock

from peers import measure, ours

# Answers like protocol.py; `fails` says at which verb it ends.
ENGINE = """
import array, json, sys
logits, fails = float(sys.argv[1]), sys.argv[2]
if fails == "load":
    sys.exit("no such model")
print("ready", json.dumps({key: 2000000 for key in (
    "import_ns", "load_ns", "first_run_ns", "start_bytes", "imported_bytes", "page_faults")}),
    flush=True)
for line in sys.stdin:
    verb, argument = line.split()
    if verb == fails:
        sys.exit("crashed")
    if verb == "run":
        print(*[4000000] * int(argument), flush=True)
    else:
        open(argument, "wb").write(array.array("f", [logits] * 4).tobytes())
        print("ok", flush=True)
"""
PEAK = f"""#!{sys.executable}
print("ready", flush=True)
input()
print("90 100", flush=True)
"""
PROGRAM = {"steps": []}


class ContestTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / "bin").mkdir()
        peak = self.folder / "bin/mobileone-peak"
        peak.write_text(PEAK)
        peak.chmod(0o755)
        self.notes, self.advanced = [], []

    def measure(self, engines):
        """`engines`: from a name to (logits, the verb at which it fails)."""
        settings = types.SimpleNamespace(build=self.folder, rounds=1, runs=2, starts=2)
        progress = types.SimpleNamespace(note=self.notes.append, advance=self.advanced.append)
        prepared = types.SimpleNamespace(name="net", folder=self.folder, engines=list(engines),
                                         missing={"openvino": "cannot convert"},
                                         multiply_adds=200000)
        for file in ("network.ncnn.param", "network.ncnn.bin"):
            (self.folder / file).write_bytes(b"1234")
        command = lambda name, *_: [sys.executable, "-c", ENGINE, *map(str, engines[name])]
        cores = sorted(os.sched_getaffinity(0))[-1:]
        with mock.patch.object(measure, "command_of", command), \
                mock.patch.object(ours, "steps", lambda *_: PROGRAM), \
                mock.patch.object(ours, "sizes", lambda *_: (10, 1)):
            return measure.Contest(prepared, 1, cores, settings, progress).measure()

    def test_figures(self):
        result = self.measure({"mobileonec": (1.0, ""), "ncnn": (1.0005, "")})
        self.assertEqual(result["peak_gflops"], 100)
        self.assertEqual(result["missing"], {"openvino": "cannot convert"})
        engine = result["engines"]["ncnn"]
        self.assertEqual((engine["min_ms"], engine["median_ms"], engine["runs"]), (4.0, 4.0, 2))
        self.assertEqual((engine["load_ms"], engine["start_up_ms"]), (2.0, 4.0))
        self.assertEqual((engine["model_bytes"], engine["library_bytes"]), (8, 0))
        self.assertAlmostEqual(engine["max_difference"], 0.0005, places=6)
        self.assertGreater(engine["peak_bytes"], 1 << 20)
        self.assertEqual(result["engines"]["mobileonec"]["model_bytes"], 10)
        self.assertEqual(len(self.advanced), 3)

    def test_reports_and_leaves_out_what_fails(self):
        result = self.measure({"mobileonec": (1.0, ""), "ncnn": (1.5, ""), "mnn": (1.0, "load"),
                               "litert": (1.0, "run"), "executorch": (1.0, "output")})
        self.assertEqual(list(result["engines"]), ["mobileonec"])
        self.assertEqual(result["missing"], {
            "openvino": "cannot convert", "mnn": "no such model (exit status 1)",
            "litert": "crashed (exit status 1)", "executorch": "crashed (exit status 1)",
            "ncnn": "computes something else: logits differ by 0.5"})
        self.assertEqual(len(self.notes), 4)

    def test_ours_must_work(self):
        with self.assertRaisesRegex(RuntimeError, "mobileonec failed on net: no such model"):
            self.measure({"mobileonec": (1.0, "load")})


if __name__ == "__main__":
    unittest.main()
