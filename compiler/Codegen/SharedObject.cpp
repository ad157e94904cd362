//===- SharedObject.cpp - What a process loads ----------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/SharedObject.h"

#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Program.h"

using namespace mobileone;

bool mobileone::linkSharedObject(const std::vector<std::string> &inputs,
                                 const std::string &output,
                                 DiagnosticList &diagnostics) {
  llvm::ErrorOr<std::string> linker = llvm::sys::findProgramByName("ld.lld-22");
  if (!linker)
    linker = llvm::sys::findProgramByName("ld.lld");
  if (!linker) {
    diagnostics.error(ErrorKind::ToolMissing, "ld.lld-22",
                      "is not on the PATH; what runs elsewhere is linked "
                      "with it",
                      "install lld-22");
    return false;
  }
  std::vector<llvm::StringRef> arguments = {"ld.lld", "-shared", "-o", output};
  arguments.insert(arguments.end(), inputs.begin(), inputs.end());
  std::string log = output + ".log", message;
  std::optional<llvm::StringRef> redirects[] = {
      llvm::StringRef(""), llvm::StringRef(log), llvm::StringRef(log)};
  int status = llvm::sys::ExecuteAndWait(*linker, arguments, std::nullopt,
                                         redirects, 60, 0, &message);
  if (status == 0)
    return true;
  auto text = llvm::MemoryBuffer::getFile(log);
  diagnostics.error(ErrorKind::Internal, *linker,
                    "failed: " + message +
                        (text ? (*text)->getBuffer().str() : ""));
  return false;
}

std::optional<std::string>
mobileone::loadableBytes(const ModelObject &object, const std::string &folder,
                         DiagnosticList &diagnostics) {
  if (object.format == llvm::Triple::MachO)
    return object.object->getBuffer().str();
  std::string output = folder + "/library.so";
  if (!linkSharedObject({"--whole-archive", object.library}, output,
                        diagnostics))
    return std::nullopt;
  auto library = llvm::MemoryBuffer::getFile(output);
  if (library)
    return (*library)->getBuffer().str();
  diagnostics.error(ErrorKind::Internal, output,
                    "cannot be read: " + library.getError().message());
  return std::nullopt;
}
