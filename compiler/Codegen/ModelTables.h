//===- ModelTables.h - What the runtime reads, as data -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The content of model_abi.h's tables before it becomes a library or C++
// source: from the planned form, with MLIR left behind.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_CODEGEN_MODELTABLES_H
#define MOBILEONE_CODEGEN_MODELTABLES_H

#include "compiler/Codegen/KernelCompiler.h"
#include "compiler/Target/Target.h"
#include "runtime/include/mobileone/model_abi.h"

#include "mlir/IR/BuiltinOps.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace mobileone {

/// A mobileone_operand.
struct StepOperand {
  mobileone_space space = MOBILEONE_SPACE_ARENA;
  uint32_t index = 0;
  uint64_t offset = 0;
  schedules::ElementType type = schedules::ElementType::F32;
  int32_t tileDimension = -1, tileExtent = 0;
  /// Pixels of zeros that the runtime writes on every side.
  uint8_t border = 0;
  std::array<mobileone_dimension, MOBILEONE_DIMENSIONS> dimensions = {};
  /// Elements from one image to the next, where a program computes several.
  uint64_t imageStride = 0;
};

/// `type` as the ABI has it.
mobileone_element_type abiType(schedules::ElementType type);

/// A mobileone_launch.
struct Launch {
  std::string entry;
  std::array<uint32_t, 3> grid = {1, 1, 1}, block = {1, 1, 1};
  uint32_t sharedBytes = 0;
  std::vector<mobileone_launch_argument> arguments;
};

/// What a kernel takes of a GPU's multiprocessor.
struct KernelResources {
  unsigned registers = 0;  ///< Of a thread.
  unsigned spillBytes = 0; ///< That a thread stores and loads for want of them.
  unsigned stackBytes = 0; ///< Of a thread, in local memory.
};

/// A mobileone_device_code.
struct DeviceCode {
  mobileone_device_code_kind kind = MOBILEONE_DEVICE_CODE_PTX;
  uint32_t capability = 0; ///< Major * 10 + minor.
  std::string bytes;       ///< Text without the 0 that ends it in the table.
  /// Of machine code, by entry.
  std::map<std::string, KernelResources> kernels;
};

/// A mobileone_step.
struct Step {
  std::string name;     ///< "stage1.0+stage1.1".
  std::string kernel;   ///< Of the IR's op: "stage1_0_stage1_1".
  size_t kernelJob = 0; ///< Which of the program's kernels it calls.
  std::vector<StepOperand> operands;
  uint32_t tileCount = 1;
  uint64_t multiplyAdds = 0;
  /// On GPUs, in place of a call of the kernel.
  std::vector<Launch> launches;
  /// Where the kernel's parameters come from: "tuned", "default", "fixed".
  std::string tuning;
};

/// A mobileone_program.
struct Program {
  const Target *target = nullptr;
  uint64_t arenaBytes = 0, scratchBytes = 0;
  uint32_t images = 1; ///< That a pass through the steps computes.
  /// On GPUs: all launches' kernels, in each form.
  std::vector<DeviceCode> codes;
  /// Distinct ones: steps with equal requests share a kernel.
  std::vector<KernelJob> kernels;
  std::vector<Step> steps;
};

/// A mobileone_tensor.
struct ModelTensor {
  std::string name;
  schedules::ElementType type = schedules::ElementType::F32;
  mobileone_layout layout = MOBILEONE_LAYOUT_NHWC;
  std::vector<int64_t> shape;

  uint64_t bytes() const;
};

/// A mobileone_model, its weights apart.
struct ModelTables {
  std::string name; ///< A C identifier.
  /// Of activations and filters.
  schedules::ElementType precision = schedules::ElementType::F32;
  uint32_t batch = 1; ///< Images in each input and output.
  std::vector<ModelTensor> inputs, outputs;
  std::vector<Program> programs; ///< Best level first.
};

/// What a kernel's layers add up in, each once: "f16, f32"; "" without layers.
std::string accumulatorsOf(const KernelJob &job);

/// The tables of a model that was planned for `targets`, one module each, best
/// level first. Nothing after an error, which is on an operation.
std::optional<ModelTables>
buildModelTables(const std::string &name,
                 const std::vector<const Target *> &targets,
                 const std::vector<mlir::ModuleOp> &planned);

} // namespace mobileone

#endif // MOBILEONE_CODEGEN_MODELTABLES_H
