//===- GoldenCase.h - Networks with known results ---------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The networks of test/Inputs: spec, weights, and an image with the results
// that an independent implementation computed in double and stored as f32.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TEST_FRONTEND_GOLDENCASE_H
#define MOBILEONE_TEST_FRONTEND_GOLDENCASE_H

#include "compiler/Frontend/BuildModel.h"
#include "compiler/Reference/Interpreter.h"
#include "compiler/Weights/Safetensors.h"

#include <cmath>
#include <gtest/gtest.h>

namespace mobileone {

struct GoldenCase {
  ModelSpec spec;
  Checkpoint checkpoint;
  WeightStore expected; ///< "input", and outputs by name.
};

/// Loads `spec` with the weights and results in `folder`.
inline GoldenCase loadGoldenCase(ModelSpec spec, const std::string &folder,
                                 const std::string &weightsFile) {
  DiagnosticList diagnostics;
  GoldenCase golden;
  golden.spec = std::move(spec);
  auto checkpoint =
      loadCheckpoint(folder + "/" + weightsFile, golden.spec, diagnostics);
  auto expected = readSafetensors(folder + "/io.safetensors", diagnostics);
  EXPECT_EQ(diagnostics.str(), "");
  if (checkpoint)
    golden.checkpoint = std::move(*checkpoint);
  if (expected)
    golden.expected = std::move(*expected);
  return golden;
}

/// Loads a case of test/Inputs.
inline GoldenCase loadGoldenCase(const std::string &name,
                                 const std::string &weightsFile) {
  std::string folder = std::string(MOBILEONE_TEST_INPUTS) + "/" + name;
  DiagnosticList diagnostics;
  auto spec = loadModelSpec(folder + "/model.json", diagnostics);
  EXPECT_EQ(diagnostics.str(), "");
  return loadGoldenCase(spec.value_or(ModelSpec()), folder, weightsFile);
}

inline mlir::func::FuncOp onlyFunction(mlir::ModuleOp module) {
  return *module.getOps<mlir::func::FuncOp>().begin();
}

/// Interprets `function` on the case's image and expects its results: equal
/// up to `relative` of each value (half a unit in f32's last place, unless
/// weights were rounded on the way) and `absolute`.
inline void expectGoldenResults(mlir::func::FuncOp function,
                                const GoldenCase &golden,
                                const WeightStore &weights,
                                double relative = 0x1p-24,
                                double absolute = 1e-9) {
  DiagnosticList diagnostics;
  ReferenceTensor image{golden.expected.find("input")->shape,
                        golden.expected.read("input")};
  auto results = interpret(function, weights, {image}, diagnostics);
  EXPECT_EQ(diagnostics.str(), "");
  ASSERT_TRUE(results);
  for (size_t i = 0; i < results->size(); ++i) {
    std::string name =
        function.getResultAttrOfType<mlir::StringAttr>(i, "mobileone.name")
            .getValue()
            .str();
    ASSERT_TRUE(golden.expected.contains(name)) << name;
    std::vector<double> expected = golden.expected.read(name);
    const std::vector<double> &found = (*results)[i].values;
    ASSERT_EQ((*results)[i].shape, golden.expected.find(name)->shape) << name;
    for (size_t j = 0; j < expected.size(); ++j)
      ASSERT_NEAR(found[j], expected[j],
                  relative * std::abs(expected[j]) + absolute)
          << name << " at " << j;
  }
}

} // namespace mobileone

#endif // MOBILEONE_TEST_FRONTEND_GOLDENCASE_H
