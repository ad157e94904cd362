"""ExecuTorch, the whole network delegated to XNNPACK."""

import json

import torch
from executorch.extension.pybindings import portable_lib
from executorch.runtime import Runtime

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


def convert(folder):
    """An error where anything would be left to the slow reference kernels."""
    from executorch.backends.xnnpack.partition.xnnpack_partitioner import XnnpackPartitioner
    from executorch.exir import to_edge_transform_and_lower
    from safetensors.torch import load_file
    spec = json.loads((folder / "spec.json").read_text())
    network = Network(spec).eval()
    network.load_state_dict(load_file(folder / "fused.safetensors"))
    image = spec["input"]
    example = (torch.zeros(1, image["channels"], image["height"], image["width"]),)
    lowered = to_edge_transform_and_lower(torch.export.export(network, example),
                                          partitioner=[XnnpackPartitioner()])
    left = {str(node.target) for node in lowered.exported_program().graph.nodes
            if node.op == "call_function" and "aten" in str(node.target)}
    if left:
        raise RuntimeError(f"not delegated to XNNPACK: {', '.join(sorted(left))}")
    (folder / "network.pte").write_bytes(lowered.to_executorch().buffer)


def load(folder, image, threads):
    portable_lib._unsafe_reset_threadpool(threads)
    method = Runtime.get().load_program(folder / "network.pte").load_method("forward")
    inputs = [torch.from_numpy(image)]
    logits = [None]

    def run():
        logits[0] = method.execute(inputs)

    return run, lambda: logits[0][0].numpy()
