"""Checks that the network of examples/train computes what checkpoints are said
to compute: the digits' held-out logits, and the cases of test/Inputs."""

import json
import pathlib
import sys

import torch
from safetensors.torch import load_file

TOLERANCE = {"atol": 1e-4, "rtol": 1e-3}


def load(network, spec, checkpoint):
    with open(spec, encoding="utf-8") as file:
        model = network(json.load(file))
    model.load_state_dict(load_file(checkpoint))
    return model.eval()


@torch.no_grad()
def main(root):
    sys.path.insert(0, str(root / "examples" / "train"))
    from mobileone import MobileOne

    models = root / "examples" / "models"
    model = load(MobileOne, models / "digits.json", models / "digits.safetensors")
    heldout = load_file(models / "digits_heldout.safetensors")
    images = heldout["input"].permute(0, 3, 1, 2).float()
    torch.testing.assert_close(model(images), heldout["logits"], **TOLERANCE)
    for case in sorted((root / "test" / "Inputs").glob("tiny_*")):
        model = load(MobileOne, case / "model.json", case / "weights.train.apple.safetensors")
        expected = load_file(case / "io.safetensors")
        torch.testing.assert_close(model(expected["input"]), expected["logits"], **TOLERANCE)
        print(f"{case.name} agrees")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
