"""The page is whole, self-contained and escaped."""

import re
import unittest
import xml.etree.ElementTree as ElementTree

import fixture
from report import page, plots


class PageTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.run_ = fixture.load()
        cls.page = page.render(cls.run_)

    def test_holds_figures_and_what_is_missing(self):
        for part in ("6.250", "80.0%", "no matching distribution", "ncnn is faster",
                     "Segmentation fault", "A &lt;machine&gt;", "--threads 1,2"):
            self.assertIn(part, self.page)
        self.assertNotIn("A <machine>", self.page)

    def test_loads_nothing_from_elsewhere(self):
        self.assertEqual(re.findall(r'(?:src|href)="(?!#)[^"]*"|url\((?!#)|<script|@import',
                                    self.page), [])
        self.assertLess(len(self.page), 1 << 20)

    def test_plots_are_well_formed_and_name_what_they_show(self):
        one = self.run_["results"][0]
        for plot, name in ((plots.roofline(self.run_, one), "stage1.0+stage1.1: 80.0 GFLOP/s"),
                           (plots.arena(one), "stage0: 1200 bytes at 64, steps 0 to 1"),
                           (plots.latency(self.run_, 2), "not measured"),
                           (plots.start_up(self.run_, 1), "MNN"),
                           (plots.memory(self.run_, 1), "MNN")):
            ElementTree.fromstring(plot)
            self.assertIn(name, plot)

    def test_is_the_same_every_time(self):
        self.assertEqual(self.page, page.render(fixture.load()))

    def test_plots_of_a_page_share_no_clip_path(self):
        clips = re.findall(r'<clipPath id="([^"]+)"', self.page)
        self.assertEqual(len(clips), len(set(clips)))

    def test_other_formats_are_refused(self):
        with self.assertRaisesRegex(ValueError, "not a benchmark result"):
            page.render({"format": 0})


if __name__ == "__main__":
    unittest.main()
