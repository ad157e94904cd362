"""LiteRT with its XNNPACK delegate. The input is NHWC, as LiteRT has it."""

import json

import numpy as np
from ai_edge_litert.interpreter import Interpreter


def convert(folder):
    from safetensors.numpy import load_file

    from peers.tflite import build
    spec = json.loads((folder / "spec.json").read_text())
    content = build(spec, load_file(folder / "fused.safetensors"))
    (folder / "network.tflite").write_bytes(content)


def load(folder, image, threads):
    interpreter = Interpreter(str(folder / "network.tflite"), num_threads=threads)
    interpreter.allocate_tensors()
    interpreter.set_tensor(interpreter.get_input_details()[0]["index"],
                           np.ascontiguousarray(image.transpose(0, 2, 3, 1)))
    logits = interpreter.get_output_details()[0]["index"]
    return interpreter.invoke, lambda: interpreter.get_tensor(logits)
