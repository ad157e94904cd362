//===- ModelObject.cpp - The object file in a model's library -------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/ModelObject.h"

#include "llvm/Object/Archive.h"
#include "llvm/Object/ObjectFile.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

#include <vector>

using namespace llvm;
using namespace mobileone;

namespace {

/// One attempt at reading.
class Reader {
public:
  Reader(const std::string &path, DiagnosticList &diagnostics)
      : path(path), diagnostics(diagnostics) {}

  /// The library's path, or empty.
  std::string findLibrary();
  /// The archive's only member, or null.
  std::unique_ptr<MemoryBuffer> readObject(const std::string &library);
  /// Fills in what `result.object` says; false after an error.
  bool describe(ModelObject &result);

private:
  void report(const std::string &message, const std::string &hint = "") {
    diagnostics.error(ErrorKind::BadInput, path, message, hint);
  }

  const std::string &path;
  DiagnosticList &diagnostics;
};

} // namespace

std::string Reader::findLibrary() {
  if (!sys::fs::exists(path)) {
    report("no such file or folder");
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
  report("the folder has " + std::to_string(found.size()) +
             " files lib*.a, expected one",
         found.empty() ? "`mobileonec compile ... -o " + path + "` makes one"
                       : "name the library");
  return "";
}

std::unique_ptr<MemoryBuffer> Reader::readObject(const std::string &library) {
  ErrorOr<std::unique_ptr<MemoryBuffer>> file = MemoryBuffer::getFile(library);
  if (!file) {
    report("cannot be read: " + file.getError().message());
    return nullptr;
  }
  Expected<std::unique_ptr<object::Archive>> archive =
      object::Archive::create((*file)->getMemBufferRef());
  if (!archive) {
    report("is not a library: " + toString(archive.takeError()));
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
    report("is not a library that mobileonec made");
    return nullptr;
  }
  return std::move(members.front());
}

bool Reader::describe(ModelObject &result) {
  Expected<std::unique_ptr<object::ObjectFile>> object =
      object::ObjectFile::createObjectFile(result.object->getMemBufferRef());
  if (!object) {
    report("is not a library that mobileonec made: " +
           toString(object.takeError()));
    return false;
  }
  result.architecture = (*object)->getArch();
  result.format = (*object)->getTripleObjectFormat();
  std::vector<std::string> exported;
  for (const object::SymbolRef &symbol : (*object)->symbols()) {
    uint32_t flags = cantFail(symbol.getFlags());
    if ((flags & object::SymbolRef::SF_Global) &&
        !(flags & object::SymbolRef::SF_Undefined))
      exported.push_back(cantFail(symbol.getName()).str());
  }
  if (exported.size() != 1) {
    report("exports " + std::to_string(exported.size()) +
           " symbols; a model exports one");
    return false;
  }
  // Apple's linkers put an underscore before C's names.
  result.name = exported.front().substr(result.format == Triple::MachO ? 1 : 0);
  return true;
}

std::optional<ModelObject>
mobileone::readModelObject(const std::string &path,
                           DiagnosticList &diagnostics) {
  Reader reader(path, diagnostics);
  ModelObject result;
  result.library = reader.findLibrary();
  if (result.library.empty())
    return std::nullopt;
  result.object = reader.readObject(result.library);
  if (!result.object || !reader.describe(result))
    return std::nullopt;
  return result;
}
