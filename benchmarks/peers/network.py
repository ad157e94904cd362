"""Writes a network's description and weights as ONNX.

The same weights go into the fused checkpoint for mobileonec. They are random,
scaled so that activations keep unit size, so that the engines' results can be
compared as well as their times.
"""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from peers.description import layers


class _Graph:
    """Collects nodes; every method returns the name of its result."""

    def __init__(self, weights):
        self.nodes, self.used, self.weights = [], set(), weights

    def add(self, op, inputs, result, **attributes):
        self.used.update(i for i in inputs if i in self.weights)
        self.nodes.append(helper.make_node(op, inputs, [result], **attributes))
        return result

    def conv(self, x, prefix, result, **attributes):
        return self.add("Conv", [x, prefix + ".weight", prefix + ".bias"], result, **attributes)

    def squeeze_excite(self, x, layer):
        pooled = self.add("GlobalAveragePool", [x], layer + ".pool")
        hidden = self.conv(pooled, layer + ".se.reduce", layer + ".hidden")
        hidden = self.add("Relu", [hidden], layer + ".hidden_relu")
        gate = self.conv(hidden, layer + ".se.expand", layer + ".gate")
        gate = self.add("Sigmoid", [gate], layer + ".gate_sigmoid")
        return self.add("Mul", [x, gate], layer + ".scaled")


def build_onnx(spec, weights, path, batch=1, precision="f32"):
    """Writes the fused network in ONNX, opset 17, NCHW. In f16 all between input and
    logits, which stay f32, is f16."""
    is_half = precision == "f16"
    if is_half:
        weights = {name: value.astype(np.float16) for name, value in weights.items()}
    graph = _Graph(weights)
    x = "input"
    if is_half:
        x = graph.add("Cast", [x], "input.half", to=TensorProto.FLOAT16)
    for name, _, _, kernel, stride, groups, hidden in layers(spec):
        x = graph.conv(x, name + ".reparam_conv", name, kernel_shape=[kernel] * 2,
                       strides=[stride] * 2, pads=[kernel // 2] * 4, group=groups)
        if hidden:
            x = graph.squeeze_excite(x, name)
        x = graph.add("Relu", [x], name + ".relu")
    x = graph.add("GlobalAveragePool", [x], "pool")
    x = graph.add("Flatten", [x], "flat")
    logits = "logits.half" if is_half else "logits"
    graph.add("Gemm", [x, "linear.weight", "linear.bias"], logits, transB=1)
    if is_half:
        graph.add("Cast", [logits], "logits", to=TensorProto.FLOAT)
    image, head = spec["input"], spec["heads"][0]
    shape = [batch, image["channels"], image["height"], image["width"]]
    model = helper.make_model(
        helper.make_graph(
            graph.nodes, spec["name"],
            [helper.make_tensor_value_info("input", TensorProto.FLOAT, shape)],
            [helper.make_tensor_value_info("logits", TensorProto.FLOAT, [batch, head["classes"]])],
            [numpy_helper.from_array(weights[w], w) for w in sorted(graph.used)]),
        opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, path)
