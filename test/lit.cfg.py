"""How lit runs the tests: FileCheck tests and scripts with RUN lines, and the
GoogleTest programs in the build folder's test/unit."""

import ctypes.util
import glob
import os
import re
import shutil
import subprocess
import sys

import lit.formats

config.name = "mobileonec"
config.test_format = lit.formats.ShTest(execute_external=True)
config.suffixes = [".mlir", ".test"]
config.excludes = ["Inputs"]
config.test_source_root = os.path.join(config.source_root, "test")
config.test_exec_root = os.path.join(config.build_root, "test")

path = [os.path.join(config.build_root, "bin"), config.llvm_tools]
config.environment["PATH"] = os.pathsep.join(path + [os.environ["PATH"]])

config.substitutions.append(("%source", config.source_root))
config.substitutions.append(("%build", config.build_root))
config.substitutions.append(("%inputs", os.path.join(config.source_root, "test", "Inputs")))
config.substitutions.append(("%python", os.path.join(config.build_root, "venv", "bin", "python")))

# The long versions of random and exhaustive tests: test/run.sh --full.
if lit_config.params.get("full"):
    config.available_features.add("full")
    config.environment["MOBILEONE_FULL_TESTS"] = "1"

# The targets that this machine runs, for tests that run what they compile.
with open("/proc/cpuinfo", encoding="utf-8") as cpuinfo:
    text = cpuinfo.read()
flags = set(text.split())
levels = ["arm64-linux" if os.uname().machine == "aarch64" else "x86-64"]
if {"avx2", "fma", "bmi2", "f16c"} <= flags:
    levels.append("x86-64-v3")
if {"avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"} <= flags:
    levels.append("x86-64-v4")
config.available_features.update(levels)
# AMD's family 19h has Zen 4 where it has AVX-512: estimates are proved there.
if "AuthenticAMD" in flags and re.search(r"cpu family\s*: 25\n", text) and "avx512f" in flags:
    config.available_features.add("zen4")
config.substitutions.append(("%targets", ",".join(levels)))

# Cases that are too large for the repository.
sys.path.insert(0, os.path.join(config.source_root, "test"))
from golden_folder import golden_folder

# What tuning reaches other machines with.
if os.path.exists("/usr/sbin/sshd") and shutil.which("ssh"):
    config.available_features.add("sshd")
if shutil.which("qemu-x86_64"):
    config.available_features.add("qemu-x86_64")

# Assembles for NVIDIA GPUs: CUDA's, or that of a Python package.
nvcc = next(iter(glob.glob(os.path.join(config.build_root, "venv", "lib", "python3*",
                                        "site-packages", "nvidia", "cuda_nvcc", "bin"))), None)
if nvcc:
    config.environment["PATH"] += os.pathsep + nvcc
if nvcc or shutil.which("ptxas") or os.path.exists("/usr/local/cuda/bin/ptxas"):
    config.available_features.add("ptxas")

# Code for arm64 runs here, or in an emulator that has a system's libraries.
if shutil.which("qemu-aarch64") and os.path.exists("/usr/aarch64-linux-gnu/lib"):
    config.available_features.update(["qemu-aarch64", "arm64"])
if os.uname().machine == "aarch64":
    config.available_features.add("arm64")

# GPU kernels run as OpenCL on the CPU, below a stand-in for NVIDIA's driver.
if os.path.exists("/etc/OpenCL/vendors/pocl.icd") and ctypes.util.find_library("OpenCL"):
    config.available_features.add("pocl")
config.environment["POCL_CACHE_DIR"] = os.path.join(config.build_root, "test", "pocl")
config.substitutions.append(("%standin", os.path.join(config.build_root, "test", "standin")))
# A real GPU: the driver and at least one device.
if shutil.which("nvidia-smi") and subprocess.run(["nvidia-smi", "-L"], capture_output=True).stdout.startswith(b"GPU"):
    config.available_features.add("nvidia-gpu")

# The engines of benchmarks/run.sh, which only measuring needs.
engines = os.path.join(config.build_root, "benchmarks", "engines")
if all(os.path.exists(os.path.join(engines, name, "requirements.txt"))
       for name in ("onnxruntime", "ncnn")):
    config.available_features.add("benchmark-engines")

if golden := golden_folder(config.source_root):
    config.environment["MOBILEONE_GOLDEN"] = str(golden)
    config.available_features.add("golden-s0")
    config.substitutions.append(("%golden", str(golden)))
