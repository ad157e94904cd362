//===- Evaluate.cpp - What each operation computes ------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Reference/Evaluate.h"

#include "compiler/Dialect/SumBlock.h"
#include "compiler/Support/HalfFloat.h"

#include <cmath>

using namespace mlir;
using namespace mobileone;

const std::vector<double> &WeightReader::operator[](WeightAttr weight) {
  std::string name = weight.getName().str();
  auto found = cache.find(name);
  if (found == cache.end())
    found = cache.emplace(name, store.read(name)).first;
  return found->second;
}

void mobileone::roundTo(Type type, std::vector<double> &values) {
  if (type.isF16())
    for (double &value : values)
      value = roundToHalf(value);
}

const std::vector<double> &WeightReader::read(WeightAttr weight,
                                              std::optional<Type> type) {
  if (!type || !type->isF16())
    return (*this)[weight];
  auto [found, isNew] = halves.try_emplace(weight.getName().str());
  if (isNew) {
    found->second = (*this)[weight];
    roundTo(*type, found->second);
  }
  return found->second;
}

/// Zeros, of the shape of one image of `value`.
static ReferenceTensor makeTensor(Value value) {
  auto type = cast<RankedTensorType>(value.getType());
  std::vector<int64_t> shape = type.getShape().vec();
  int64_t elements = type.getNumElements() / shape[0];
  shape[0] = 1;
  return {std::move(shape), std::vector<double>(elements, 0.0)};
}

namespace {
/// Adds in what an operation's `accumulator` says: in double, or rounded to
/// half precision after each product; in blocks where it says so.
struct Accumulator {
  bool isHalf = false;
  int64_t block = 0;

  Accumulator() = default;
  template <typename Op>
  explicit Accumulator(Op op)
      : isHalf(op.getAccumulator() && op.getAccumulator()->isF16()),
        block(sumBlockOf(op)) {}

  void add(double &sum, double product) const {
    sum += product;
    if (isHalf)
      sum = roundToHalf(sum);
  }

  /// Adds inputs[i] * filter[i * stride] for i < count.
  void addProducts(double &sum, const double *inputs, const double *filter,
                   int64_t count, int64_t stride) const {
    for (int64_t first = 0; first < count; first += block ? block : count) {
      double blockSum = 0, &target = block ? blockSum : sum;
      int64_t end = block ? std::min(first + block, count) : count;
      for (int64_t i = first; i < end; ++i)
        add(target, inputs[i] * filter[i * stride]);
      if (block)
        add(sum, blockSum);
    }
  }
};
} // namespace

// A NaN stays one, unlike with std::max(x, 0).
static double relu(double x) { return x < 0 ? 0 : x; }
static double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

static void activate(ReferenceTensor &tensor, Activation activation) {
  if (activation == Activation::ReLU)
    for (double &value : tensor.values)
      value = relu(value);
}

//===----------------------------------------------------------------------===//
// Layers as plain functions
//===----------------------------------------------------------------------===//

/// filter [outputs, inputs] times `inputs`, plus bias.
static std::vector<double> linear(const std::vector<double> &inputs,
                                  const std::vector<double> &filter,
                                  const std::vector<double> &bias,
                                  Accumulator accumulator = {}) {
  std::vector<double> outputs(bias.size(), 0.0);
  for (size_t o = 0; o < outputs.size(); ++o) {
    accumulator.add(outputs[o], bias[o]);
    accumulator.addProducts(outputs[o], inputs.data(),
                            &filter[o * inputs.size()], int64_t(inputs.size()),
                            1);
  }
  return outputs;
}

/// Sums of each channel over all other dimensions.
static std::vector<double> channelSums(const ReferenceTensor &tensor) {
  size_t channels = tensor.shape.back();
  std::vector<double> sums(channels, 0.0);
  for (size_t i = 0; i < tensor.values.size(); ++i)
    sums[i % channels] += tensor.values[i];
  return sums;
}

/// sigmoid(expand(relu(reduce(sums / pixels)))).
template <typename Op>
static std::vector<double>
gateFromSums(Op op, std::vector<double> sums, int64_t pixels,
             std::optional<Type> filterType, WeightReader &weights) {
  for (double &sum : sums)
    sum /= pixels;
  auto hidden = linear(sums, weights.read(op.getReduceFilter(), filterType),
                       weights[op.getReduceBias()]);
  for (double &value : hidden)
    value = relu(value);
  auto gate = linear(hidden, weights.read(op.getExpandFilter(), filterType),
                     weights[op.getExpandBias()]);
  for (double &value : gate)
    value = sigmoid(value);
  return gate;
}

