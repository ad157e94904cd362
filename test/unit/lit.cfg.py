"""The GoogleTest programs."""

import os
import sys

import lit.formats

config.name = "mobileonec-unit"
config.suffixes = []
config.test_exec_root = config.test_source_root = os.path.join(config.build_root, "test", "unit")
config.test_format = lit.formats.GoogleTest(".", "Tests")

# The long versions of random and exhaustive tests: test/run.sh --full.
if lit_config.params.get("full"):
    config.environment["MOBILEONE_FULL_TESTS"] = "1"

# Where PoCL, which runs GPU kernels on the CPU, keeps what it compiled.
config.environment["POCL_CACHE_DIR"] = os.path.join(config.build_root, "test", "pocl")

# Cases that are too large for the repository.
sys.path.insert(0, os.path.join(config.source_root, "test"))
from golden_folder import golden_folder

if golden := golden_folder(config.source_root):
    config.environment["MOBILEONE_GOLDEN"] = str(golden)
