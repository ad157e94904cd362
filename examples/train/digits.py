# Part of the mobileonec project, under the Apache License v2.0 with LLVM
# Exceptions. See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Handwritten digits: scikit-learn's 1797 images, and the files they go to."""

import struct

import numpy
import torch
import torch.nn.functional as functional
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split


def load_images(height, width):
    """All images as uint8 (n, height, width, 1), and their labels as uint8.

    The originals are 8x8 with values 0..16; they are enlarged bilinearly.
    """
    digits = load_digits()
    small = torch.from_numpy(digits.images).float().unsqueeze(1) * (255 / 16)
    large = functional.interpolate(small, (height, width), mode="bilinear")
    images = large.round().clamp(0, 255).to(torch.uint8).permute(0, 2, 3, 1)
    return images.contiguous().numpy(), digits.target.astype(numpy.uint8)


def split(images, labels, seed):
    """A quarter of each digit's images is held out:
    (train images, held-out images, train labels, held-out labels)."""
    return train_test_split(
        images, labels, test_size=0.25, random_state=seed, stratify=labels
    )


def augment(batch, generator):
    """Turns by up to 10 degrees, scales by up to 10% and shifts by up to an
    eighth each image of a float (n, c, h, w) batch."""
    count = batch.shape[0]
    random = torch.rand((4, count), generator=generator) * 2 - 1
    angle, scale = random[0] * 0.1745, 1 + 0.1 * random[1]
    cosine, sine = torch.cos(angle) * scale, torch.sin(angle) * scale
    rows = (cosine, -sine, random[2] / 4, sine, cosine, random[3] / 4)
    matrix = torch.stack(rows, 1).view(count, 2, 3)
    grid = functional.affine_grid(matrix, batch.shape, align_corners=False)
    return functional.grid_sample(batch, grid, align_corners=False)


def write_idx(path, array):
    """Writes a uint8 array as an IDX file, the format of the MNIST files: two
    zero bytes, 8 for uint8, the number of dimensions, each dimension as a
    big-endian 32-bit integer, then the elements in row-major order."""
    header = struct.pack(f">BBBB{array.ndim}I", 0, 0, 8, array.ndim, *array.shape)
    path.write_bytes(header + array.tobytes())
