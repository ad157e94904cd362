//===- MergeReport.h - What was merged, and how exactly ---------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   MergeReport report(module);            // the training form
//   ... populateReparameterize ...
//   report.measure(module, weights, diagnostics);   // the inference form
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TRANSFORMS_MERGEREPORT_H
#define MOBILEONE_TRANSFORMS_MERGEREPORT_H

#include "compiler/Support/Diagnostics.h"
#include "compiler/Weights/WeightStore.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

#include <string>
#include <vector>

namespace mobileone {

/// A layer whose branches became one convolution.
struct MergedLayer {
  std::string layer;    ///< As checkpoints call it: "stage1.0".
  int convBranches = 0; ///< With the layer's kernel size.
  bool hasScale = false;
  bool hasSkip = false;
  /// Between the sum of the branches as trained and the merged convolution,
  /// both in double, on a random patch of unit scale that includes borders.
  double maxDifference = 0;
};

/// Compares each merged convolution with the branches that it replaces.
class MergeReport {
public:
  /// The largest difference that rounding in double explains with a wide
  /// margin.
  static constexpr double tolerance = 1e-9;

  /// Of a network that came without branches.
  MergeReport() = default;
  /// Keeps a copy of `trainingForm`.
  explicit MergeReport(mlir::ModuleOp trainingForm);

  /// Finds each layer's convolution in `inferenceForm` and compares. `weights`
  /// must still hold those of the network as trained. Reports as
  /// VerificationFailed layers that differ by more than `tolerance`, as
  /// Internal layers that were not merged.
  void measure(mlir::ModuleOp inferenceForm, const WeightStore &weights,
               DiagnosticList &diagnostics);

  const std::vector<MergedLayer> &layers() const { return merged; }
  /// Of all layers, or 0.
  double maxDifference() const;
  /// One line: "merged 119 branches into 43 convolutions; ...". Empty if the
  /// network came without branches.
  std::string summary() const;
  /// A table with a line for each layer.
  std::string table() const;

private:
  mlir::OwningOpRef<mlir::ModuleOp> trainingForm;
  std::vector<MergedLayer> merged;
};

} // namespace mobileone

#endif // MOBILEONE_TRANSFORMS_MERGEREPORT_H
