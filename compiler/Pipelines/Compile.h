//===- Compile.h - The whole compiler as one function -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_PIPELINES_COMPILE_H
#define MOBILEONE_PIPELINES_COMPILE_H

#include "compiler/Planning/PackedWeights.h"
#include "compiler/Planning/ScheduleRecords.h"
#include "compiler/Spec/ModelSpec.h"
#include "compiler/Support/Diagnostics.h"
#include "compiler/Target/Target.h"
#include "compiler/Transforms/MergeReport.h"
#include "compiler/Transforms/Precision.h"
#include "compiler/Weights/Checkpoint.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace mobileone {

/// What a compilation goes through, in order.
enum class Phase { Spec, Training, Inference, Planned, Library };

/// "spec", "training", "inference", "planned", "library".
const char *phaseName(Phase phase);
std::vector<std::string> phaseNames();
/// Nothing if there is no phase of that name.
std::optional<Phase> phaseOfName(const std::string &name);

/// What a compilation writes. Kinds other than Library are files beside it.
enum class Emit { Library, Cpp, Mlir, Llvm, Assembly };

/// "library", "cpp", "mlir", "llvm", "asm".
std::vector<std::string> emitNames();
std::optional<Emit> emitOfName(const std::string &name);

struct CompileOptions {
  std::string spec; ///< A JSON file or a built-in's name.
  /// Images of a run instead of the spec's, from 1 to limits::batch.
  std::optional<int64_t> batch;
  /// A safetensors file; or weights made from `randomSeed`.
  std::string weights;
  std::optional<uint64_t> randomSeed;
  CheckpointForm randomForm = CheckpointForm::Train;

  /// At least one; see findTargets. Programs are made for their programTargets.
  std::vector<const Target *> targets;
  std::string output; ///< Folder to make or to fill.
  std::set<Emit> emit = {Emit::Library};
  Phase stopAfter = Phase::Library;
  std::string name; ///< Overrides the spec's; a C identifier.
  /// Weights in `<name>.weights.bin` instead of inside the library.
  bool weightsInFile = false;
  /// Off: every operation is a kernel of its own.
  bool fuse = true;
  Precision precision = Precision::F32;
  /// "generic" instead of the schedules of the target's family; for tests.
  /// Records of tuning are then not used.
  std::string scheduleFamily;
  /// Files with records of tuning that go before those that ship, the last one
  /// first.
  std::vector<std::string> recordFiles;
  /// Instead of those that ship; for tuning, which compares.
  std::optional<std::vector<ScheduleRecords>> records;
  /// Makes a kernel without a record of tuning an Unsupported error, if its
  /// schedule leaves anything to tuning.
  bool requireTuned = false;
  /// Machine code for each GPU among the targets beside PTX, from which the
  /// driver makes it otherwise.
  bool cubins = true;
  /// Kernels compiled at a time; 0: as many as there are hardware threads.
  unsigned jobs = 0;
};

/// Called before step `done + 1` of `total` of a phase, and with done == total
/// after the last. What it throws ends the compilation and leaves nothing
/// behind.
using ProgressCallback =
    std::function<void(Phase phase, unsigned done, unsigned total)>;

/// One target's planned form.
struct PlannedModule {
  const Target *target;
  mlir::OwningOpRef<mlir::ModuleOp> module;
};

struct PhaseTime {
  Phase phase;
  double seconds;
};

struct CompileResult {
  std::optional<ModelSpec> spec;
  std::string naming; ///< Of the checkpoint: "apple", "timm", ...; "random".
  CheckpointForm form = CheckpointForm::Train;
  Precision precision = Precision::F32;
  /// Outlives the modules below.
  std::unique_ptr<mlir::MLIRContext> context;
  /// What the IR names: the checkpoint's tensors and those that passes made.
  WeightStore weights;
  mlir::OwningOpRef<mlir::ModuleOp> training, inference;
  MergeReport merged;
  std::vector<PlannedModule> planned;
  PackedWeights packed;
  /// Files written, in the output folder.
  std::vector<std::string> files;
  std::vector<PhaseTime> times;
  /// What the user should know though it is no error: stale records.
  std::vector<std::string> warnings;
};

/// Compiles a model as far as `options.stopAfter`. Nothing after errors, which
/// are all in `diagnostics`; the output folder is then as it was.
std::optional<CompileResult> compile(const CompileOptions &options,
                                     DiagnosticList &diagnostics,
                                     const ProgressCallback &progress = {});

} // namespace mobileone

#endif // MOBILEONE_PIPELINES_COMPILE_H
