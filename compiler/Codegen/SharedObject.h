//===- SharedObject.h - What a process loads --------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_CODEGEN_SHAREDOBJECT_H
#define MOBILEONE_CODEGEN_SHAREDOBJECT_H

#include "compiler/Codegen/ModelObject.h"
#include "compiler/Support/Diagnostics.h"

#include <optional>
#include <string>
#include <vector>

namespace mobileone {

/// Links `inputs`, ELF objects of any machine, and linker flags, into the
/// shared object `output`; what the linker says goes to a file beside it. False
/// after ToolMissing, where there is no linker, or Internal.
bool linkSharedObject(const std::vector<std::string> &inputs,
                      const std::string &output, DiagnosticList &diagnostics);

/// What a process on a machine for `object` loads: a shared object with all of
/// it, which is linked in `folder`, or, for Apple's systems, the object file as
/// it is. Nothing after ToolMissing or Internal.
std::optional<std::string> loadableBytes(const ModelObject &object,
                                         const std::string &folder,
                                         DiagnosticList &diagnostics);

} // namespace mobileone

#endif // MOBILEONE_CODEGEN_SHAREDOBJECT_H