static void scaleChannels(ReferenceTensor &tensor,
                          const std::vector<double> &gate) {
  for (size_t i = 0; i < tensor.values.size(); ++i)
    tensor.values[i] *= gate[i % gate.size()];
}

//===----------------------------------------------------------------------===//
// Convolution
//===----------------------------------------------------------------------===//

/// Calls `tap(ky, kx, pixel)` for each tap of the kernel at output (y, x) that
/// falls on a pixel of the input, where `pixel` are that pixel's channels.
template <typename Tap>
static void forEachTap(ConvOp op, const ReferenceTensor &input, int64_t y,
                       int64_t x, Tap tap) {
  int64_t height = input.shape[1], width = input.shape[2];
  for (int64_t ky = 0; ky < op.getKernel(); ++ky)
    for (int64_t kx = 0; kx < op.getKernel(); ++kx) {
      int64_t iy = y * op.getStride() + ky - op.getPadding();
      int64_t ix = x * op.getStride() + kx - op.getPadding();
      if (iy >= 0 && iy < height && ix >= 0 && ix < width)
        tap(ky, kx, &input.values[(iy * width + ix) * input.shape[3]]);
    }
}

/// `filter` [o, i, ky, kx] as [ky, kx, i, o]: the loops over pixels then read
/// it in order.
static std::vector<double> outputsLast(const std::vector<double> &filter,
                                       ArrayRef<int64_t> shape) {
  int64_t inputs = shape[1], outputs = shape[0], taps = shape[2] * shape[3];
  std::vector<double> result(filter.size());
  for (int64_t o = 0; o < outputs; ++o)
    for (int64_t i = 0; i < inputs; ++i)
      for (int64_t t = 0; t < taps; ++t)
        result[(t * inputs + i) * outputs + o] =
            filter[(o * inputs + i) * taps + t];
  return result;
}

static void convolvePixel(ConvOp op, const ReferenceTensor &input,
                          const std::vector<double> &filter, int64_t y,
                          int64_t x, double *result) {
  Accumulator accumulator(op);
  int64_t outputs = op.getOutputChannels();
  int64_t inputs = op.getFilterShape()[1];
  forEachTap(op, input, y, x, [&](int64_t ky, int64_t kx, const double *pixel) {
    const double *tap = &filter[(ky * op.getKernel() + kx) * inputs * outputs];
    if (op.isDepthwise()) {
      for (int64_t c = 0; c < outputs; ++c)
        accumulator.add(result[c], pixel[c] * tap[c]);
      return;
    }
    if (accumulator.block) {
      for (int64_t o = 0; o < outputs; ++o)
        accumulator.addProducts(result[o], pixel, tap + o, inputs, outputs);
      return;
    }
    for (int64_t i = 0; i < inputs; ++i)
      for (int64_t o = 0; o < outputs; ++o)
        accumulator.add(result[o], pixel[i] * tap[i * outputs + o]);
  });
}

ReferenceTensor mobileone::evaluate(ConvOp op, const ReferenceTensor &input,
                                    WeightReader &weights) {
  ReferenceTensor result = makeTensor(op.getResult());
  auto filter = outputsLast(weights.read(op.getFilter(), op.getFilterType()),
                            op.getFilterShape());
  Accumulator accumulator(op);
  int64_t width = result.shape[2], outputs = result.shape[3];
  for (int64_t y = 0; y < result.shape[1]; ++y)
    for (int64_t x = 0; x < width; ++x) {
      double *pixel = &result.values[(y * width + x) * outputs];
      if (auto bias = op.getBiasAttr())
        for (auto [c, value] : llvm::enumerate(weights[bias]))
          accumulator.add(pixel[c], value);
      convolvePixel(op, input, filter, y, x, pixel);
    }
  activate(result, op.getActivation());
  return result;
}

//===----------------------------------------------------------------------===//
// The other operations
//===----------------------------------------------------------------------===//

/// Calls `copy(nhwc, callers)` with the two indices of each element of an image
/// of `shape`, NHWC, and of the same image in `layout`.
template <typename Copy>
static void forEachElement(ArrayRef<int64_t> shape, Layout layout, Copy copy) {
  int64_t height = shape[1], width = shape[2], channels = shape[3];
  for (int64_t y = 0; y < height; ++y)
    for (int64_t x = 0; x < width; ++x)
      for (int64_t c = 0; c < channels; ++c) {
        int64_t nhwc = (y * width + x) * channels + c;
        int64_t nchw = (c * height + y) * width + x;
        copy(nhwc, layout == Layout::NHWC ? nhwc : nchw);
      }
}

