"""ExecuTorch, the whole network delegated to XNNPACK."""

import json

import torch
from executorch.extension.pybindings import portable_lib
from executorch.runtime import Runtime

from peers.torch_network import load_network


def convert(folder):
    """An error where anything would be left to the slow reference kernels."""
    from executorch.backends.xnnpack.partition.xnnpack_partitioner import XnnpackPartitioner
    from executorch.exir import to_edge_transform_and_lower
    network = load_network(folder)
    image = json.loads((folder / "spec.json").read_text())["input"]
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
