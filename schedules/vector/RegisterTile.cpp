//===- RegisterTile.cpp - What a product keeps in registers ---------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "schedules/vector/RegisterTile.h"
#include "schedules/Packing.h"
#include "schedules/arm64/RegisterTile.h"
#include "schedules/x86/RegisterTile.h"

#include <algorithm>

namespace mobileone::schedules {

int lanesOf(const Machine &machine, ElementType type) {
  int bytes = machine.halfArithmetic ? bytesOf(type) : 4;
  return std::min(machine.vectorBytes / bytes, 16);
}

int evenPart(int width, int limit) {
  return ceilDivide(width, ceilDivide(width, limit));
}

std::vector<int> tilesOf(int section, int pixels) {
  std::vector<int> tiles(section / pixels, pixels);
  int rest = section % pixels;
  if (rest == 0)
    return tiles;
  if (tiles.empty())
    return {rest};
  tiles.back() = ceilDivide(pixels + rest, 2);
  tiles.push_back((pixels + rest) / 2);
  return tiles;
}

/// The section that makes a row cheapest, counted in multiply-adds that could
/// be issued. Where no section divides the row, the last one starts earlier.
static int chooseSection(const RegisterTile &tile, int width,
                         int fewestAccumulators) {
  // Longer ones make much code.
  constexpr int longest = 16;
  int best = tile.pixels, least = 0;
  for (int section = tile.pixels; section <= std::min(width, longest);
       ++section) {
    int cost = 0;
    for (int pixels : tilesOf(section, tile.pixels))
      cost += std::max(tile.vectors * pixels, fewestAccumulators);
    cost *= ceilDivide(width, section);
    if (least == 0 || cost < least) {
      best = section;
      least = cost;
    }
  }
  return best;
}

const MachineRule &ruleOf(const Machine &machine) {
  return machine.family == "arm64" ? arm64Rule : x86Rule;
}

RegisterTile chooseRegisterTile(const KernelRequest &request, ElementType type,
                                int outputs, int width) {
  RegisterTile tile;
  tile.lanes = lanesOf(request.machine, type);
  const Machine &machine = request.machine;
  int accumulators =
      ruleOf(machine).registerTile(machine, outputs, width, tile);
  tile.vectors = parameter(request, "vectors", tile.vectors);
  tile.pixels = evenPart(width, parameter(request, "pixels", tile.pixels));
  tile.section = chooseSection(tile, width, accumulators);
  tile.unroll = parameter(request, "unroll", tile.unroll);
  return tile;
}

std::vector<Parameter> registerTileParameters(const KernelRequest &request,
                                              ElementType type, int outputs,
                                              int width) {
  KernelRequest standard = request;
  standard.parameters.clear();
  RegisterTile tile = chooseRegisterTile(standard, type, outputs, width);
  std::vector<int> vectors;
  for (int count = 1; count * tile.lanes <= tile.panel; ++count)
    if (tile.panel % (count * tile.lanes) == 0)
      vectors.push_back(count);
  int registers = request.machine.vectorRegisters;
  return {makeParameter("vectors", vectors, tile.vectors),
          partsParameter("pixels", width, registers - 2, 1, tile.pixels),
          makeParameter("unroll", {1, 2, 4, tile.unroll}, tile.unroll)};
}

bool fitsRegisters(const Machine &machine, const RegisterTile &tile) {
  return tile.vectors * tile.pixels + std::min(tile.vectors, tile.pixels) + 1 <=
         machine.vectorRegisters;
}

} // namespace mobileone::schedules
