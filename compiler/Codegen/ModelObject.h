//===- ModelObject.h - The object file in a model's library -----*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_CODEGEN_MODELOBJECT_H
#define MOBILEONE_CODEGEN_MODELOBJECT_H

#include "compiler/Support/Diagnostics.h"

#include "llvm/Support/MemoryBuffer.h"
#include "llvm/TargetParser/Triple.h"

#include <memory>
#include <optional>
#include <string>

namespace mobileone {

/// The only member of a library that the compiler wrote, for any machine.
struct ModelObject {
  std::string library; ///< Its path.
  std::string name;    ///< Of the model, as C has it.
  std::unique_ptr<llvm::MemoryBuffer> object;
  llvm::Triple::ArchType architecture = llvm::Triple::UnknownArch;
  llvm::Triple::ObjectFormatType format = llvm::Triple::UnknownObjectFormat;
};

/// Reads `path`, a `lib<name>.a` or a folder with exactly one. Nothing after
/// BadInput errors.
std::optional<ModelObject> readModelObject(const std::string &path,
                                           DiagnosticList &diagnostics);

} // namespace mobileone

#endif // MOBILEONE_CODEGEN_MODELOBJECT_H
