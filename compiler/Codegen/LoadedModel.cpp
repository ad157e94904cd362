//===- LoadedModel.cpp - A compiled model in this process -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/LoadedModel.h"

#include "llvm/ExecutionEngine/Orc/LLJIT.h"
#include "llvm/Object/Archive.h"
#include "llvm/Object/ELFObjectFile.h"
#include "llvm/Support/FileSystem.h"
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

namespace {

/// One attempt at loading.
class Loader {
public:
  Loader(const std::string &path, DiagnosticList &diagnostics)
      : path(path), diagnostics(diagnostics) {}

  /// The library's path, or empty.
  std::string findLibrary();
  /// The archive's only member, or null.
  std::unique_ptr<MemoryBuffer> readObject(const std::string &library);
  /// The name of the model that `object` defines, or empty.
  std::string findModel(const MemoryBuffer &object);

  std::nullopt_t report(ErrorKind kind, const std::string &message,
                        const std::string &hint = "") {
    diagnostics.error(kind, path, message, hint);
    return std::nullopt;
  }

private:
  const std::string &path;
  DiagnosticList &diagnostics;
};

} // namespace

std::string Loader::findLibrary() {
  if (!sys::fs::exists(path)) {
    report(ErrorKind::BadInput, "no such file or folder");
    return "";
  }
  if (!sys::fs::is_directory(path))
    return path;
  std::vector<std::string> found;
  std::error_code error;
  for (sys::fs::directory_iterator file(path, error), end;
       file != end && !error; file.increment(error)) {
    StringRef name = sys::path::filename(file->path());
    if (name.starts_with("lib") && name.ends_with(".a"))
      found.push_back(file->path());
  }
  if (found.size() == 1)
    return found.front();
  report(ErrorKind::BadInput,
         "the folder has " + std::to_string(found.size()) +
             " files lib*.a, expected one",
         found.empty() ? "`mobileonec compile ... -o " + path + "` makes one"
                       : "name the library");
  return "";
}

std::unique_ptr<MemoryBuffer> Loader::readObject(const std::string &library) {
  ErrorOr<std::unique_ptr<MemoryBuffer>> file = MemoryBuffer::getFile(library);
  if (!file) {
    report(ErrorKind::BadInput, "cannot be read: " + file.getError().message());
    return nullptr;
  }
  Expected<std::unique_ptr<object::Archive>> archive =
      object::Archive::create((*file)->getMemBufferRef());
  if (!archive) {
    report(ErrorKind::BadInput,
           "is not a library: " + toString(archive.takeError()));
    return nullptr;
  }
  Error error = Error::success();
  std::vector<std::unique_ptr<MemoryBuffer>> members;
  for (const object::Archive::Child &child : (*archive)->children(error))
    if (Expected<MemoryBufferRef> member = child.getMemoryBufferRef())
      // A copy is aligned as object files must be.
      members.push_back(MemoryBuffer::getMemBufferCopy(
          member->getBuffer(), member->getBufferIdentifier()));
    else
      consumeError(member.takeError());
  if (error || members.size() != 1) {
    consumeError(std::move(error));
    report(ErrorKind::BadInput, "is not a library that mobileonec made");
    return nullptr;
  }
  return std::move(members.front());
}

std::string Loader::findModel(const MemoryBuffer &buffer) {
  Expected<std::unique_ptr<object::ObjectFile>> object =
      object::ObjectFile::createObjectFile(buffer.getMemBufferRef());
  if (!object) {
    report(ErrorKind::BadInput, "is not a library that mobileonec made: " +
                                    toString(object.takeError()));
    return "";
  }
  Triple host(sys::getProcessTriple());
  if ((*object)->getArch() != host.getArch() ||
      (*object)->getTripleObjectFormat() != host.getObjectFormat()) {
    report(ErrorKind::Unsupported,
           "is for " + Triple::getArchTypeName((*object)->getArch()).str() +
               ", this machine is " + host.str(),
           "run it on a machine of its kind");
    return "";
  }
  std::vector<std::string> exported;
  for (const object::SymbolRef &symbol : (*object)->symbols()) {
    uint32_t flags = cantFail(symbol.getFlags());
    if ((flags & object::SymbolRef::SF_Global) &&
        !(flags & object::SymbolRef::SF_Undefined))
      exported.push_back(cantFail(symbol.getName()).str());
  }
  if (exported.size() == 1)
    return exported.front();
  report(ErrorKind::BadInput, "exports " + std::to_string(exported.size()) +
                                  " symbols; a model exports one");
  return "";
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
  Loader loader(path, diagnostics);
  std::string library = loader.findLibrary();
  if (library.empty())
    return std::nullopt;
  std::unique_ptr<MemoryBuffer> object = loader.readObject(library);
  std::string name = object ? loader.findModel(*object) : "";
  if (name.empty())
    return std::nullopt;

  auto state = std::make_unique<State>();
  Expected<std::unique_ptr<orc::LLJIT>> jit = link(std::move(object));
  if (!jit)
    return loader.report(ErrorKind::BadInput,
                         "cannot be linked: " + toString(jit.takeError()));
  state->jit = std::move(*jit);
  Expected<orc::ExecutorAddr> address = state->jit->lookup(name);
  if (!address)
    return loader.report(ErrorKind::BadInput,
                         "cannot be linked: " + toString(address.takeError()));
  state->model = address->toPtr<const mobileone_model *>();
  if (state->model->abi_version != MOBILEONE_ABI_VERSION)
    return loader.report(
        ErrorKind::Unsupported,
        "has ABI version " + std::to_string(state->model->abi_version) +
            ", this program knows " + std::to_string(MOBILEONE_ABI_VERSION),
        "compile the model again");

  if (state->model->weights_bytes > 0 && !state->model->weights) {
    SmallString<128> file = sys::path::parent_path(library);
    sys::path::append(file, name + ".weights.bin");
    ErrorOr<std::unique_ptr<MemoryBuffer>> weights =
        MemoryBuffer::getFile(file, false, /*RequiresNullTerminator=*/false);
    if (!weights)
      return loader.report(
          ErrorKind::BadInput,
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
