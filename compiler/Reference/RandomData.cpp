//===- RandomData.cpp - Seeded inputs and weights for any IR --------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Reference/RandomData.h"

#include "compiler/Dialect/WeightUses.h"

#include "llvm/Support/xxhash.h"

#include <cmath>
#include <random>

using namespace mlir;
using namespace mobileone;

namespace {
/// Uniform numbers; the same on every platform, unlike the distributions of the
/// standard library.
class Uniform {
public:
  explicit Uniform(uint64_t seed) : engine(seed) {}
  double between(double low, double high) {
    return low + (high - low) * double(engine() >> 11) * 0x1p-53;
  }

private:
  std::mt19937_64 engine;
};

struct Range {
  double low, high;
};
} // namespace

static int64_t countElements(ArrayRef<int64_t> shape) {
  int64_t count = 1;
  for (int64_t extent : shape)
    count *= extent;
  return count;
}

static Range rangeOf(const WeightUse &use) {
  switch (use.part) {
  case WeightPart::Filter: {
    // Variance 1 / fan-in.
    double bound = std::sqrt(3.0 * use.shape[0] / countElements(use.shape));
    return {-bound, bound};
  }
  case WeightPart::BatchNormScale:
  case WeightPart::BatchNormVariance:
    return {0.5, 1.5};
  case WeightPart::Bias:
  case WeightPart::BatchNormShift:
  case WeightPart::BatchNormMean:
    return {-0.5, 0.5};
  }
  llvm_unreachable("every part is listed");
}

void mobileone::addRandomWeights(Operation *root, uint64_t seed,
                                 WeightStore &weights) {
  for (const WeightUse &use : requiredWeights(root)) {
    Range range = rangeOf(use);
    Uniform uniform(seed ^ llvm::xxh3_64bits(use.name));
    std::vector<double> values(countElements(use.shape));
    for (double &value : values)
      value = uniform.between(range.low, range.high);
    weights.add(use.name, use.shape, std::move(values));
  }
}

std::vector<ReferenceTensor> mobileone::randomInputs(func::FuncOp function,
                                                     uint64_t seed) {
  std::vector<ReferenceTensor> inputs;
  for (auto [index, type] : llvm::enumerate(function.getArgumentTypes())) {
    auto tensor = cast<RankedTensorType>(type);
    Uniform uniform(seed + index);
    bool isInteger = tensor.getElementType().isInteger();
    ReferenceTensor input{tensor.getShape().vec(),
                          std::vector<double>(tensor.getNumElements())};
    for (double &value : input.values)
      value = isInteger ? std::floor(uniform.between(0, 256))
                        : uniform.between(-1, 1);
    inputs.push_back(std::move(input));
  }
  return inputs;
}
