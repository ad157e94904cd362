//===- KernelResults.cpp - Results of single kernels ----------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/KernelResults.h"

#include "compiler/Dialect/Locations.h"
#include "compiler/Dialect/MobileOneDialect.h"
#include "compiler/Reference/Interpreter.h"
#include "compiler/Spec/Layers.h"
#include "compiler/Support/HalfFloat.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

#include <cstring>
#include <fmt/format.h>
#include <map>

using namespace mobileone;

namespace {
/// A stage's output: what the stage's last layer computes.
struct StageEnd {
  std::string stage; ///< "stem", "stage1", ...
  bool gated;        ///< By the layer's squeeze-excite.
};
} // namespace

/// The outputs of stages by the names of their layers.
static std::map<std::string, StageEnd> stageEnds(const ModelSpec &spec) {
  std::map<std::string, StageEnd> outputs;
  for (const LayerSpec &layer : layersOf(spec))
    if (layer.endsStage)
      outputs[layer.name] = {layer.stage ? fmt::format("stage{}", layer.stage)
                                         : "stem",
                             layer.squeezeExciteHidden > 0};
  return outputs;
}

/// The stage whose output `operation` computes, or "". With squeeze-excite the
/// kernels of the consumers apply the gate, unless each operation is a kernel.
static std::string stageOf(mlir::Operation *operation,
                           const std::map<std::string, StageEnd> &outputs) {
  if (!llvm::isa_and_nonnull<ConvOp, ScaleOp>(operation))
    return "";
  auto output = outputs.find(layerOf(operation->getLoc()));
  if (output == outputs.end() ||
      output->second.gated != llvm::isa<ScaleOp>(operation))
    return "";
  return output->second.stage;
}

/// The kernel's results but for their tensors.
static std::vector<KernelResult>
describeResults(KernelOp kernel,
                const std::map<std::string, StageEnd> &outputs) {
  std::vector<KernelResult> results;
  mlir::Operation *yield = kernel.getBody().front().getTerminator();
  for (mlir::Value value : yield->getOperands()) {
    KernelResult result;
    result.kernel = kernel.getName().str();
    mlir::Operation *source = value.getDefiningOp();
    if (auto write = llvm::dyn_cast_or_null<WriteOutputOp>(source))
      result.channelsFirst = write.getLayout() == Layout::NCHW;
    result.stage = stageOf(source, outputs);
    results.push_back(std::move(result));
  }
  return results;
}

std::optional<InterpretedKernels> mobileone::interpretKernels(
    mlir::ModuleOp planned, const ModelSpec &spec, const WeightStore &weights,
    const std::vector<ReferenceTensor> &inputs, DiagnosticList &diagnostics) {
  std::map<std::string, StageEnd> outputs = stageEnds(spec);
  InterpretedKernels interpreted;
  auto observe = [&](mlir::Operation &operation,
                     const std::vector<ReferenceTensor> &tensors) {
    auto kernel = llvm::dyn_cast<KernelOp>(operation);
    if (!kernel)
      return;
    interpreted.kernels.push_back(describeResults(kernel, outputs));
    for (size_t i = 0; i < tensors.size(); ++i)
      interpreted.kernels.back()[i].tensor = tensors[i];
  };
  auto function = *planned.getOps<mlir::func::FuncOp>().begin();
  auto results = interpret(function, weights, inputs, diagnostics, observe);
  if (!results)
    return std::nullopt;
  interpreted.outputs = std::move(*results);
  return interpreted;
}

namespace {
/// Where an element of an image of a row-major reference tensor lies in a
/// kernel's buffer, which has the dimensions channel, x, y.
struct Extents {
  int64_t channels = 1, width = 1, height = 1;

  Extents(const std::vector<int64_t> &shape, bool channelsFirst) {
    if (shape.size() == 4 && channelsFirst) {
      channels = shape[1];
      height = shape[2];
      width = shape[3];
    } else if (shape.size() == 4) {
      height = shape[1];
      width = shape[2];
      channels = shape[3];
    } else if (shape.size() == 3) {
      height = shape[1];
      channels = shape[2];
    } else {
      channels = shape[1];
    }
  }
};
} // namespace

/// The element of `operand` at `index` of its elements, of f32 or f16.
static double valueAt(const ObservedOperand &operand, int64_t index) {
  if (operand.type.bits == 16) {
    uint16_t half;
    std::memcpy(&half, &operand.bytes[index * sizeof(half)], sizeof(half));
    return halfToFloat(half);
  }
  float value;
  std::memcpy(&value, &operand.bytes[index * sizeof(value)], sizeof(value));
  return value;
}

/// Whether `operand` holds `images` images of `extents`.
static bool holds(const ObservedOperand &operand, const Extents &extents,
                  int64_t images) {
  const auto [channels, width, height] = operand.extents;
  uint64_t bytes =
      uint64_t(images) * channels * width * height * (operand.type.bits / 8);
  return channels >= extents.channels && width >= extents.width &&
         height >= extents.height && operand.bytes.size() == bytes;
}

/// Appends image `image` of `operand` to `values`, NCHW or NHWC.
static void readImage(const ObservedOperand &operand, int64_t image,
                      const Extents &extents, bool channelsFirst,
                      std::vector<double> &values) {
  auto at = [&](int64_t c, int64_t x, int64_t y) {
    int64_t row = image * operand.extents[2] + y;
    return valueAt(operand,
                   c + operand.extents[0] * (x + operand.extents[1] * row));
  };
  if (channelsFirst) {
    for (int64_t c = 0; c < extents.channels; ++c)
      for (int64_t y = 0; y < extents.height; ++y)
        for (int64_t x = 0; x < extents.width; ++x)
          values.push_back(at(c, x, y));
    return;
  }
  for (int64_t y = 0; y < extents.height; ++y)
    for (int64_t x = 0; x < extents.width; ++x)
      for (int64_t c = 0; c < extents.channels; ++c)
        values.push_back(at(c, x, y));
}

std::vector<double> mobileone::readKernelResult(const ObservedStep &step,
                                                size_t result,
                                                const KernelResult &expected,
                                                DiagnosticList &diagnostics) {
  Extents extents(expected.tensor.shape, expected.channelsFirst);
  if (result >= step.operands.size() ||
      !holds(step.operands[result], extents, expected.tensor.shape[0])) {
    diagnostics.error(ErrorKind::Internal, step.name,
                      fmt::format("has no operand that is the result {} of "
                                  "kernel '{}'",
                                  result, expected.kernel));
    return {};
  }
  std::vector<double> values;
  values.reserve(expected.tensor.values.size());
  for (int64_t i = 0; i < expected.tensor.shape[0]; ++i)
    readImage(step.operands[result], i, extents, expected.channelsFirst,
              values);
  return values;
}
