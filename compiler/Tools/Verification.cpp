//===- Verification.cpp - A library against the reference interpreter -----===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/Verification.h"

#include "compiler/Reference/Interpreter.h"
#include "compiler/Tools/KernelReplay.h"
#include "compiler/Tools/KernelResults.h"
#include "compiler/Tools/Npy.h"
#include "compiler/Tools/OutputSummary.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <set>

using namespace mobileone;

bool Verification::passed() const {
  return std::all_of(targets.begin(), targets.end(), [](const auto &target) {
    return std::all_of(target.comparisons.begin(), target.comparisons.end(),
                       [](const Comparison &c) { return c.passed(); });
  });
}

static double largestDifference(const ReferenceTensor &one,
                                const ReferenceTensor &other) {
  double largest = 0;
  for (auto [a, b] : llvm::zip_equal(one.values, other.values))
    largest = std::max(largest, std::abs(a - b));
  return largest;
}

namespace {

/// Compares one model; what the interpreter says is computed once.
class Verifier {
public:
  Verifier(const CompileResult &compiled, ModelExecution &execution,
           const ExpectedTensors &expected, Progress &progress,
           DiagnosticList &diagnostics)
      : compiled(compiled), execution(execution), expected(expected),
        progress(progress), diagnostics(diagnostics) {}

  std::optional<Verification> run(uint64_t seed) {
    result.model = execution.model().name;
    result.tolerance = toleranceOf(compiled.precision);
    for (const PlannedModule &planned : compiled.planned)
      if (!verifyTarget(planned, seed))
        return std::nullopt;
    for (const auto &[name, tensor] : expected)
      if (name != "input" && !compared.count(name))
        result.notCompared.push_back(name);
    if (!expected.empty() && compared.empty()) {
      diagnostics.error(
          ErrorKind::BadInput, "--expect",
          "the file has no tensor that the library computes",
          fmt::format("call it '{}'", execution.model().outputs[0].name));
      return std::nullopt;
    }
    return std::move(result);
  }

private:
  bool verifyTarget(const PlannedModule &planned, uint64_t seed) {
    ModelBuffers buffers(execution.model());
    if (expected.empty())
      buffers.fillInputs(seed);
    else if (!setExpectedInput(expected, seed, buffers, diagnostics))
      return false;
    if (!interpretOnce(planned, buffers))
      return false;
    progress.update("running", result.targets.size(), compiled.planned.size(),
                    planned.target->name);
    result.targets.push_back({planned.target->name, {}});
    std::vector<size_t> counts;
    for (const std::vector<KernelResult> &results : kernels)
      counts.push_back(results.size());
    std::optional<std::vector<ObservedStep>> steps =
        execution.run(*planned.target, counts, buffers, diagnostics);
    if (isRounded())
      replay.emplace(*planned.module, compiled.weights,
                     referenceInputs(buffers));
    if (!steps || !compareSteps(*steps))
      return false;
    compareOutputs(buffers);
    return !diagnostics.hasErrors();
  }

  /// The network as trained, and the kernels, which are the same for all
  /// targets: only schedules and memory differ.
  bool interpretOnce(const PlannedModule &planned,
                     const ModelBuffers &buffers) {
    if (!kernels.empty())
      return true;
    std::vector<ReferenceTensor> inputs = referenceInputs(buffers);
    progress.update("interpreting", 0, 2, "the network as trained");
    mlir::ModuleOp module = *compiled.training;
    auto function = *module.getOps<mlir::func::FuncOp>().begin();
    auto outputs = interpret(function, compiled.weights, inputs, diagnostics);
    if (!outputs)
      return false;
    trainedOutputs = std::move(*outputs);
    progress.update("interpreting", 1, 2, "the kernels");
    auto results = interpretKernels(*planned.module, *compiled.spec,
                                    compiled.weights, inputs, diagnostics);
    if (!results)
      return false;
    kernels = std::move(results->kernels);
    roundedOutputs = std::move(results->outputs);
    for (uint32_t i = 0; isRounded() && i < roundedOutputs.size(); ++i)
      result.rounding.push_back(
          {execution.model().outputs[i].name,
           largestDifference(roundedOutputs[i], trainedOutputs[i])});
    return true;
  }

  bool isRounded() const { return compiled.precision != Precision::F32; }

  bool compareSteps(const std::vector<ObservedStep> &steps) {
    if (steps.size() != kernels.size())
      diagnostics.error(
          ErrorKind::Internal, result.model,
          fmt::format("{} steps for {} kernels", steps.size(), kernels.size()));
    for (size_t i = 0; i < steps.size() && !diagnostics.hasErrors(); ++i)
      compareStep(steps[i], i);
    return !diagnostics.hasErrors();
  }

