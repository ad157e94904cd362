//===- Evaluate.h - What each operation computes ----------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The meaning of the dialect: one function per operation, in double and in the
// simplest loops. The IR must be verified and the weights must have the shapes
// that it names.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_REFERENCE_EVALUATE_H
#define MOBILEONE_REFERENCE_EVALUATE_H

#include "compiler/Dialect/MobileOneDialect.h"
#include "compiler/Reference/ReferenceTensor.h"
#include "compiler/Weights/WeightStore.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace mobileone {

/// Rounds `values` to `type` where it is f16.
void roundTo(mlir::Type type, std::vector<double> &values);

/// Weights as doubles, converted once.
class WeightReader {
public:
  explicit WeightReader(const WeightStore &store) : store(store) {}
  const std::vector<double> &operator[](WeightAttr weight);
  /// The same, rounded to `type`; without one as it is.
  const std::vector<double> &read(WeightAttr weight,
                                  std::optional<mlir::Type> type);

private:
  const WeightStore &store;
  std::map<std::string, std::vector<double>> cache, halves;
};

// What each operation makes of one image: the first extent of all tensors is 1,
// whatever the batch in the IR.

ReferenceTensor evaluate(ReadInputOp op, const ReferenceTensor &image);
ReferenceTensor evaluate(ConvOp op, const ReferenceTensor &input,
                         WeightReader &weights);
ReferenceTensor evaluate(BatchNormOp op, const ReferenceTensor &input,
                         WeightReader &weights);
ReferenceTensor evaluate(AddOp op,
                         const std::vector<const ReferenceTensor *> &inputs);
ReferenceTensor evaluate(ReluOp op, const ReferenceTensor &input);
ReferenceTensor evaluate(SqueezeExciteOp op, const ReferenceTensor &input,
                         WeightReader &weights);
ReferenceTensor evaluate(GlobalAveragePoolOp op, const ReferenceTensor &input);
ReferenceTensor evaluate(LinearOp op, const ReferenceTensor &input,
                         WeightReader &weights);
ReferenceTensor evaluate(WriteOutputOp op, const ReferenceTensor &input);
ReferenceTensor evaluate(RowSumsOp op, const ReferenceTensor &input);
ReferenceTensor evaluate(ExciteOp op, const ReferenceTensor &rowSums,
                         WeightReader &weights);
ReferenceTensor evaluate(ScaleOp op, const ReferenceTensor &input,
                         const ReferenceTensor &gate);

} // namespace mobileone

#endif // MOBILEONE_REFERENCE_EVALUATE_H
