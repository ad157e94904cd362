//===- ChooseAccumulators.cpp - Sums in half precision where they may be --===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Planning/Passes.h"

#include "compiler/Dialect/MobileOneDialect.h"
#include "compiler/Dialect/SumBlock.h"
#include "compiler/Support/HalfFloat.h"

#include "schedules/SumBlocks.h"

#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/MathExtras.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <utility>

namespace mobileone {
#define GEN_PASS_DEF_CHOOSEACCUMULATORS
#include "compiler/Planning/Passes.h.inc"
} // namespace mobileone

using namespace mlir;
using namespace mobileone;

namespace {

/// A layer whose products may be added up in half precision.
struct Layer {
  Operation *op;
  std::vector<double> filter, bias; ///< As the store has them.
  int64_t outputs, inputs, taps;    ///< `inputs` per output.
  bool readsImage;                  ///< Inputs of both signs.
  double multiplyAdds;
  double error = 0; ///< See measure.
};

/// Numbers that are the same on every machine.
class Normal {
public:
  explicit Normal(uint64_t seed) : engine(seed) {}
  /// The sum of 12 uniform numbers of variance 1 / 12.
  double operator()() {
    double sum = -6;
    for (int i = 0; i < 12; ++i)
      sum += double(engine() >> 11) * 0x1p-53;
    return sum;
  }

private:
  std::mt19937_64 engine;
};

} // namespace

static bool isHalf(Value value) {
  return cast<RankedTensorType>(value.getType()).getElementType().isF16();
}

template <typename Op> static bool mayAddUpHalves(Op op) {
  std::optional<Type> filter = op.getFilterType();
  return isHalf(op.getInput()) && filter && filter->isF16();
}

static std::vector<double> readOr(const WeightStore &weights, WeightAttr name,
                                  int64_t count) {
  return name ? weights.read(name.getName().str())
              : std::vector<double>(count, 0.0);
}

static std::optional<Layer> describe(ConvOp op, const WeightStore &weights) {
  if (!mayAddUpHalves(op))
    return std::nullopt;
  auto shape = cast<RankedTensorType>(op.getType()).getShape();
  SmallVector<int64_t, 4> filter = op.getFilterShape();
  Layer layer = {op,
                 readOr(weights, op.getFilterAttr(), 0),
                 readOr(weights, op.getBiasAttr(), filter[0]),
                 filter[0],
                 filter[1],
                 filter[2] * filter[3],
                 isa_and_nonnull<ReadInputOp>(op.getInput().getDefiningOp()),
                 0};
  layer.multiplyAdds =
      double(layer.filter.size()) * double(shape[1] * shape[2]);
  return layer;
}

static std::optional<Layer> describe(LinearOp op, const WeightStore &weights) {
  if (!mayAddUpHalves(op))
    return std::nullopt;
  int64_t outputs = cast<RankedTensorType>(op.getType()).getDimSize(1);
  Layer layer = {op,
                 readOr(weights, op.getFilterAttr(), 0),
                 readOr(weights, op.getBiasAttr(), outputs),
                 outputs,
                 0,
                 1,
                 false,
                 0};
  layer.inputs = int64_t(layer.filter.size()) / outputs;
  layer.multiplyAdds = double(layer.filter.size());
  return layer;
}

/// The inputs that kernels add up on their own, or 0.
static int64_t blockOf(const Layer &layer) {
  int padded = int(llvm::alignTo(layer.inputs, 16));
  int block = schedules::sumBlock(padded);
  return layer.taps == 1 && block < padded ? block : 0;
}

/// Adds up one random window of `layer` for output `output` in the order of
/// kernels, tap by tap, in half precision; returns that sum and the exact one.
static std::pair<double, double> addUp(const Layer &layer, int64_t output,
                                       Normal &normal) {
  double exact = layer.bias[output], half = roundToHalf(exact), blockSum = 0;
  const int64_t block = blockOf(layer);
  for (int64_t tap = 0; tap < layer.taps; ++tap)
    for (int64_t input = 0; input < layer.inputs; ++input) {
      int64_t index = (output * layer.inputs + input) * layer.taps + tap;
      double weight = roundToHalf(layer.filter[index]);
      double value =
          roundToHalf(layer.readsImage ? normal() : std::abs(normal()));
      exact += weight * value;
      double &sum = block ? blockSum : half;
      sum = roundToHalf(sum + weight * value);
      if (block && ((input + 1) % block == 0 || input + 1 == layer.inputs))
        half = roundToHalf(half + std::exchange(blockSum, 0.0));
    }
  return {half, exact};
}

/// The root mean square error of sums in half precision, relative to that of
/// the sums, for random inputs like activations after a ReLU.
static double measure(const Layer &layer) {
  constexpr int64_t mostOutputs = 32;
  constexpr int windows = 8;
  Normal normal(1);
  int64_t step = std::max<int64_t>(1, layer.outputs / mostOutputs);
  double errors = 0, sums = 0;
  for (int64_t output = 0; output < layer.outputs; output += step)
    for (int window = 0; window < windows; ++window) {
      auto [half, exact] = addUp(layer, output, normal);
      errors += (half - exact) * (half - exact);
      sums += exact * exact;
    }
  return sums > 0 ? std::sqrt(errors / sums) : 0;
}

namespace {
struct ChooseAccumulators
    : mobileone::impl::ChooseAccumulatorsBase<ChooseAccumulators> {
  explicit ChooseAccumulators(const WeightStore &weights) : weights(weights) {}
  ChooseAccumulators(const ChooseAccumulators &other)
      : ChooseAccumulatorsBase(other), weights(other.weights) {}

  void runOnOperation() override {
    std::vector<Layer> layers;
    getOperation().walk([&](Operation *op) {
      llvm::TypeSwitch<Operation *>(op).Case<ConvOp, LinearOp>([&](auto each) {
        if (std::optional<Layer> layer = describe(each, weights))
          layers.push_back(std::move(*layer));
      });
    });
    for (Layer &layer : layers)
      layer.error = measure(layer);
    // Those first whose multiply-adds cost the least error.
    std::stable_sort(layers.begin(), layers.end(),
                     [](const Layer &a, const Layer &b) {
                       return a.error * a.error * b.multiplyAdds <
                              b.error * b.error * a.multiplyAdds;
                     });
    choose(layers);
  }

  /// Errors of different layers are independent: their squares add up.
  void choose(const std::vector<Layer> &layers) {
    Builder builder(&getContext());
    TypeAttr half = TypeAttr::get(builder.getF16Type());
    double sum = 0;
    for (const Layer &layer : layers) {
      double next = sum + layer.error * layer.error;
      if (!(next <= bound * bound))
        continue;
      sum = next;
      llvm::TypeSwitch<Operation *>(layer.op).Case<ConvOp, LinearOp>(
          [&](auto op) { op.setAccumulatorAttr(half); });
      if (int64_t block = blockOf(layer))
        setSumBlock(layer.op, block);
    }
  }

  const WeightStore &weights;
};
} // namespace

std::unique_ptr<Pass>
mobileone::createChooseAccumulatorsPass(const WeightStore &weights) {
  return std::make_unique<::ChooseAccumulators>(weights);
}
