//===- LibraryModule.cpp - A model as one LLVM module -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/LibraryModule.h"

#include "compiler/Codegen/LoadStreams.h"
#include "compiler/Codegen/TableEmitter.h"

#include "llvm/Bitcode/BitcodeReader.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Intrinsics.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Verifier.h"
#include "llvm/Linker/Linker.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/TargetSelect.h"

#include <algorithm>

using namespace llvm;
using namespace mobileone;

static constexpr StringLiteral weightsName = "mobileone.weights";

std::unique_ptr<TargetMachine>
mobileone::createTargetMachine(const mobileone::Target &target,
                               DiagnosticList &diagnostics) {
  static const bool initialized = [] {
    InitializeAllTargetInfos();
    InitializeAllTargets();
    InitializeAllTargetMCs();
    InitializeAllAsmPrinters();
    return true;
  }();
  (void)initialized;
  std::string message;
  Triple triple(target.triple);
  const llvm::Target *found = TargetRegistry::lookupTarget(triple, message);
  if (!found) {
    diagnostics.error(ErrorKind::Unsupported, "--target " + target.name,
                      "this build of LLVM has no code generator for " +
                          target.triple);
    return nullptr;
  }
  // Functions carry their own cpu and features.
  return std::unique_ptr<TargetMachine>(found->createTargetMachine(
      triple, /*CPU=*/"", /*Features=*/"", TargetOptions(), Reloc::PIC_,
      std::nullopt, CodeGenOptLevel::Aggressive));
}

/// What Halide wrote for a processor of its choice becomes `target`'s: nothing
/// of the whole module's remains, as levels differ in it.
static void retarget(Module &module, const mobileone::Target &target,
                     const TargetMachine &machine) {
  module.setTargetTriple(machine.getTargetTriple());
  module.setDataLayout(machine.createDataLayout());
  for (StringRef name : {"llvm.module.flags", "llvm.ident", "llvm.commandline"})
    if (NamedMDNode *node = module.getNamedMetadata(name))
      node->eraseFromParent();
  for (Function &function : module) {
    for (StringRef attribute : {"tune-cpu", "target-features"})
      function.removeFnAttr(attribute);
    function.addFnAttr("target-cpu", target.cpu);
    if (!target.features.empty())
      function.addFnAttr("target-features", target.features);
    function.addFnAttr("prefer-vector-width",
                       std::to_string(target.vectorBits));
  }
}

/// Halide's prefetches are for data that is used once: they pass by the
/// second-level cache, where these are meant to go.
static void prefetchIntoL2(Module &module) {
  for (Function &function : module)
    if (function.getIntrinsicID() == Intrinsic::prefetch)
      for (User *user : function.users())
        cast<CallInst>(user)->setArgOperand(
            2, ConstantInt::get(Type::getInt32Ty(module.getContext()), 2));
}

/// Links one kernel into `library`.
static bool linkKernel(Linker &linker, const KernelJob &job, StringRef bitcode,
                       const mobileone::Target &target,
                       const TargetMachine &machine, LLVMContext &context,
                       DiagnosticList &diagnostics) {
  auto report = [&](const std::string &message) {
    diagnostics.error(ErrorKind::Internal, "kernel " + job.request.name,
                      message);
    return false;
  };
  Expected<std::unique_ptr<Module>> module =
      parseBitcodeFile(MemoryBufferRef(bitcode, job.symbol), context);
  if (!module)
    return report("its bitcode cannot be read: " +
                  toString(module.takeError()));
  retarget(**module, target, machine);
  prefetchIntoL2(**module);
  if (machine.getTargetTriple().isAArch64())
    for (Function &function : **module)
      if (!function.isDeclaration())
        loadStreams(function);
  if (!(*module)->getFunction(job.symbol + "_argv"))
    return report("its bitcode does not define " + job.symbol + "_argv");
  if (linker.linkInModule(std::move(*module)))
    return report("its bitcode cannot be linked");
  return true;
}

/// Gives `table` the model's name, whatever else had it. False if that is a
/// function that kernels call.
static bool nameTable(GlobalVariable &table, const std::string &model) {
  GlobalValue *other = table.getParent()->getNamedValue(model);
  if (other && other->isDeclaration())
    return false;
  if (other)
    other->setName("kernel." + model);
  table.setName(model);
  return true;
}

/// Nothing but the model's table is visible.
static void internalize(Module &module, StringRef model) {
  for (GlobalValue &value : module.global_values())
    if (!value.isDeclaration() && value.getName() != model) {
      value.setLinkage(GlobalValue::InternalLinkage);
      value.setVisibility(GlobalValue::DefaultVisibility);
      value.setDSOLocal(true);
    }
  for (GlobalObject &object : module.global_objects())
    object.setComdat(nullptr);
}

/// Declares the weights as a constant that something else fills in.
static Constant *declareWeights(Module &module, const LibraryWeights &weights) {
  if (!weights.inside || weights.bytes->empty())
    return nullptr;
  auto *type = ArrayType::get(Type::getInt8Ty(module.getContext()),
                              weights.bytes->size());
  auto *variable =
      new GlobalVariable(module, type, /*isConstant=*/true,
                         GlobalValue::ExternalLinkage, nullptr, weightsName);
  variable->setAlignment(Align(64));
  variable->setVisibility(GlobalValue::HiddenVisibility);
  return variable;
}