ReferenceTensor mobileone::evaluate(ReadInputOp op,
                                    const ReferenceTensor &image) {
  ReferenceTensor result = makeTensor(op.getResult());
  auto mean = op.getMean(), deviation = op.getStandardDeviation();
  int64_t channels = result.shape[3];
  forEachElement(result.shape, op.getLayout(), [&](int64_t to, int64_t from) {
    double value = image.values[from];
    if (mean)
      value = (value - (*mean)[to % channels]) / (*deviation)[to % channels];
    result.values[to] = value;
  });
  return result;
}

ReferenceTensor mobileone::evaluate(WriteOutputOp op,
                                    const ReferenceTensor &input) {
  ReferenceTensor result = makeTensor(op.getResult());
  forEachElement(input.shape, op.getLayout(), [&](int64_t from, int64_t to) {
    result.values[to] = input.values[from];
  });
  return result;
}

ReferenceTensor mobileone::evaluate(BatchNormOp op,
                                    const ReferenceTensor &input,
                                    WeightReader &weights) {
  ReferenceTensor result = input;
  const auto &scale = weights[op.getScale()], &shift = weights[op.getShift()];
  const auto &mean = weights[op.getMean()];
  const auto &variance = weights[op.getVariance()];
  double epsilon = op.getEpsilon().convertToDouble();
  for (size_t i = 0; i < result.values.size(); ++i) {
    size_t c = i % scale.size();
    result.values[i] = (result.values[i] - mean[c]) /
                           std::sqrt(variance[c] + epsilon) * scale[c] +
                       shift[c];
  }
  return result;
}

ReferenceTensor
mobileone::evaluate(AddOp op,
                    const std::vector<const ReferenceTensor *> &inputs) {
  ReferenceTensor result = *inputs.front();
  for (size_t input = 1; input < inputs.size(); ++input)
    for (size_t i = 0; i < result.values.size(); ++i)
      result.values[i] += inputs[input]->values[i];
  return result;
}

ReferenceTensor mobileone::evaluate(ReluOp op, const ReferenceTensor &input) {
  ReferenceTensor result = input;
  activate(result, Activation::ReLU);
  return result;
}

ReferenceTensor mobileone::evaluate(SqueezeExciteOp op,
                                    const ReferenceTensor &input,
                                    WeightReader &weights) {
  ReferenceTensor result = input;
  int64_t pixels = input.shape[1] * input.shape[2];
  scaleChannels(result, gateFromSums(op, channelSums(input), pixels,
                                     std::nullopt, weights));
  activate(result, op.getActivation());
  return result;
}

ReferenceTensor mobileone::evaluate(GlobalAveragePoolOp op,
                                    const ReferenceTensor &input) {
  ReferenceTensor result = makeTensor(op.getResult());
  result.values = channelSums(input);
  for (double &value : result.values)
    value /= input.shape[1] * input.shape[2];
  return result;
}

ReferenceTensor mobileone::evaluate(LinearOp op, const ReferenceTensor &input,
                                    WeightReader &weights) {
  ReferenceTensor result = makeTensor(op.getResult());
  result.values =
      linear(input.values, weights.read(op.getFilter(), op.getFilterType()),
             weights[op.getBias()], Accumulator(op));
  return result;
}

ReferenceTensor mobileone::evaluate(RowSumsOp op,
                                    const ReferenceTensor &input) {
  ReferenceTensor result = makeTensor(op.getResult());
  int64_t width = input.shape[2], channels = input.shape[3];
  for (int64_t y = 0; y < input.shape[1]; ++y)
    for (int64_t x = 0; x < width; ++x)
      for (int64_t c = 0; c < channels; ++c)
        result.values[y * channels + c] +=
            input.values[(y * width + x) * channels + c];
  return result;
}

ReferenceTensor mobileone::evaluate(ExciteOp op, const ReferenceTensor &rowSums,
                                    WeightReader &weights) {
  ReferenceTensor result = makeTensor(op.getResult());
  result.values = gateFromSums(op, channelSums(rowSums), op.getPixels(),
                               op.getFilterType(), weights);
  return result;
}

ReferenceTensor mobileone::evaluate(ScaleOp op, const ReferenceTensor &input,
                                    const ReferenceTensor &gate) {
  ReferenceTensor result = input;
  scaleChannels(result, gate.values);
  activate(result, op.getActivation());
  return result;
}
