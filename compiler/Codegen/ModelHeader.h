//===- ModelHeader.h - The header of a compiled model -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_CODEGEN_MODELHEADER_H
#define MOBILEONE_CODEGEN_MODELHEADER_H

#include "compiler/Codegen/ModelTables.h"

#include <string>

namespace mobileone {

/// `<name>.h`, C11 and C++17: declares the model and gives its shapes, types,
/// layouts and memory as constants.
std::string printModelHeader(const ModelTables &tables, uint64_t weightsBytes,
                             bool weightsInFile);

/// "f32" or "u8".
std::string nameOfType(schedules::ElementType type);

/// "nchw", "nhwc" or "nc".
std::string nameOfLayout(mobileone_layout layout);

} // namespace mobileone

#endif // MOBILEONE_CODEGEN_MODELHEADER_H
