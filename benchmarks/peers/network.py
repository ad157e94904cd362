"""Builds one network twice: as a fused checkpoint for mobileonec and as ONNX.

Both hold the same random weights, scaled so that activations keep unit size, so
that the engines' results can be compared as well as their times.
"""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def layers(spec):
    """Yields (name, inputs, outputs, kernel, stride, groups, se_hidden)."""
    channels = spec["stem"]["channels"]
    yield "stage0", spec["input"]["channels"], channels, 3, spec["stem"]["stride"], 1, 0
    for s, stage in enumerate(spec["stages"], start=1):
        outputs = stage["channels"]
        for block in range(stage["blocks"]):
            has_se = block >= stage["blocks"] - stage.get("se_blocks", 0)
            hidden = lambda c: (stage.get("se_hidden") or max(1, c // 16)) if has_se else 0
            stride = stage["stride"] if block == 0 else 1
            yield f"stage{s}.{2 * block}", channels, channels, 3, stride, channels, hidden(channels)
            yield f"stage{s}.{2 * block + 1}", channels, outputs, 1, 1, 1, hidden(outputs)
            channels = outputs


def multiply_adds(spec):
    """Of the convolutions and the classifier, as the field counts them."""
    height, width = spec["input"]["height"], spec["input"]["width"]
    total = spec["stages"][-1]["channels"] * spec["heads"][0]["classes"]
    for _, inputs, outputs, kernel, stride, groups, _ in layers(spec):
        height, width = -(-height // stride), -(-width // stride)
        total += height * width * outputs * inputs // groups * kernel * kernel
    return total


def random_weights(spec, seed=1):
    """The tensors of a fused checkpoint in Apple's naming."""
    random = np.random.default_rng(seed)
    normal = lambda shape, scale: (random.standard_normal(shape) * scale).astype(np.float32)
    weights = {}
    for name, inputs, outputs, kernel, _, groups, hidden in layers(spec):
        fan_in = inputs // groups * kernel * kernel
        weights[f"{name}.reparam_conv.weight"] = normal(
            (outputs, inputs // groups, kernel, kernel), (2 / fan_in) ** 0.5)
        weights[f"{name}.reparam_conv.bias"] = normal((outputs,), 0.1)
        if hidden:
            weights[f"{name}.se.reduce.weight"] = normal((hidden, outputs, 1, 1), outputs ** -0.5)
            weights[f"{name}.se.reduce.bias"] = normal((hidden,), 0.1)
            weights[f"{name}.se.expand.weight"] = normal((outputs, hidden, 1, 1), hidden ** -0.5)
            weights[f"{name}.se.expand.bias"] = normal((outputs,), 0.1) + np.float32(1)
    features, classes = spec["stages"][-1]["channels"], spec["heads"][0]["classes"]
    weights["linear.weight"] = normal((classes, features), features ** -0.5)
    weights["linear.bias"] = normal((classes,), 0.1)
    return weights


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


def build_onnx(spec, weights, path):
    """Writes the fused network in ONNX, opset 17, f32, batch 1, NCHW."""
    graph = _Graph(weights)
    x = "input"
    for name, _, _, kernel, stride, groups, hidden in layers(spec):
        x = graph.conv(x, name + ".reparam_conv", name, kernel_shape=[kernel] * 2,
                       strides=[stride] * 2, pads=[kernel // 2] * 4, group=groups)
        if hidden:
            x = graph.squeeze_excite(x, name)
        x = graph.add("Relu", [x], name + ".relu")
    x = graph.add("GlobalAveragePool", [x], "pool")
    x = graph.add("Flatten", [x], "flat")
    graph.add("Gemm", [x, "linear.weight", "linear.bias"], "logits", transB=1)
    image, head = spec["input"], spec["heads"][0]
    shape = [1, image["channels"], image["height"], image["width"]]
    model = helper.make_model(
        helper.make_graph(
            graph.nodes, spec["name"],
            [helper.make_tensor_value_info("input", TensorProto.FLOAT, shape)],
            [helper.make_tensor_value_info("logits", TensorProto.FLOAT, [1, head["classes"]])],
            [numpy_helper.from_array(weights[w], w) for w in sorted(graph.used)]),
        opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, path)
