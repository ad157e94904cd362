//===- LoadedModel.cpp - A compiled model in this process -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/LoadedModel.h"

#include "compiler/Codegen/ModelObject.h"

#include "llvm/ExecutionEngine/Orc/LLJIT.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/TargetParser/Host.h"

#include <cstring>
#include <vector>

using namespace llvm;
using namespace mobileone;

struct LoadedModel::State {
  std::unique_ptr<orc::LLJIT> jit;
  const mobileone_model *model = nullptr;
  /// The weights file: 64 bytes more than its content, to align it.
  std::vector<uint8_t> weightsMemory;
  uint8_t *weights = nullptr;
  uint64_t weightsBytes = 0;
};

LoadedModel::LoadedModel(std::unique_ptr<State> state)
    : state(std::move(state)) {}
LoadedModel::LoadedModel(LoadedModel &&) = default;
LoadedModel &LoadedModel::operator=(LoadedModel &&) = default;
LoadedModel::~LoadedModel() = default;

const mobileone_model &LoadedModel::model() const { return *state->model; }
const void *LoadedModel::weights() const { return state->weights; }
uint64_t LoadedModel::weightsBytes() const { return state->weightsBytes; }

/// Reports that `model` is another machine's, where it is.
static bool isForThisMachine(const ModelObject &model, const std::string &path,
                             DiagnosticList &diagnostics) {
  Triple host(sys::getProcessTriple());
  if (model.architecture == host.getArch() &&
      model.format == host.getObjectFormat())
    return true;
  diagnostics.error(
      ErrorKind::Unsupported, path,
      "is for " + Triple::getArchTypeName(model.architecture).str() +
          (model.format == Triple::MachO ? " and Apple's systems" : "") +
          ", this machine is " + host.str(),
      "run it on a machine of its kind; `mobileonec verify` compares what "
      "others compute, in an emulator");
  return false;
}

/// Links `object` into this process.
static Expected<std::unique_ptr<orc::LLJIT>>
link(std::unique_ptr<MemoryBuffer> object) {
  InitializeNativeTarget();
  InitializeNativeTargetAsmPrinter();
  Expected<std::unique_ptr<orc::LLJIT>> jit = orc::LLJITBuilder().create();
  if (!jit)
    return jit;
  // Lookups return what went wrong; it need not be printed as well.
  (*jit)->getExecutionSession().setErrorReporter(
      [](Error error) { consumeError(std::move(error)); });
  Expected<std::unique_ptr<orc::DynamicLibrarySearchGenerator>> process =
      orc::DynamicLibrarySearchGenerator::GetForCurrentProcess(
          (*jit)->getDataLayout().getGlobalPrefix());
  if (!process)
    return process.takeError();
  (*jit)->getMainJITDylib().addGenerator(std::move(*process));
  if (Error error = (*jit)->addObjectFile(std::move(object)))
    return error;
  return jit;
}

std::optional<LoadedModel> LoadedModel::load(const std::string &path,
                                             DiagnosticList &diagnostics) {
  auto report = [&](ErrorKind kind, const std::string &message,
                    const std::string &hint = "") {
    diagnostics.error(kind, path, message, hint);
    return std::nullopt;
  };
  std::optional<ModelObject> found = readModelObject(path, diagnostics);
  if (!found || !isForThisMachine(*found, path, diagnostics))
    return std::nullopt;
  const std::string &name = found->name;

  auto state = std::make_unique<State>();
  Expected<std::unique_ptr<orc::LLJIT>> jit = link(std::move(found->object));
  if (!jit)
    return report(ErrorKind::BadInput,
                  "cannot be linked: " + toString(jit.takeError()));
  state->jit = std::move(*jit);
  Expected<orc::ExecutorAddr> address = state->jit->lookup(name);
  if (!address)
    return report(ErrorKind::BadInput,
                  "cannot be linked: " + toString(address.takeError()));
  state->model = address->toPtr<const mobileone_model *>();
  if (state->model->abi_version != MOBILEONE_ABI_VERSION)
    return report(
        ErrorKind::Unsupported,
        "has ABI version " + std::to_string(state->model->abi_version) +
            ", this program knows " + std::to_string(MOBILEONE_ABI_VERSION),
        "compile the model again");

  if (state->model->weights_bytes > 0 && !state->model->weights) {
    SmallString<128> file = sys::path::parent_path(found->library);
    sys::path::append(file, name + ".weights.bin");
    ErrorOr<std::unique_ptr<MemoryBuffer>> weights =
        MemoryBuffer::getFile(file, false, /*RequiresNullTerminator=*/false);
    if (!weights)
      return report(ErrorKind::BadInput,
                    "its weights, " + file.str().str() +
                        ", cannot be read: " + weights.getError().message());
    StringRef bytes = (*weights)->getBuffer();
    state->weightsMemory.resize(bytes.size() + 64);
    state->weights = reinterpret_cast<uint8_t *>(
        alignTo(uint64_t(state->weightsMemory.data()), 64));
    std::memcpy(state->weights, bytes.data(), bytes.size());
    state->weightsBytes = bytes.size();
  }
  return LoadedModel(std::move(state));
}
