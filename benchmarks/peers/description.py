"""What a network is made of: its layers, their weights, what they cost."""

import numpy as np


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