  void compareStep(const ObservedStep &step, size_t number) {
    const std::vector<KernelResult> &results = kernels[number];
    std::vector<ReferenceTensor> own;
    if (replay)
      own = replay->interpret(number);
    for (size_t i = 0; i < results.size(); ++i) {
      const KernelResult &kernel = results[i];
      std::vector<double> values =
          readKernelResult(step, i, kernel, diagnostics);
      if (values.empty())
        continue;
      std::string suffix = i ? fmt::format(" #{}", i) : "";
      compare(step.name + suffix, "interpreter", values,
              replay ? own[i] : kernel.tensor);
      if (replay)
        replay->record(number, i, values);
      auto elsewhere = expected.find(kernel.stage);
      if (elsewhere != expected.end())
        compareExpected(kernel.stage, values, elsewhere->second,
                        kernel.channelsFirst ? MOBILEONE_LAYOUT_NCHW
                                             : MOBILEONE_LAYOUT_NHWC,
                        kernel.tensor);
    }
  }

  void compareOutputs(const ModelBuffers &buffers) {
    for (uint32_t i = 0; i < execution.model().output_count; ++i) {
      const mobileone_tensor &tensor = execution.model().outputs[i];
      std::vector<float> floats = outputValues(buffers, i);
      std::vector<double> values(floats.begin(), floats.end());
      compare(tensor.name, "as trained", values, trainedOutputs[i],
              &roundedOutputs[i]);
      auto elsewhere = expected.find(tensor.name);
      if (elsewhere != expected.end())
        compareExpected(tensor.name, values, elsewhere->second, tensor.layout,
                        roundedOutputs[i]);
    }
  }

  /// Compares the images that the file has with as many of `values`.
  void compareExpected(const std::string &name, std::vector<double> values,
                       const ReferenceTensor &found, uint32_t layout,
                       ReferenceTensor rounded) {
    compared.insert(name);
    size_t images = size_t(countImages(expected));
    size_t elements = values.size() / size_t(rounded.shape[0]) * images;
    rounded.shape[0] = int64_t(images);
    ReferenceTensor tensor = toLayout(found, layout, rounded.shape);
    values.resize(elements);
    rounded.values.resize(elements);
    if (tensor.shape == rounded.shape)
      return compare(name, "--expect", values, tensor, &rounded);
    diagnostics.error(ErrorKind::BadInput, "--expect",
                      fmt::format("'{}' in the library's layout has shape {} "
                                  "where the library computes {}",
                                  escapeForDisplay(name),
                                  formatShape(tensor.shape),
                                  formatShape(rounded.shape)));
  }

  /// Logits are held to the tolerance as it is. A map's small values are sums
  /// of large ones with the rounding errors of all layers before: its absolute
  /// part is relative to the map's largest value, where that exceeds 1. In half
  /// precision it also is what rounding does to the network, `rounded`, when
  /// all else is exact: two roundings of a deep network differ like that.
  Tolerance toleranceFor(const ReferenceTensor &tensor,
                         const ReferenceTensor *rounded) const {
    Tolerance tolerance = result.tolerance;
    double largest = 1;
    if (tensor.shape.size() > 2)
      for (double value : tensor.values)
        largest = std::max(largest, std::abs(value));
    tolerance.absolute *= largest;
    if (rounded && isRounded())
      tolerance.absolute =
          std::max(tolerance.absolute, 4 * largestDifference(*rounded, tensor));
    return tolerance;
  }

  void compare(const std::string &name, const char *against,
               const std::vector<double> &values, const ReferenceTensor &tensor,
               const ReferenceTensor *rounded = nullptr) {
    Comparison comparison = compareTensors(values, tensor.values, tensor.shape,
                                           toleranceFor(tensor, rounded));
    comparison.name = name;
    comparison.against = against;
    result.targets.back().comparisons.push_back(std::move(comparison));
  }

  const CompileResult &compiled;
  ModelExecution &execution;
  const ExpectedTensors &expected;
  Progress &progress;
  DiagnosticList &diagnostics;
  std::vector<ReferenceTensor> trainedOutputs, roundedOutputs;
  std::vector<std::vector<KernelResult>> kernels;
  std::optional<KernelReplay> replay;
  std::set<std::string> compared;
  Verification result;
};

} // namespace

std::optional<Verification> mobileone::verify(const CompileResult &compiled,
                                              ModelExecution &execution,
                                              const ExpectedTensors &expected,
                                              uint64_t seed, Progress &progress,
                                              DiagnosticList &diagnostics) {
  return Verifier(compiled, execution, expected, progress, diagnostics)
      .run(seed);
}
