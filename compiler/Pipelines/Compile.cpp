//===- Compile.cpp - The whole compiler as one function -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Pipelines/Compile.h"

#include "compiler/Codegen/Cpp/CppProject.h"
#include "compiler/Frontend/BuildModel.h"
#include "compiler/Pipelines/EmitLibrary.h"
#include "compiler/Pipelines/PassRunner.h"
#include "compiler/Planning/KernelRequests.h"
#include "compiler/Planning/Passes.h"
#include "compiler/Spec/ModelName.h"
#include "compiler/Support/MappedFile.h"
#include "compiler/Transforms/Passes.h"
#include "compiler/Weights/Checkpoint.h"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <utility>

using namespace mobileone;

namespace {

/// One compilation: a method for each phase.
class Compilation {
public:
  Compilation(const CompileOptions &options, DiagnosticList &diagnostics,
              const ProgressCallback &progress)
      : options(options), diagnostics(diagnostics), progress(progress),
        folder(options.output), targets(programTargets(options.targets)) {}

  std::optional<CompileResult> run();

private:
  bool readSpecAndWeights();
  bool readWeights();
  bool buildTraining();
  bool transform();
  bool lowerPrecision();
  bool readRecords();
  bool readRecordFile(const std::string &file);
  bool checkTuned(const PlannedModule &planned);
  bool plan();
  bool planFor(const Target &target);
  bool emit();
  bool emitCode(const ModelTables &tables);
  ManifestFacts facts();

  using Method = bool (Compilation::*)();
  bool runPhase(Phase phase, Method method);
  void report(Phase phase, unsigned done, unsigned total) {
    if (progress)
      progress(phase, done, total);
  }
  bool wants(Emit kind) const { return options.emit.count(kind) > 0; }
  bool emitMlir(Phase phase, mlir::ModuleOp module,
                const std::string &suffix = "");
  bool reaches(Phase phase) const { return phase <= options.stopAfter; }

  const CompileOptions &options;
  DiagnosticList &diagnostics;
  const ProgressCallback &progress;
  OutputFolder folder;
  std::vector<const Target *> targets; ///< Of programs.
  CompileResult result;
  TunedSchedules tuned;
  std::string weightsSha256;
};

} // namespace

bool Compilation::readSpecAndWeights() {
  result.spec = loadModelSpec(options.spec, diagnostics, options.batch);
  if (!result.spec)
    return false;
  if (!options.name.empty()) {
    std::string problem = problemWithName(options.name);
    if (!problem.empty()) {
      diagnostics.error(ErrorKind::Usage, "--name",
                        "'" + escapeForDisplay(options.name) + "' " + problem,
                        "choose a name that C programs can use");
      return false;
    }
    result.spec->name = options.name;
  }
  return readWeights();
}

bool Compilation::readWeights() {
  Checkpoint checkpoint;
  if (options.randomSeed) {
    checkpoint =
        randomCheckpoint(*result.spec, options.randomForm, *options.randomSeed);
    checkpoint.naming = "random";
  } else {
    std::optional<Checkpoint> loaded =
        loadCheckpoint(options.weights, *result.spec, diagnostics);
    if (!loaded)
      return false;
    checkpoint = std::move(*loaded);
    std::shared_ptr<const MappedFile> file =
        MappedFile::open(options.weights, diagnostics);
    if (!file)
      return false;
    weightsSha256 = sha256(file->data(), file->size());
  }
  result.naming = checkpoint.naming;
  result.form = checkpoint.form;
  result.weights = std::move(checkpoint.weights);
  return true;
}

bool Compilation::buildTraining() {
  // One thread: the network is small, and kernels are compiled in forks, which
  // go together with other threads badly.
  result.context = std::make_unique<mlir::MLIRContext>(
      mlir::MLIRContext::Threading::DISABLED);
  result.context->loadDialect<MobileOneDialect, mlir::func::FuncDialect>();
  collectDiagnostics(*result.context, diagnostics, [&] {
    result.training = buildModel(*result.context, *result.spec, result.form);
  });
  return result.training && !diagnostics.hasErrors() &&
         emitMlir(Phase::Training, *result.training);
}

bool Compilation::transform() {
  result.inference = result.training->clone();
  result.merged = MergeReport(*result.training);
  if (!runPasses(
          *result.inference,
          [&](mlir::PassManager &manager) {
            populateReparameterize(manager, result.weights);
          },
          diagnostics))
    return false;
  result.merged.measure(*result.inference, result.weights, diagnostics);
  return !diagnostics.hasErrors() && lowerPrecision() &&
         emitMlir(Phase::Inference, *result.inference);
}

