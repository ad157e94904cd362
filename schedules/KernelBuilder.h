//===- KernelBuilder.h - From a request to Halide functions -----*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef MOBILEONE_SCHEDULES_KERNELBUILDER_H
#define MOBILEONE_SCHEDULES_KERNELBUILDER_H

#include "schedules/HalideKernel.h"
#include "schedules/algorithms/Algorithms.h"

#include <map>

namespace mobileone::schedules {

/// A copy of a value that is written more than once.
struct OutputCopy {
  Halide::Func func;
  Operand operand;
};

/// Holds a kernel's buffers and the values defined so far. A schedule defines
/// the operations in order, says which functions fill the layout's scratch
/// buffers, and finishes.
class KernelBuilder {
public:
  KernelBuilder(const KernelRequest &request, const KernelLayout &layout);

  const Tensor &value(int number) const { return values[number]; }
  void setValue(int number, Tensor tensor) { values[number] = tensor; }
  /// The number of the value that operation `op` makes.
  int resultOf(int op) const { return int(request.inputs.size()) + op; }

  Weight weight(int op, WeightRole role = WeightRole::Filter) const;

  /// Defines operation `op`, any but Excite, from the values that it reads.
  Definition define(int op) { return define(op, request.ops[op].type); }
  /// The same with a result of type `type`, for a value that stays inside.
  Definition define(int op, ElementType type);
  ExciteDefinition defineExcite(int op);

  /// The function that fills the buffer of value `number`.
  Halide::Func stored(int number) const;

  /// `func` fills the layout's next scratch buffer.
  void addScratch(Halide::Func func);

  /// Makes the request's outputs and the pipeline. A value that is written
  /// more than once is copied from its first output; returns the copies.
  std::vector<OutputCopy> finish(HalideKernel &kernel);

private:
  Definition store(int op, ElementType type, Definition definition, int border);

  const KernelRequest &request;
  const KernelLayout &layout;
  std::vector<Halide::ImageParam> inputs, weights;
  std::vector<Halide::Func> readWeights; ///< As operations read `weights`.
  std::vector<Tensor> values;
  /// Of values whose halves are bits, the functions that make those.
  std::map<int, Halide::Func> bits;
  std::vector<Halide::Func> outputs;
};

} // namespace mobileone::schedules

#endif // MOBILEONE_SCHEDULES_KERNELBUILDER_H