std::unique_ptr<Module> mobileone::buildLibraryModule(
    const ModelTables &tables,
    const std::vector<std::vector<std::string>> &bitcode,
    const LibraryWeights &weights, const TargetMachine &machine,
    LLVMContext &context, DiagnosticList &diagnostics) {
  auto library = std::make_unique<Module>(tables.name, context);
  library->setTargetTriple(machine.getTargetTriple());
  library->setDataLayout(machine.createDataLayout());
  Linker linker(*library);
  for (size_t p = 0; p < tables.programs.size(); ++p) {
    const Program &program = tables.programs[p];
    // GPUs' kernels are bytes in the tables.
    for (size_t k = 0; k < bitcode[p].size(); ++k)
      if (!linkKernel(linker, program.kernels[k], bitcode[p][k],
                      *program.target, machine, context, diagnostics))
        return nullptr;
  }
  WeightsReference reference = {declareWeights(*library, weights),
                                weights.bytes->size(), weights.id};
  if (!nameTable(*emitModelTables(tables, reference, *library), tables.name)) {
    diagnostics.error(ErrorKind::Usage, tables.name,
                      "is also the name of a C function that kernels call",
                      "choose another name for the model");
    return nullptr;
  }
  internalize(*library, tables.name);
  std::string message;
  raw_string_ostream stream(message);
  if (verifyModule(*library, &stream)) {
    diagnostics.error(ErrorKind::Internal, tables.name,
                      "the library's LLVM module is malformed: " + message);
    return nullptr;
  }
  for (const std::string &symbol : unexpectedSymbols(*library))
    diagnostics.error(ErrorKind::Internal, tables.name,
                      "a kernel calls '" + symbol +
                          "', which no library that is linked has to define");
  return diagnostics.hasErrors() ? nullptr : std::move(library);
}

void mobileone::embedWeights(Module &module, const LibraryWeights &weights) {
  GlobalVariable *variable = module.getNamedGlobal(weightsName);
  if (!variable)
    return;
  StringRef bytes(reinterpret_cast<const char *>(weights.bytes->data()),
                  weights.bytes->size());
  variable->setInitializer(ConstantDataArray::getRaw(
      bytes, bytes.size(), Type::getInt8Ty(module.getContext())));
  variable->setVisibility(GlobalValue::DefaultVisibility);
  variable->setLinkage(GlobalValue::InternalLinkage);
}

std::optional<std::string>
mobileone::emitMachineCode(Module &module, TargetMachine &machine,
                           bool assembly, DiagnosticList &diagnostics) {
  SmallVector<char, 0> buffer;
  raw_svector_ostream stream(buffer);
  legacy::PassManager passes;
  if (machine.addPassesToEmitFile(passes, stream, nullptr,
                                  assembly ? CodeGenFileType::AssemblyFile
                                           : CodeGenFileType::ObjectFile)) {
    diagnostics.error(ErrorKind::Unsupported, module.getName().str(),
                      "this build of LLVM cannot emit code for " +
                          machine.getTargetTriple().str());
    return std::nullopt;
  }
  passes.run(module);
  return std::string(buffer.begin(), buffer.end());
}

std::string mobileone::printModule(const Module &module) {
  std::string text;
  raw_string_ostream stream(text);
  module.print(stream, nullptr);
  return text;
}

std::vector<std::string> mobileone::unexpectedSymbols(const Module &module) {
  // What kernels may call: C's memory and maths functions.
  static const std::vector<std::string> allowed = {"memcpy", "memset",
                                                   "memmove", "expf", "exp"};
  std::vector<std::string> unexpected;
  for (const Function &function : module)
    if (function.isDeclaration() && !function.isIntrinsic() &&
        !function.use_empty() &&
        std::find(allowed.begin(), allowed.end(), function.getName()) ==
            allowed.end())
      unexpected.push_back(function.getName().str());
  std::sort(unexpected.begin(), unexpected.end());
  return unexpected;
}

std::unique_ptr<Module>
mobileone::buildKernelModule(const KernelJob &job, const std::string &bitcode,
                             const mobileone::Target &target,
                             const TargetMachine &machine, LLVMContext &context,
                             DiagnosticList &diagnostics) {
  auto module = std::make_unique<Module>(job.symbol, context);
  module->setTargetTriple(machine.getTargetTriple());
  module->setDataLayout(machine.createDataLayout());
  Linker linker(*module);
  if (!linkKernel(linker, job, bitcode, target, machine, context, diagnostics))
    return nullptr;
  std::string entry = job.symbol + "_argv";
  internalize(*module, entry);
  module->getFunction(entry)->setVisibility(GlobalValue::HiddenVisibility);
  return module;
}

std::unique_ptr<Module> mobileone::buildTablesModule(
    const std::vector<ModelTables> &models, const LibraryWeights &weights,
    const TargetMachine &machine, LLVMContext &context) {
  auto module = std::make_unique<Module>("tables", context);
  module->setTargetTriple(machine.getTargetTriple());
  module->setDataLayout(machine.createDataLayout());
  WeightsReference reference = {declareWeights(*module, weights),
                                weights.bytes->size(), weights.id};
  auto *type = FunctionType::get(Type::getInt32Ty(context),
                                 {PointerType::getUnqual(context)}, false);
  for (const ModelTables &tables : models) {
    for (const Program &program : tables.programs)
      for (const KernelJob &job : program.kernels) {
        FunctionCallee kernel =
            module->getOrInsertFunction(job.symbol + "_argv", type);
        cast<Function>(kernel.getCallee())
            ->setVisibility(GlobalValue::HiddenVisibility);
      }
    emitModelTables(tables, reference, *module)->setName(tables.name);
  }
  embedWeights(*module, weights);
  return module;
}
