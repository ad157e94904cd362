//===- EmitLibrary.cpp - From the planned form to files -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Pipelines/EmitLibrary.h"

#include "compiler/Codegen/Archive.h"
#include "compiler/Codegen/Gpu/GpuProgram.h"
#include "compiler/Codegen/LibraryModule.h"
#include "compiler/Codegen/ModelHeader.h"
#include "compiler/Codegen/PackageFiles.h"

#include "llvm/Transforms/Utils/Cloning.h"

using namespace mobileone;

namespace {

class LibraryEmitter {
public:
  LibraryEmitter(const CompileOptions &options, ModelTables tables,
                 const std::vector<uint8_t> &packed, ManifestFacts facts,
                 OutputFolder &folder, DiagnosticList &diagnostics)
      : options(options), tables(std::move(tables)), facts(std::move(facts)),
        folder(folder), diagnostics(diagnostics),
        weights{&packed, weightsId(packed), !options.weightsInFile} {}

  bool emit(const KernelProgress &progress);

  std::vector<std::string> warnings;

private:
  std::optional<std::vector<std::vector<std::string>>>
  compile(const KernelProgress &progress);
  bool compileForGpus(const KernelProgress &progress);
  bool emitTexts(llvm::Module &module, llvm::TargetMachine &machine);
  bool emitArchive(llvm::Module &module, llvm::TargetMachine &machine);
  bool emitCompanions();
  bool write(const std::string &name, const std::string &text);
  bool wants(Emit kind) const { return options.emit.count(kind) > 0; }

  const CompileOptions &options;
  ModelTables tables;
  ManifestFacts facts;
  OutputFolder &folder;
  DiagnosticList &diagnostics;
  LibraryWeights weights;
};

} // namespace

bool LibraryEmitter::write(const std::string &name, const std::string &text) {
  facts.files[name] = text.size();
  return folder.write(name, text, diagnostics);
}

/// Completes the programs of GPUs.
bool LibraryEmitter::compileForGpus(const KernelProgress &progress) {
  unsigned before = 0;
  for (Program &program : tables.programs) {
    if (!isGpu(*program.target))
      continue;
    std::optional<std::vector<DeviceKernel>> kernels = compileDeviceKernels(
        program.kernels, options.jobs,
        [&](unsigned done) { progress(before + done); }, diagnostics);
    if (!kernels)
      return false;
    before += unsigned(program.kernels.size());
    std::vector<uint32_t> capabilities;
    for (const Target *target : options.targets)
      if (options.cubins && target->capability &&
          shareProgram(*target, *program.target))
        capabilities.push_back(target->capability);
    if (!completeGpuProgram(program, *kernels, capabilities, options.jobs,
                            diagnostics))
      return false;
    for (std::string &warning : spillWarnings(program))
      warnings.push_back(std::move(warning));
  }
  return true;
}

/// The kernels of all CPUs' programs at once, so that no processor waits at the
/// end of each; bitcode per program, in the order of its kernels.
std::optional<std::vector<std::vector<std::string>>>
LibraryEmitter::compile(const KernelProgress &progress) {
  std::vector<KernelJob> jobs;
  unsigned onGpus = 0;
  for (const Program &program : tables.programs)
    if (isGpu(*program.target))
      onGpus += unsigned(program.kernels.size());
    else
      jobs.insert(jobs.end(), program.kernels.begin(), program.kernels.end());
  std::optional<std::vector<std::string>> bitcode = compileKernels(
      jobs, options.jobs, [&](unsigned done) { progress(onGpus + done); },
      diagnostics);
  if (!bitcode)
    return std::nullopt;
  std::vector<std::vector<std::string>> perProgram;
  auto next = bitcode->begin();
  for (const Program &program : tables.programs) {
    auto end = next;
    if (!isGpu(*program.target))
      end += program.kernels.size();
    perProgram.emplace_back(std::make_move_iterator(next),
                            std::make_move_iterator(end));
    next = end;
  }
  return perProgram;
}

static const char *extensionOf(const DeviceCode &code) {
  return code.kind == MOBILEONE_DEVICE_CODE_PTX ? ".ptx" : ".cl";
}

/// Without the weights, which no one reads as text.
bool LibraryEmitter::emitTexts(llvm::Module &module,
                               llvm::TargetMachine &machine) {
  if (wants(Emit::Llvm) && !write(tables.name + ".ll", printModule(module)))
    return false;
  if (!wants(Emit::Assembly))
    return true;
  // Emitting changes the module.
  std::unique_ptr<llvm::Module> copy = llvm::CloneModule(module);
  std::optional<std::string> assembly =
      emitMachineCode(*copy, machine, /*assembly=*/true, diagnostics);
  if (!assembly || !write(tables.name + ".s", *assembly))
    return false;
  for (const Program &program : tables.programs)
    for (const DeviceCode &code : program.codes)
      if (code.kind != MOBILEONE_DEVICE_CODE_CUBIN &&
          !write(tables.name + extensionOf(code), code.bytes))
        return false;
  return true;
}

bool LibraryEmitter::emitArchive(llvm::Module &module,
                                 llvm::TargetMachine &machine) {
  embedWeights(module, weights);
  std::optional<std::string> object =
      emitMachineCode(module, machine, /*assembly=*/false, diagnostics);
  if (!object)
    return false;
  std::optional<std::string> archive =
      makeArchive(*object, tables.name + ".o", diagnostics);
  return archive && write("lib" + tables.name + ".a", *archive);
}

/// What goes with the library; the manifest last, as it lists the others.
bool LibraryEmitter::emitCompanions() {
  const std::string &name = tables.name;
  const std::vector<uint8_t> &packed = *weights.bytes;
  if (!weights.inside) {
    facts.files[name + ".weights.bin"] = packed.size();
    if (!folder.write(name + ".weights.bin",
                      reinterpret_cast<const char *>(packed.data()),
                      packed.size(), diagnostics))
      return false;
  }
  return write(name + ".h",
               printModelHeader(tables, packed.size(), !weights.inside)) &&
         write(name + "Config.cmake", printCMakeConfig(name)) &&
         write(name + ".pc", printPkgConfig(name, compilerVersion(),
                                            *tables.programs.front().target)) &&
         write(name + ".manifest.json", printManifest(tables, facts));
}

bool LibraryEmitter::emit(const KernelProgress &progress) {
  std::unique_ptr<llvm::TargetMachine> machine =
      createTargetMachine(*tables.programs.front().target, diagnostics);
  if (!machine)
    return false;
  if (!compileForGpus(progress))
    return false;
  std::optional<std::vector<std::vector<std::string>>> bitcode =
      compile(progress);
  if (!bitcode)
    return false;
  llvm::LLVMContext context;
  std::unique_ptr<llvm::Module> module = buildLibraryModule(
      tables, *bitcode, weights, *machine, context, diagnostics);
  if (!module || !emitTexts(*module, *machine))
    return false;
  if (!wants(Emit::Library))
    return true;
  return emitArchive(*module, *machine) && emitCompanions();
}

bool mobileone::emitLibrary(const CompileOptions &options,
                            const ModelTables &tables,
                            const std::vector<uint8_t> &packed,
                            ManifestFacts facts, const KernelProgress &progress,
                            OutputFolder &folder,
                            std::vector<std::string> &warnings,
                            DiagnosticList &diagnostics) {
  LibraryEmitter emitter(options, tables, packed, std::move(facts), folder,
                         diagnostics);
  bool succeeded = emitter.emit(progress);
  warnings.insert(warnings.end(), emitter.warnings.begin(),
                  emitter.warnings.end());
  return succeeded;
}
