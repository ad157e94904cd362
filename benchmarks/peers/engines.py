"""The engines that are compared: one entry here, one file engine_<name>.py, one
file ../requirements-<name>.txt.

An engine's file runs in a virtual environment of its own. It defines

    convert(folder)                writes `files` from what the folder holds:
                                   network.onnx, fused.safetensors, spec.json;
                                   left out where the engine reads ONNX
    load(folder, image, threads)   returns run() and result(); `image` is f32 NCHW
                                   of shape (1, C, H, W), the result f32 logits

f32 is forced where an engine would compute with less. Where `load` takes one more
argument, it is the precision, "f32" or "f16".
"""

import dataclasses
import pathlib
import re

BENCHMARKS = pathlib.Path(__file__).resolve().parents[1]


@dataclasses.dataclass(frozen=True)
class Engine:
    """What is known of an engine without importing it."""

    name: str
    title: str
    distribution: str  # On PyPI; its pin is the engine's version.
    files: tuple       # What an app ships of the model.
    packages: tuple    # Whose loaded shared objects are the engine.
    converts: bool = True

    @property
    def requirements(self):
        return BENCHMARKS / f"requirements-{self.name}.txt"

    @property
    def version(self):
        pin = re.search(rf"^{re.escape(self.distribution)}==(\S+)", self.requirements.read_text(),
                        re.MULTILINE)
        return pin.group(1)


ENGINES = {engine.name: engine for engine in [
    Engine("onnxruntime", "ONNX Runtime", "onnxruntime", ("network.onnx",), ("onnxruntime",),
           converts=False),
    Engine("openvino", "OpenVINO", "openvino", ("network.onnx",), ("openvino",), converts=False),
    Engine("ncnn", "ncnn", "ncnn", ("network.ncnn.param", "network.ncnn.bin"), ("ncnn",)),
    Engine("mnn", "MNN", "mnn", ("network.mnn",), ("_mnncengine", "MNN", "mnn.libs")),
    Engine("executorch", "ExecuTorch (XNNPACK)", "executorch", ("network.pte",), ("executorch",)),
    Engine("litert", "LiteRT (XNNPACK)", "ai-edge-litert", ("network.tflite",),
           ("ai_edge_litert",)),
]}
OURS = "mobileonec"


def title(name):
    return ENGINES[name].title if name in ENGINES else name