bool Compilation::lowerPrecision() {
  result.precision = options.precision;
  if (options.precision == Precision::F32)
    return true;
  for (const UnfitWeight &weight :
       weightsBeyondHalf(*result.inference, result.weights))
    diagnostics.error(
        ErrorKind::WeightsMismatch, weight.name,
        fmt::format("holds {:g}, which half precision does not", weight.value),
        "compile with --precision f32");
  return !diagnostics.hasErrors() &&
         runPasses(
             *result.inference,
             [](mlir::PassManager &manager) {
               manager.addPass(createLowerPrecision());
             },
             diagnostics);
}

/// A file for none of the targets was given by mistake.
bool Compilation::readRecordFile(const std::string &file) {
  std::optional<ScheduleRecords> records =
      loadScheduleRecords(file, diagnostics);
  if (!records)
    return false;
  bool isWanted = std::any_of(
      options.targets.begin(), options.targets.end(),
      [&](const Target *each) { return each->name == records->target; });
  if (isWanted)
    tuned.add(std::move(*records));
  else
    diagnostics.error(
        ErrorKind::BadInput, file,
        fmt::format("holds records for {}, which is not compiled for",
                    escapeForDisplay(records->target)),
        "tune for one of the targets, or add that one to --target");
  return isWanted;
}

bool Compilation::readRecords() {
  if (!options.scheduleFamily.empty())
    return true;
  const std::vector<ScheduleRecords> &base =
      options.records ? *options.records : shippedScheduleRecords();
  for (const ScheduleRecords &records : base)
    tuned.add(records);
  bool succeeded = true;
  for (const std::string &file : options.recordFiles)
    succeeded &= readRecordFile(file);
  return succeeded;
}

bool Compilation::checkTuned(const PlannedModule &planned) {
  mlir::ModuleOp module = *planned.module;
  std::string hint = fmt::format("`mobileonec tune {} --target {} -o FILE` "
                                 "makes one, --schedules-from FILE uses it",
                                 options.spec, planned.target->name);
  module.walk([&](KernelOp kernel) {
    if (tuningOf(kernel) != Tuning::Default)
      return;
    diagnostics.error(ErrorKind::Unsupported,
                      "kernel " + kernel.getName().str(),
                      "has no tuned schedule for " + planned.target->name,
                      std::exchange(hint, ""));
  });
  return !diagnostics.hasErrors();
}

/// Kernels of GPUs count the elements of a buffer, padding included, in 31
/// bits.
static void checkBuffers(mlir::ModuleOp module, const Target &target,
                         DiagnosticList &diagnostics) {
  module.walk([&](KernelOp kernel) {
    for (mlir::Value result : kernel->getResults()) {
      schedules::Operand operand = operandOf(result, target.machine);
      int64_t elements = int64_t(operand.storedChannels) * operand.shape.width *
                         operand.shape.height *
                         imagesOf(result, target.machine);
      if (isGpu(target) && elements > INT32_MAX)
        diagnostics.error(ErrorKind::Unsupported,
                          "kernel " + kernel.getName().str(),
                          "makes more elements than " + target.name +
                              " kernels can count, channels padded to 16",
                          "make the batch or the input smaller");
    }
  });
}

bool Compilation::planFor(const Target &target) {
  mlir::OwningOpRef<mlir::ModuleOp> module = result.inference->clone();
  FormKernelsOptions formKernels;
  formKernels.fuse = options.fuse;
  SelectSchedulesOptions selectSchedules;
  selectSchedules.target = target.name;
  selectSchedules.family = options.scheduleFamily;
  bool succeeded = runPasses(
      *module,
      [&](mlir::PassManager &manager) {
        if (target.machine.halfArithmetic)
          manager.addPass(createChooseAccumulatorsPass(result.weights));
        buildPlanningPipeline(manager, formKernels, selectSchedules, &tuned,
                              result.weights, result.packed);
      },
      diagnostics);
  checkBuffers(*module, target, diagnostics);
  result.planned.push_back({&target, std::move(module)});
  if (!succeeded || diagnostics.hasErrors() ||
      (options.requireTuned && !checkTuned(result.planned.back())))
    return false;
  return emitMlir(Phase::Planned, *result.planned.back().module,
                  "." + target.name);
}

bool Compilation::plan() {
  if (!readRecords())
    return false;
  for (const Target *target : targets) {
    report(Phase::Planned, unsigned(result.planned.size()),
           unsigned(targets.size()));
    if (!planFor(*target))
      return false;
  }
  result.warnings = tuned.warnings();
  return true;
}

