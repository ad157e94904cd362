//===- TuneSample.cpp - A network with its reference results --------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/TuneSample.h"

#include "compiler/Reference/Interpreter.h"
#include "compiler/Reference/RandomData.h"

using namespace mobileone;

/// `values` as the model's caller has them; they become what was stored.
static void append(std::string &bytes, mlir::Type elementType,
                   std::vector<double> &values) {
  for (double &value : values) {
    if (elementType.isInteger(8)) {
      uint8_t byte = uint8_t(value);
      bytes.append(reinterpret_cast<const char *>(&byte), sizeof(byte));
      value = byte;
    } else {
      float number = float(value);
      bytes.append(reinterpret_cast<const char *>(&number), sizeof(number));
      value = number;
    }
  }
}

static mlir::Type elementOf(mlir::Type type) {
  return llvm::cast<mlir::RankedTensorType>(type).getElementType();
}

std::optional<NetworkSample>
mobileone::makeTuneSample(const CompileResult &compiled, uint64_t seed,
                          DiagnosticList &diagnostics) {
  mlir::ModuleOp module = *compiled.inference;
  auto function = *module.getOps<mlir::func::FuncOp>().begin();
  std::vector<ReferenceTensor> inputs = randomInputs(function, seed);
  NetworkSample sample;
  for (auto [input, type] : llvm::zip(inputs, function.getArgumentTypes()))
    append(sample.inputs, elementOf(type), input.values);
  // A deep network makes of rounding what no tolerance holds; each candidate is
  // then compared with the schedules' own choices alone.
  if (compiled.precision != Precision::F32)
    return sample;
  std::optional<std::vector<ReferenceTensor>> outputs =
      interpret(function, compiled.weights, inputs, diagnostics);
  if (!outputs)
    return std::nullopt;
  for (auto [output, type] : llvm::zip(*outputs, function.getResultTypes()))
    append(sample.outputs, elementOf(type), output.values);
  return sample;
}
