# Part of the mobileonec project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Trains a MobileOne on handwritten digits, with the paper's recipe in small.

SGD with momentum, a learning rate and a weight decay that both follow a cosine,
label smoothing, and a moving average of the weights, which is what is kept.

Writes into the output folder, where NAME is the spec's name:

  NAME.safetensors            the train-time checkpoint: branches not merged
  NAME_heldout.safetensors    input (uint8 NHWC), labels, PyTorch's logits
  NAME_images.idx             the images as an IDX file, the format of MNIST's
  NAME_labels.idx             the labels, the same
  NAME_logits.f32             the logits, little-endian float32 and nothing else
"""

import argparse
import copy
import json
import math
import pathlib

import numpy
import torch
from safetensors.torch import load_file, save_file
from tqdm import tqdm

from digits import augment, load_images, split, write_idx
from mobileone import MobileOne


def parse_arguments():
    models = pathlib.Path(__file__).resolve().parent.parent / "models"
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "-o", "--output", type=pathlib.Path, required=True, help="folder to write into"
    )
    for option, default, text in (
        ("--spec", models / "digits.json", "the network, as mobileonec reads it"),
        ("--epochs", 80, "passes over the images"),
        ("--batch", 64, "images a step"),
        ("--rate", 0.1, "learning rate at the start; 0 at the end"),
        ("--weight-decay", 1e-4, "at the start; a tenth of it at the end"),
        ("--label-smoothing", 0.1, "share of the wrong classes in a label"),
        ("--ema", 0.99, "decay of the weights' moving average"),
        ("--seed", 1, "of the split, the start and the order of images"),
        ("--threads", 2, "that PyTorch uses"),
    ):
        text = f"{text} (default: {default})"
        parser.add_argument(option, type=type(default), default=default, help=text)
    return parser.parse_args()


def cosine(start, end, progress):
    """From `start` at progress 0 to `end` at progress 1, along half a cosine."""
    return end + (start - end) * (1 + math.cos(math.pi * progress)) / 2


def make_optimizer(model, rate):
    """Weight decay applies to convolutions and the classifier's matrix only."""
    parameters = list(model.parameters())
    groups = [
        {"params": [p for p in parameters if p.ndim > 1], "decays": True},
        {"params": [p for p in parameters if p.ndim == 1], "decays": False},
    ]
    return torch.optim.SGD(groups, lr=rate, momentum=0.9, nesterov=True)


def schedule(optimizer, arguments, progress):
    """Sets learning rate and weight decay for `progress` in [0, 1]."""
    decay = cosine(arguments.weight_decay, arguments.weight_decay / 10, progress)
    for group in optimizer.param_groups:
        group["lr"] = cosine(arguments.rate, 0, progress)
        group["weight_decay"] = decay if group["decays"] else 0


@torch.no_grad()
def update_average(average, model, decay):
    """average = decay * average + (1 - decay) * model, batch-norm statistics
    included."""
    current = model.state_dict()
    for name, value in average.state_dict().items():
        if value.is_floating_point():
            value.lerp_(current[name], 1 - decay)
        else:
            value.copy_(current[name])


def to_network_input(images):
    """uint8 (n, h, w, c) -> float32 (n, c, h, w), values unchanged."""
    return torch.from_numpy(images).permute(0, 3, 1, 2).float()


@torch.no_grad()
def compute_logits(model, images):
    model.eval()
    return model(to_network_input(images))


def train(model, images, labels, arguments):
    """Trains `model`; returns the moving average of its weights as a model."""
    generator = torch.Generator().manual_seed(arguments.seed)
    inputs, targets = to_network_input(images), torch.from_numpy(labels).long()
    average = copy.deepcopy(model)
    optimizer = make_optimizer(model, arguments.rate)
    measure_loss = torch.nn.CrossEntropyLoss(label_smoothing=arguments.label_smoothing)
    steps_per_epoch = max(1, len(inputs) // arguments.batch)
    total, step = arguments.epochs * steps_per_epoch, 0
    progress = tqdm(range(arguments.epochs), unit="epoch", disable=None)
    model.train()
    for _ in progress:
        order = torch.randperm(len(inputs), generator=generator)
        for chosen in order.split(arguments.batch)[:steps_per_epoch]:
            schedule(optimizer, arguments, step / total)
            loss = measure_loss(
                model(augment(inputs[chosen], generator)), targets[chosen]
            )
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            step += 1
            # A short memory at first, or the random start would linger in it.
            update_average(average, model, min(arguments.ema, step / (step + 10)))
        progress.set_postfix(loss=f"{loss.item():.3f}")
    return average


def export(model, spec, images, labels, folder):
    """Writes checkpoint and held-out data; the logits are those of the file as
    it is read back. Returns them."""
    folder.mkdir(parents=True, exist_ok=True)
    name = spec["name"]
    checkpoint = folder / f"{name}.safetensors"
    save_file(model.state_dict(), checkpoint)
    reread = MobileOne(spec)
    reread.load_state_dict(load_file(checkpoint))
    logits = compute_logits(reread, images)
    arrays = {
        "input": torch.from_numpy(images),
        "labels": torch.from_numpy(labels),
        "logits": logits,
    }
    save_file(arrays, folder / f"{name}_heldout.safetensors")
    write_idx(folder / f"{name}_images.idx", images.squeeze(3))
    write_idx(folder / f"{name}_labels.idx", labels)
    (folder / f"{name}_logits.f32").write_bytes(logits.numpy().astype("<f4").tobytes())
    return logits


def main():
    arguments = parse_arguments()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    spec = json.loads(arguments.spec.read_text())
    images, labels = load_images(spec["input"]["height"], spec["input"]["width"])
    kept, heldout, kept_labels, heldout_labels = split(images, labels, arguments.seed)
    print(f"{len(kept)} images to train on, {len(heldout)} held out")
    average = train(MobileOne(spec), kept, kept_labels, arguments)
    logits = export(average, spec, heldout, heldout_labels, arguments.output)
    right = int(numpy.sum(logits.argmax(1).numpy() == heldout_labels))
    print(f"held-out accuracy: {right}/{len(heldout)} = {right / len(heldout):.2%}")
    print(f"wrote {arguments.output}")


if __name__ == "__main__":
    main()
