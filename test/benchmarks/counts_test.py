"""What counted instructions are reported as, and which results are refused."""

import contextlib
import io
import json
import pathlib
import tempfile
import unittest

import numpy as np

import tables
from peers import count_arguments, counted
from report import counts

PATH = pathlib.Path(__file__).parent / "Inputs" / "counts.json"


class ReportTest(unittest.TestCase):
    def setUp(self):
        self.run = counts.load(PATH)

    def test_table(self):
        self.assertEqual(counts.table(self.run).splitlines(), [
            "| network |  | engine | M instructions | M fmla | M loads | M stores"
            " | issue bound, ms |",
            "| --- | --- | --- | --- | --- | --- | --- | --- |",
            "| S0 | f32 | mobileonec | 85.0 | 68.8 | 21.9 | 1.0 | 5.83 |",
            "| S0 | f32 | ncnn 1.0.20261020 | 86.8 | 68.8 | 22.3 | 3.5 | 5.91 |",
            "| S0 | f16 | mobileonec | 48.0 | 34.4 | 11.0 | 0.5 | 3.00 |",
            "| S0 | f16 | ncnn 1.0.20261020 | 45.9 | 34.4 | 11.8 | 1.9 | 2.98 |",
            "| S0 | f16 | LiteRT (XNNPACK) 2.3.0 | 61.1 | 34.7 | 16.4 | 1.0 | 3.12 |"])

    def test_says_that_it_is_an_estimate(self):
        self.assertIn("counted in QEMU 7.2.22 as cortex-a76", counts.caption(self.run))
        self.assertIn("an estimate for `iphone12`", counts.caption(self.run))

    def test_complaints(self):
        self.assertEqual(counts.complaints(self.run), [
            "S0, f16: ncnn needs fewer instructions, 0.957 of ours",
            "litert is missing (S0, f32): no message (exit status -9)"])
        self.assertTrue(counts.summary(self.run).endswith("status -9)"))

    def test_keeps_what_has_not_changed(self):
        def kept(engine="ncnn", model="mobileone_s0", **changes):
            return counts.kept(self.run, {**self.run, **changes}, model, "f16", engine)
        mine = self.run["results"][1]["engines"]
        self.assertIs(kept(), mine["ncnn"])
        self.assertIsNone(kept(model="mobileone_s1"))
        self.assertIsNone(kept(core="another"))
        self.assertIsNone(kept(versions={"ncnn": "2"}))

    def test_refuses_other_files(self):
        for text in ["[]", '{"format": 1}']:
            with self.assertRaisesRegex(ValueError, "no result|not a result"):
                counts.check(json.loads(text))


class DocumentTest(unittest.TestCase):
    def test_fills_in_the_table(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            (root / "counts.json").write_text(PATH.read_text())
            text = "<!-- table counts counts.json -->\nold\n<!-- end of table -->\n"
            (root / "README.md").write_text(text)
            arguments = [f"--root={root}", f"--document={root / 'README.md'}"]
            with contextlib.redirect_stderr(io.StringIO()):
                self.assertEqual(tables.main(arguments + ["--check"]), 1)
            self.assertEqual(tables.main(arguments), 0)
            self.assertEqual(tables.main(arguments + ["--check"]), 0)
            self.assertIn("| S0 | f32 | mobileonec | 85.0 |", (root / "README.md").read_text())


class CountingTest(unittest.TestCase):
    def test_refuses_other_results(self):
        expected = np.array([1, 2], np.float32)
        off = expected + np.float32(0.01)
        self.assertEqual(counted.judged({"fma": 1}, expected, expected, "f32"),
                         {"fma": 1, "off_by": 0.0})
        self.assertAlmostEqual(counted.judged({}, off, expected, "f16")["off_by"], 0.01, places=5)
        for logits, precision in [(off, "f32"), (expected[:1], "f16"),
                                  (np.array([1, np.nan], np.float32), "f16")]:
            with self.assertRaisesRegex(ValueError, "computes something else"):
                counted.judged({}, logits, expected, precision)

    def test_command_line(self):
        settings = count_arguments.build_parser().parse_args(["--engines", "ncnn", "--precisions", "f16"])
        self.assertEqual((settings.engines, settings.precisions), (["ncnn"], ["f16"]))
        self.assertEqual(settings.models, ["mobileone_s0", "mobileone_s1", "mobileone_s4"])
        with contextlib.redirect_stderr(io.StringIO()) as said, self.assertRaises(SystemExit):
            count_arguments.build_parser().parse_args(["--engines", "mnn"])
        self.assertIn("unknown: mnn; known are ncnn, litert", said.getvalue())


if __name__ == "__main__":
    unittest.main()
