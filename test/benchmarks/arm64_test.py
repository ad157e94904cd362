"""The emulated arm64 system: its commands, and what can be in the way."""

import os
import pathlib
import tempfile
import unittest
from unittest import mock

from peers import arm64
from peers.engines import ENGINES


class Arm64Test(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.build = pathlib.Path(folder.name)

    def make_python(self):
        programs = arm64.root_of(self.build) / "usr/bin"
        programs.mkdir(parents=True)
        (programs / "python3.11").touch()
        (programs / "python3").symlink_to("python3.11")

    def test_counts_a_program(self):
        command = arm64.emulated(self.build, "counts.txt", "program", 1)
        self.assertEqual(command[0], "qemu-aarch64")
        self.assertEqual(command[-2:], ["program", 1])
        self.assertIn(f"{self.build}/bin/mobileone-count.so,output=counts.txt", command)

    def test_counts_an_engine(self):
        self.make_python()
        command = arm64.serving(ENGINES["ncnn"], self.build, "counts.txt", "network", "f16")
        python = command.index(self.build / "benchmarks/arm64/root/usr/bin/python3.11")
        self.assertEqual(command[python + 1:],
                         ["-m", "peers.protocol", "ncnn", "network", "1", "--precision", "f16", "--cold"])
        self.assertTrue(command[1].endswith("/benchmarks/arm64/ncnn"))

    def test_names_missing_tools(self):
        with mock.patch.dict(os.environ, PATH=""):
            self.assertRegex(arm64.make_root(self.build), "apt-get.*qemu-aarch64: not found")

    def test_says_why_packages_are_missing(self):
        with mock.patch.object(arm64.shutil, "which", lambda tool: tool), \
                mock.patch.object(arm64, "_run", lambda command, **_: f"no {command[0]}"):
            self.assertEqual(arm64.make_root(self.build), "no apt-get")
            self.make_python()
            self.assertRegex(arm64.install(ENGINES["ncnn"], self.build), "cannot install: no /")

    def test_is_quick_where_all_is_there(self):
        self.make_python()
        (arm64.root_of(self.build) / "unpacked").write_text(" ".join(arm64.PACKAGES))
        packages = arm64.packages_of(ENGINES["ncnn"], self.build)
        packages.mkdir(parents=True)
        (packages / "requirements.txt").write_text(ENGINES["ncnn"].requirements.read_text())
        with mock.patch.object(arm64.shutil, "which", lambda tool: tool), \
                mock.patch.object(arm64, "_run", side_effect=AssertionError("runs nothing")):
            self.assertIsNone(arm64.make_root(self.build))
            self.assertIsNone(arm64.install(ENGINES["ncnn"], self.build))


if __name__ == "__main__":
    unittest.main()
