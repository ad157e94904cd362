# Part of the mobileonec project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""MobileOne as it is trained: every convolution has parallel branches.

The network is built from the JSON that `mobileonec` compiles, and its tensors
have the names of Apple's released checkpoints, so that its state dict is a
checkpoint that `mobileonec` reads.
"""

import torch
from torch import nn


class ConvBatchNorm(nn.Module):
    """A convolution without bias, then batch normalization."""

    def __init__(self, inputs, outputs, kernel, stride, groups, epsilon):
        super().__init__()
        self.conv = nn.Conv2d(
            inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False
        )
        self.bn = nn.BatchNorm2d(outputs, eps=epsilon)

    def forward(self, x):
        return self.bn(self.conv(x))


class SqueezeExcite(nn.Module):
    """Scales every channel by a gate computed from all channels' means."""

    def __init__(self, channels, hidden):
        super().__init__()
        self.reduce = nn.Conv2d(channels, hidden, 1)
        self.expand = nn.Conv2d(hidden, channels, 1)

    def forward(self, x):
        means = x.mean((2, 3), keepdim=True)
        return x * torch.sigmoid(self.expand(torch.relu(self.reduce(means))))


class MobileOneBlock(nn.Module):
    """relu(squeeze_excite(sum of branches)).

    The branches: `branches` convolutions; where the kernel is larger than 1x1,
    a 1x1 `rbr_scale`; where input and output have the same shape, the batch
    normalization `rbr_skip`. The sum of them all is one convolution.
    """

    def __init__(
        self, inputs, outputs, kernel, stride, groups, branches, hidden, epsilon
    ):
        super().__init__()
        self.rbr_conv = nn.ModuleList(
            ConvBatchNorm(inputs, outputs, kernel, stride, groups, epsilon)
            for _ in range(branches)
        )
        if kernel > 1:
            self.rbr_scale = ConvBatchNorm(inputs, outputs, 1, stride, groups, epsilon)
        if inputs == outputs and stride == 1:
            self.rbr_skip = nn.BatchNorm2d(inputs, eps=epsilon)
        if hidden:
            self.se = SqueezeExcite(outputs, hidden)

    def forward(self, x):
        total = sum(branch(x) for branch in self.rbr_conv)
        for name in ("rbr_scale", "rbr_skip"):
            if hasattr(self, name):
                total = total + getattr(self, name)(x)
        if hasattr(self, "se"):
            total = self.se(total)
        return torch.relu(total)


def make_stage(inputs, stage, epsilon):
    """Pairs of a depthwise 3x3 and a pointwise 1x1 block."""
    outputs, blocks = stage["channels"], stage["blocks"]
    branches = stage.get("branches", 1)
    first_with_gate = blocks - stage.get("se_blocks", 0)
    layers = []
    for block in range(blocks):
        stride = stage.get("stride", 2) if block == 0 else 1
        for kernel, channels, groups in ((3, inputs, inputs), (1, outputs, 1)):
            hidden = 0
            if block >= first_with_gate:
                hidden = stage.get("se_hidden") or max(1, channels // 16)
            layers.append(
                MobileOneBlock(
                    inputs, channels, kernel, stride, groups, branches, hidden, epsilon
                )
            )
            stride = 1
        inputs = outputs
    return nn.Sequential(*layers)


class MobileOne(nn.Module):
    """The classifier that a spec (parsed JSON) describes.

    Takes images as float32 NCHW in the units of the spec's input, e.g. 0..255,
    and returns (images, classes) logits.
    """

    def __init__(self, spec):
        super().__init__()
        image, stem, epsilon = (
            spec["input"],
            spec["stem"],
            spec.get("bn_epsilon", 1e-5),
        )
        channels = image.get("channels", 3)
        for name, default in (("mean", 0.0), ("std", 1.0)):
            values = image.get(name) or [default] * channels
            # Not persistent: the compiler takes them from the spec.
            self.register_buffer(
                name, torch.tensor(values).float().view(1, -1, 1, 1), persistent=False
            )
        self.stage0 = MobileOneBlock(
            channels,
            stem["channels"],
            3,
            stem.get("stride", 2),
            1,
            stem.get("branches", 1),
            0,
            epsilon,
        )
        channels, self.stage_count = stem["channels"], len(spec["stages"])
        for number, stage in enumerate(spec["stages"], 1):
            setattr(self, f"stage{number}", make_stage(channels, stage, epsilon))
            channels = stage["channels"]
        head = spec["head"] if "head" in spec else spec["heads"][0]
        self.linear = nn.Linear(channels, head["classes"])

    def forward(self, x):
        x = (x - self.mean) / self.std
        for number in range(self.stage_count + 1):
            x = getattr(self, f"stage{number}")(x)
        return self.linear(x.mean((2, 3)))
