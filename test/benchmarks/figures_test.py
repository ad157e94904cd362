"""What is derived from measured figures, against values worked out by hand."""

import unittest

import fixture
from report import figures


class FiguresTest(unittest.TestCase):
    def setUp(self):
        self.run_ = fixture.load()
        self.one, self.two = self.run_["results"]

    def test_share_of_the_peak(self):
        # 2 * 250e6 FLOP in 6.25 ms are 80 GFLOP/s.
        self.assertAlmostEqual(figures.of_peak(self.one, "mobileonec"), 0.8)
        self.assertAlmostEqual(figures.of_peak(self.one, "ncnn"), 1.0)

    def test_best_peer(self):
        self.assertEqual(figures.best_peer(self.one), ("ncnn", 0.8))
        self.assertIsNone(figures.best_peer(self.two))

    def test_memory_leaves_out_what_importing_took(self):
        self.assertEqual(figures.memory_bytes(self.one["engines"]["ncnn"]), 40000000)

    def test_nothing_goes_unnoticed(self):
        self.assertEqual(figures.complaints(self.run_), [
            "S0, 1 thread: ncnn is faster, 0.800 of our time",
            "litert is missing (all networks): cannot install: ERROR: no matching distribution",
            "ncnn is missing (S0, 2 threads): Segmentation fault (exit status -11)"])

    def test_latency_table(self):
        self.assertEqual(figures.latency_table(self.run_, 1).splitlines(), [
            "| min / median ms | S0 |", "| --- | --- |", "| mobileonec | 6.25 / 6.50 |",
            "| ncnn 1.0 | 5.00 / 8.00 |", "| MNN 3.6 | 7.50 / 9.00 |",
            "| LiteRT 2.3 | not measured |", "| mobileonec, of the peak | 80.0% |",
            "| best other engine / mobileonec | 0.800 |"])
        self.assertIn("none measured", figures.latency_table(self.run_, 2))

    def test_cost_table_names_a_single_network_once(self):
        self.assertEqual(figures.cost_table(self.run_, 1).splitlines()[2:4], [
            "| S0 | mobileonec | 0.5 | 7.5 | 12.0 | 8.4 | 0.06 |",
            "| S0 | ncnn | 27.0 | 40.0 | 40.0 | 8.3 | 21.00 |"])
        self.assertEqual(figures.cost_table(self.run_, 1).count("| ncnn |"), 1)

    def test_summary_holds_every_thread_count(self):
        text = figures.summary(self.run_)
        for part in ("A <machine>, 1 core, 100 GFLOP/s", "2 cores, 200 GFLOP/s",
                     "140 inferences per engine and network", "ncnn is faster"):
            self.assertIn(part, text)

    def test_roofline(self):
        # The stem moves 600 + 200 + 1200 bytes; its scratch stays in a cache.
        points = figures.roofline_points(self.one["program"])
        self.assertEqual([point[0] for point in points], ["stage0", "stage1.0+stage1.1"])
        self.assertAlmostEqual(points[0][1], 80e6 / 2000)
        self.assertAlmostEqual(points[0][2], 80.0)
        self.assertAlmostEqual(points[1][3], 0.6)

    def test_arena_buffers_live_until_their_last_reader(self):
        self.assertEqual(figures.arena_buffers(self.one["program"]), [
            {"name": "stage0", "offset": 64, "bytes": 1200, "first": 0, "last": 1},
            {"name": "stage1.0+stage1.1", "offset": 1400, "bytes": 400, "first": 1, "last": 2}])

    def test_other_formats_are_refused(self):
        for other in ([], {}, {"format": 2}):
            with self.assertRaisesRegex(ValueError, "not a benchmark result of format 1"):
                figures.check(other)


if __name__ == "__main__":
    unittest.main()
