"""LiteRT with its XNNPACK delegate. The input is NHWC, as LiteRT has it.

The delegate computes with halves where the model allows it and the processor can.
"""

import json

import numpy as np
from ai_edge_litert.interpreter import Interpreter


FILES = {"f32": "network.tflite", "f16": "network_f16.tflite"}


def convert(folder):
    from safetensors.numpy import load_file

    from peers.tflite import build
    spec = json.loads((folder / "spec.json").read_text())
    weights = load_file(folder / "fused.safetensors")
    for precision, name in FILES.items():
        (folder / name).write_bytes(build(spec, weights, precision))


def load(folder, image, threads, precision="f32"):
    interpreter = Interpreter(str(folder / FILES[precision]), num_threads=threads)
    interpreter.allocate_tensors()
    interpreter.set_tensor(interpreter.get_input_details()[0]["index"],
                           np.ascontiguousarray(image.transpose(0, 2, 3, 1)))
    logits = interpreter.get_output_details()[0]["index"]
    return interpreter.invoke, lambda: interpreter.get_tensor(logits)
