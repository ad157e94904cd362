//===- OperationCounts.cpp - What a core must do --------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Estimate/OperationCounts.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>

using namespace mobileone;

static constexpr uint64_t OperationCounts::*kCounts[] = {
    &OperationCounts::instructions, &OperationCounts::slots,
    &OperationCounts::simd,         &OperationCounts::multiplies,
    &OperationCounts::multiplyAdds, &OperationCounts::loads,
    &OperationCounts::vectorLoads,  &OperationCounts::stores,
    &OperationCounts::vectorStores, &OperationCounts::branches};
static_assert(sizeof(kCounts) / sizeof(kCounts[0]) * sizeof(uint64_t) ==
                  sizeof(OperationCounts),
              "every count is named");

OperationCounts &OperationCounts::add(const OperationCounts &other,
                                      uint64_t times) {
  for (uint64_t OperationCounts::*count : kCounts)
    this->*count += other.*count * times;
  return *this;
}

bool OperationCounts::contains(const OperationCounts &other) const {
  return std::all_of(std::begin(kCounts), std::end(kCounts),
                     [&](uint64_t OperationCounts::*count) {
                       return this->*count >= other.*count;
                     });
}

OperationCounts &OperationCounts::operator-=(const OperationCounts &other) {
  for (uint64_t OperationCounts::*count : kCounts)
    this->*count -= other.*count;
  return *this;
}

OperationCounts OperationCounts::dividedBy(uint64_t parts) const {
  OperationCounts result = *this;
  for (uint64_t OperationCounts::*count : kCounts)
    result.*count /= parts;
  return result;
}

nlohmann::ordered_json mobileone::countsAsJson(const OperationCounts &counts) {
  return {{"instructions", counts.instructions},
          {"slots", counts.slots},
          {"simd", counts.simd},
          {"multiplies", counts.multiplies},
          {"fma", counts.multiplyAdds},
          {"loads", counts.loads},
          {"stores", counts.stores},
          {"branches", counts.branches}};
}
