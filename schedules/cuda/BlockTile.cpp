//===- BlockTile.cpp - What a block of threads computes -------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "schedules/cuda/BlockTile.h"
#include "schedules/Packing.h"

#include <algorithm>
#include <cmath>

namespace mobileone::schedules {

/// Cycles until a load from the second-level cache arrives, and until threads
/// have met at a barrier.
constexpr double loadLatency = 250, barrierLatency = 40;
/// Bytes that a multiprocessor gets from the second-level cache in a cycle.
constexpr double bytesPerCycle = 40;
/// Of a multiprocessor: schedulers that issue for 32 threads each in a cycle,
/// threads, blocks, shared memory in bytes (the least of those that count).
constexpr int schedulers = 4, residentThreads = 1536, residentBlocks = 16,
              residentShared = 100 * 1024;

static int stripPixels(const Product &product, const BlockTile &tile) {
  auto extent = [&](int pixels) {
    return (pixels - 1) * product.stripStride + product.stripKernel;
  };
  return extent(tile.width) * extent(tile.height);
}

/// Pixels that a block reads to make its strip.
static int readPixels(const Product &product, const BlockTile &tile) {
  auto extent = [&](int pixels) {
    return (pixels - 1) * product.readStride + product.readKernel;
  };
  return product.stripTaps > 1 ? extent(tile.width) * extent(tile.height)
                               : stripPixels(product, tile);
}

int sharedBytesOf(const Product &product, const BlockTile &tile) {
  int strip = product.stripChannels * stripPixels(product, tile);
  int sums = tile.slices > 1
                 ? tile.outputs * tile.width * tile.height * tile.slices
                 : 0;
  return 4 * (strip + sums);
}

bool fitsSharedMemory(const Machine &machine, const Product &product) {
  return sharedBytesOf(product, BlockTile()) <= machine.sharedBytes;
}

/// Cycles that the machine takes for all blocks.
static double estimate(const Machine &machine, const Product &product,
                       const BlockTile &tile) {
  int threads = tile.threads();
  double blocks = double(product.outputs / tile.outputs) *
                  ceilDivide(product.width, tile.width) *
                  ceilDivide(product.height, tile.height) * product.images;
  double perMachine = std::ceil(blocks / machine.multiprocessors);
  int shared = sharedBytesOf(product, tile);
  double resident =
      std::max(1, std::min({residentThreads / threads, residentBlocks,
                            residentShared / std::max(shared, 1)}));

  // Instructions of a thread: multiply-adds, loads of the strip and of
  // weights, some for the loop; then what it stages.
  double inputs = ceilDivide(product.inputs, tile.slices);
  double perInput = tile.pixels * outputsPerThread + tile.pixels / 4.0 + 1.5;
  int items = ceilDivide(product.stripChannels, 4) * stripPixels(product, tile);
  double staged = ceilDivide(items, threads);
  double instructions = inputs * perInput + staged * product.stripTaps * 12 +
                        tile.slices * tile.pixels * 2 + 60;
  double warps = std::ceil(threads / 32.0);
  // A load of 128 bits by 32 threads takes two cycles of the one unit that
  // loads.
  double loads =
      warps * 2 *
      (inputs * (1 + tile.pixels / 4.0) + staged * product.stripTaps);
  double issue = std::max(warps * instructions / schedulers, loads);

  double latency = ceilDivide(int(inputs), tile.unroll) * loadLatency +
                   staged * loadLatency + 2 * barrierLatency +
                   (tile.slices > 1 ? barrierLatency + 30 * tile.slices : 0) +
                   instructions;
  double bytes = double(product.inputs) * tile.outputs * product.weightBytes +
                 4.0 * product.stripChannels * readPixels(product, tile);
  double waves = std::ceil(perMachine / resident);
  return std::max({perMachine * issue, waves * latency,
                   perMachine * bytes / bytesPerCycle});
}

static bool isLegal(const Machine &machine, const Product &product,
                    const BlockTile &tile) {
  bool fitsPanels =
      tile.outputs % product.panel == 0 || product.panel % tile.outputs == 0;
  int perSlice = tile.threadsPerSlice();
  return product.outputs % tile.outputs == 0 && fitsPanels &&
         tile.width <= product.width && tile.height <= product.height &&
         (product.isSliced ? product.inputs % (tile.slices * tile.unroll) == 0
                           : tile.slices == 1) &&
         perSlice * tile.slices <= 256 &&
         sharedBytesOf(product, tile) <= machine.sharedBytes;
}

static BlockTile chooseBlockTile(const Machine &machine,
                                 const Product &product) {
  BlockTile best, tile;
  double least = -1;
  auto consider = [&] {
    double cycles =
        isLegal(machine, product, tile) ? estimate(machine, product, tile) : -1;
    // Of equals the first one.
    if (cycles >= 0 && (least < 0 || cycles < least * 0.999)) {
      least = cycles;
      best = tile;
    }
  };
  for (int outputs : {16, 32, 48, 64, 96, 128})
    for (int pixels : {1, 2, 4, 7, 8})
      for (int runs = 1; runs * pixels <= std::min(product.width, 32); ++runs)
        for (int height : {1, 2, 4, 7, 8})
          for (int slices : {1, 2, 4, 8})
            for (int unroll : {16, 8, 4}) {
              if (unroll == 16 && pixels > 2)
                continue;
              tile = {outputs, runs * pixels, height, pixels, slices, unroll};
              consider();
            }
  return best;
}

std::map<std::string, int> parametersOf(const BlockTile &tile) {
  return {{"outputs", tile.outputs}, {"width", tile.width},
          {"height", tile.height},   {"pixels", tile.pixels},
          {"slices", tile.slices},   {"unroll", tile.unroll}};
}

BlockTile tileWith(const std::map<std::string, int> &parameters) {
  BlockTile tile;
  auto read = [&](const char *name, int &value) {
    auto found = parameters.find(name);
    if (found != parameters.end())
      value = found->second;
  };
  read("outputs", tile.outputs);
  read("width", tile.width);
  read("height", tile.height);
  read("pixels", tile.pixels);
  read("slices", tile.slices);
  read("unroll", tile.unroll);
  return tile;
}

BlockTile chooseBlockTile(const KernelRequest &request,
                          const Product &product) {
  std::map<std::string, int> parameters =
      parametersOf(chooseBlockTile(request.machine, product));
  for (const auto &[name, value] : request.parameters)
    parameters[name] = value;
  return tileWith(parameters);
}

} // namespace mobileone::schedules