ManifestFacts Compilation::facts() {
  ManifestFacts facts;
  std::string spec = printModelSpec(*result.spec);
  facts.specSha256 = sha256(spec.data(), spec.size());
  facts.weightsSource = options.randomSeed
                            ? "random:" + std::to_string(*options.randomSeed)
                            : "file";
  facts.weightsSha256 = weightsSha256;
  facts.naming = result.naming;
  facts.form = result.form == CheckpointForm::Train ? "train" : "fused";
  facts.mergeDifference = result.merged.maxDifference();
  const std::vector<uint8_t> &packed = result.packed.bytes();
  facts.packedBytes = packed.size();
  facts.packedSha256 = sha256(packed.data(), packed.size());
  facts.weightsInFile = options.weightsInFile;
  return facts;
}

bool Compilation::emit() {
  std::vector<mlir::ModuleOp> modules;
  for (PlannedModule &planned : result.planned)
    modules.push_back(*planned.module);
  std::optional<ModelTables> tables;
  collectDiagnostics(*result.context, diagnostics, [&] {
    tables = buildModelTables(result.spec->name, targets, modules);
  });
  if (!tables)
    return false;
  return emitCode(*tables);
}

/// The forms of the library that are asked for, one after the other.
bool Compilation::emitCode(const ModelTables &tables) {
  bool needsLlvm =
      wants(Emit::Library) || wants(Emit::Llvm) || wants(Emit::Assembly);
  unsigned kernels = 0, before = 0;
  for (const Program &program : tables.programs)
    kernels += unsigned(program.kernels.size());
  // One step more, which ends with the phase.
  unsigned total = kernels * (needsLlvm + wants(Emit::Cpp)) + 1;
  auto advance = [&](unsigned done) {
    report(Phase::Library, before + done, total);
  };
  advance(0);
  const std::vector<uint8_t> &packed = result.packed.bytes();
  if (needsLlvm && !emitLibrary(options, tables, packed, facts(), advance,
                                folder, result.warnings, diagnostics))
    return false;
  before = needsLlvm ? kernels : 0;
  CppProjectOptions cpp;
  cpp.weightsInside = !options.weightsInFile;
  cpp.parallel = options.jobs;
  return !wants(Emit::Cpp) ||
         emitCppProject(tables, packed, cpp, advance, folder, diagnostics);
}

bool Compilation::emitMlir(Phase phase, mlir::ModuleOp module,
                           const std::string &suffix) {
  if (!wants(Emit::Mlir))
    return true;
  return folder.write(result.spec->name + "." + phaseName(phase) + suffix +
                          ".mlir",
                      printWithLocations(module), diagnostics);
}

bool Compilation::runPhase(Phase phase, Method method) {
  if (!reaches(phase))
    return true;
  auto start = std::chrono::steady_clock::now();
  report(phase, 0, 1);
  if (!(this->*method)())
    return false;
  report(phase, 1, 1);
  std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
  result.times.push_back({phase, time.count()});
  return true;
}

std::optional<CompileResult> Compilation::run() {
  if (options.targets.empty()) {
    diagnostics.error(ErrorKind::Usage, "--target", "names no target",
                      "`mobileonec targets` lists them");
    return std::nullopt;
  }
  if (options.precision != Precision::F32 && wants(Emit::Cpp)) {
    diagnostics.error(
        ErrorKind::Unsupported, "--emit cpp",
        fmt::format("is not there for {}", precisionName(options.precision)),
        "emit a library, or C++ source for f32");
    return std::nullopt;
  }
  if (wants(Emit::Cpp) &&
      std::any_of(targets.begin(), targets.end(),
                  [](const Target *target) { return isGpu(*target); })) {
    diagnostics.error(ErrorKind::Unsupported, "--emit cpp",
                      "is not there for GPUs",
                      "emit a library, or C++ source for other targets");
    return std::nullopt;
  }
  // First, so that a folder that cannot be written costs no minute of work.
  bool writes = !options.output.empty();
  if (writes && !folder.open(diagnostics))
    return std::nullopt;
  bool succeeded = runPhase(Phase::Spec, &Compilation::readSpecAndWeights) &&
                   runPhase(Phase::Training, &Compilation::buildTraining) &&
                   runPhase(Phase::Inference, &Compilation::transform) &&
                   runPhase(Phase::Planned, &Compilation::plan) &&
                   runPhase(Phase::Library, &Compilation::emit);
  if (!succeeded || diagnostics.hasErrors())
    return std::nullopt;
  result.files = folder.files();
  if (writes && !folder.commit(diagnostics))
    return std::nullopt;
  return std::move(result);
}

std::optional<CompileResult>
mobileone::compile(const CompileOptions &options, DiagnosticList &diagnostics,
                   const ProgressCallback &progress) {
  return Compilation(options, diagnostics, progress).run();
}
