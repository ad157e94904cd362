"""The fused network as a PyTorch module, its parameters named as in the checkpoint."""

import json

import torch

from peers.description import layers


class SqueezeExcite(torch.nn.Module):
    """Scales channels by a gate that their means decide."""

    def __init__(self, channels, hidden):
        super().__init__()
        self.reduce = torch.nn.Conv2d(channels, hidden, 1)
        self.expand = torch.nn.Conv2d(hidden, channels, 1)

    def forward(self, x):
        gate = torch.nn.functional.adaptive_avg_pool2d(x, 1)
        gate = torch.relu(self.reduce(gate))
        return x * torch.sigmoid(self.expand(gate))


class Block(torch.nn.Module):
    """One fused layer, its parameters named as in the checkpoint."""

    def __init__(self, inputs, outputs, kernel, stride, groups, hidden):
        super().__init__()
        self.reparam_conv = torch.nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2,
                                            groups=groups)
        self.se = SqueezeExcite(outputs, hidden) if hidden else torch.nn.Identity()

    def forward(self, x):
        return torch.relu(self.se(self.reparam_conv(x)))


class Network(torch.nn.Module):
    """The fused network that a spec describes."""

    def __init__(self, spec):
        super().__init__()
        stages = {}
        for name, *shape in layers(spec):
            stages.setdefault(name.split(".")[0], []).append(Block(*shape))
        self.stages = list(stages)
        for stage, blocks in stages.items():
            # The stem is one block, not a sequence of them.
            self.add_module(stage, blocks[0] if stage == "stage0" else torch.nn.Sequential(*blocks))
        self.linear = torch.nn.Linear(spec["stages"][-1]["channels"], spec["heads"][0]["classes"])

    def forward(self, x):
        for stage in self.stages:
            x = getattr(self, stage)(x)
        return self.linear(torch.nn.functional.adaptive_avg_pool2d(x, 1).flatten(1))


def load_network(folder):
    """The network of spec.json with the weights of fused.safetensors, to infer."""
    from safetensors.torch import load_file
    network = Network(json.loads((folder / "spec.json").read_text())).eval()
    network.load_state_dict(load_file(folder / "fused.safetensors"))
    return network
