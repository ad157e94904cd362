"""What estimates are reported as, beside the paper's figures."""

import contextlib
import copy
import io
import json
import pathlib
import tempfile
import unittest

import tables
from peers.estimate_arguments import build_parser
from report import estimates

REPORT = {
    "model": "mobileone_s0", "target": "iphone12",
    "core": {"name": "iphone12", "description": "Apple A14, Firestorm core", "gigahertz": 3.0},
    "steps": [
        {"name": "stage0", "fma_bound_microseconds": 300, "issue_microseconds": 400},
        {"name": "stage1.0+stage1.1", "fma_bound_microseconds": 192, "issue_microseconds": 200},
        {"name": "stage1.2+stage1.3", "fma_bound_microseconds": 99, "issue_microseconds": 100}],
    "total": {"instructions": 83000000, "issue_microseconds": 5830.4, "microseconds": 6090.1,
              "microseconds_on_all": 3088.0},
}


def a_run():
    return {"format": estimates.FORMAT, "date": "2026-11-24",
            "results": [{"precision": "f32", **estimates.of_report(REPORT)}]}


class EstimatesTest(unittest.TestCase):
    def test_keeps_the_least_of_the_fused_blocks(self):
        kept = estimates.of_report(REPORT)
        self.assertEqual((kept["fused_of_fma"], kept["microseconds"]), (0.96, 6090.1))

    def test_table(self):
        run = a_run()
        other = copy.deepcopy(run["results"][0])
        run["results"].append({**other, "model": "mine", "precision": "f16"})
        self.assertEqual(estimates.table(run).splitlines()[2:], [
            "| S0 | f32 | 5.83 | 6.09 | 3.09 | 96.0% | 0.79 |",
            "| MINE | f16 | 5.83 | 6.09 | 3.09 | 96.0% |  |"])

    def test_says_what_it_is_and_what_the_paper_measured(self):
        caption = estimates.caption(a_run())
        for said in ("Estimates, 2026-11-24", "Apple A14, Firestorm core, at 3.0 GHz",
                     "no phone ran it", "Core ML", "neural engine"):
            self.assertIn(said, caption)

    def test_fills_in_the_table(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            (root / "run.json").write_text(json.dumps(a_run()))
            (root / "README.md").write_text("<!-- table estimates run.json -->\n<!-- end of table -->\n")
            self.assertEqual(tables.main([f"--root={root}", f"--document={root / 'README.md'}"]), 0)
            self.assertIn("| S0 | f32 | 5.83 |", (root / "README.md").read_text())

    def test_updates_what_is_new(self):
        run = a_run()
        result = run["results"][0]
        earlier = {"results": [{**result, "model": "mobileone_s1"}, {**result, "precision": "f16"},
                               {**result, "fused_of_fma": 0.5}]}
        self.assertEqual(
            [(each["model"], each["precision"], each["fused_of_fma"])
             for each in estimates.updated(earlier, run)],
            [("mobileone_s0", "f32", 0.96), ("mobileone_s0", "f16", 0.96),
             ("mobileone_s1", "f32", 0.96)])

    def test_refuses_other_files(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "run.json"
            path.write_text('{"format": "counts 1"}')
            with self.assertRaisesRegex(ValueError, "not a result of format 'estimates 1'"):
                estimates.load(path)

    def test_command_line(self):
        settings = build_parser().parse_args(["--precisions", "f16"])
        self.assertEqual((settings.precisions, len(settings.models)), (["f16"], 5))
        with contextlib.redirect_stderr(io.StringIO()) as said, self.assertRaises(SystemExit):
            build_parser().parse_args(["--models", "resnet"])
        self.assertIn("unknown: resnet", said.getvalue())


if __name__ == "__main__":
    unittest.main()
