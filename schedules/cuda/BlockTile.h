//===- BlockTile.h - What a block of threads computes -----------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A product on a GPU is cut into blocks of threads. A block keeps what it
// multiplies, for its pixels and all inputs, in the memory that its threads
// share, and each of its threads some sums in registers. Where a map is small
// there are few blocks, and a thread would wait for one weight after the other:
// slices of a block's threads then add up a part of the inputs each.
//
//===----------------------------------------------------------------------===//
#ifndef MOBILEONE_SCHEDULES_CUDA_BLOCKTILE_H
#define MOBILEONE_SCHEDULES_CUDA_BLOCKTILE_H

#include "schedules/KernelRequest.h"

namespace mobileone::schedules {

/// Outputs that a thread computes: what one load of 128 bits brings.
constexpr int outputsPerThread = 4;

struct BlockTile {
  int outputs = 16;          ///< Of a block.
  int width = 1, height = 1; ///< Pixels of a block.
  int pixels = 1;            ///< Of a thread, in a row; divides the width.
  int slices = 1;            ///< Parts of the inputs.
  int unroll = 4;            ///< Inputs at a time; of each slice.

  int threadsPerSlice() const {
    return outputs / outputsPerThread * (width / pixels) * height;
  }
  int threads() const { return threadsPerSlice() * slices; }
};

/// A product whose sums run over what a block keeps in shared memory.
struct Product {
  int outputs = 16; ///< Stored.
  int panel = 16;   ///< Of the weights.
  int width = 1, height = 1, images = 1;
  /// Inputs of each sum, taps included.
  int inputs = 1;
  int weightBytes = 4; ///< Of an element.
  /// Channels of the strip, and how many pixels of it a tile of the product
  /// needs: stride * (extent - 1) + kernel in each direction.
  int stripChannels = 1, stripKernel = 1, stripStride = 1;
  /// Loads that make an element of the strip, by a convolution with this kernel
  /// and stride where there are more than one.
  int stripTaps = 1, readKernel = 1, readStride = 1;
  /// Whether slices may share its inputs.
  bool isSliced = true;
};

/// Bytes of shared memory for the strip and the sums of slices.
int sharedBytesOf(const Product &product, const BlockTile &tile);

/// Whether a block for one pixel fits the machine's shared memory.
bool fitsSharedMemory(const Machine &machine, const Product &product);

/// The tile that should take least time, by a model of a multiprocessor's issue
/// slots, its waits for memory, and the bytes that it reads; or what the
/// request's parameters say.
BlockTile chooseBlockTile(const KernelRequest &request, const Product &product);

/// A tile as a layout's parameters, and back.
std::map<std::string, int> parametersOf(const BlockTile &tile);
BlockTile tileWith(const std::map<std::string, int> &parameters);

} // namespace mobileone::schedules

#endif // MOBILEONE_SCHEDULES_CUDA_BLOCKTILE_H
