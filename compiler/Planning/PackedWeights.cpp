//===- PackedWeights.cpp - Weights as kernels read them -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Planning/PackedWeights.h"

#include "compiler/Support/HalfFloat.h"

#include "llvm/Support/MathExtras.h"
#include "llvm/Support/xxhash.h"

#include <cstring>

using namespace mobileone;
using schedules::ElementType;
using schedules::PackingKind;
using schedules::WeightPacking;

/// Where the weight (output, input, tap) lies.
static int64_t packedIndex(const WeightPacking &packing, int64_t output,
                           int64_t input, int64_t tap) {
  switch (packing.kind) {
  case PackingKind::Vector:
    return output;
  case PackingKind::DepthwiseTaps:
    return tap * packing.paddedOutputs + output;
  case PackingKind::Panels:
    break;
  }
  const int64_t panel = packing.panel;
  return ((output / panel * packing.taps + tap) * packing.paddedInputs +
          input) *
             panel +
         output % panel;
}

static float roundTo(ElementType type, double value) {
  return float(type == ElementType::F16 ? roundToHalf(value) : value);
}

std::vector<float> mobileone::packWeights(const std::vector<double> &values,
                                          const WeightPacking &packing) {
  std::vector<float> packed(packing.elements(), 0.0f);
  const double *value = values.data();
  if (values.empty())
    return packed;
  for (int output = 0; output < packing.outputs; ++output)
    for (int input = 0; input < packing.inputs; ++input)
      for (int tap = 0; tap < packing.taps; ++tap)
        packed[packedIndex(packing, output, input, tap)] =
            roundTo(packing.type, *value++);
  return packed;
}

int64_t PackedWeights::add(const std::vector<float> &values, ElementType type) {
  if (type == ElementType::F32)
    return add(reinterpret_cast<const uint8_t *>(values.data()),
               int64_t(values.size() * sizeof(float)));
  std::vector<uint16_t> halves;
  for (float value : values)
    halves.push_back(floatToHalf(value));
  return add(reinterpret_cast<const uint8_t *>(halves.data()),
             int64_t(halves.size() * sizeof(uint16_t)));
}

int64_t PackedWeights::add(const uint8_t *data, int64_t size) {
  const uint64_t hash = llvm::xxh3_64bits(llvm::ArrayRef(data, size));
  auto [begin, end] = entries.equal_range(hash);
  for (auto entry = begin; entry != end; ++entry)
    if (entry->second.size == size &&
        std::memcmp(blob.data() + entry->second.offset, data, size) == 0)
      return entry->second.offset;
  const int64_t offset = int64_t(blob.size());
  blob.insert(blob.end(), data, data + size);
  blob.resize(llvm::alignTo(blob.size(), alignment), 0);
  entries.insert({hash, {offset, size}});
  return offset;
}
