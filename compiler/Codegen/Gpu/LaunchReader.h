//===- LaunchReader.h - Launches in what Halide lowered ---------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Halide compiles the loops over a GPU's blocks by itself and leaves calls of
// its runtime in their place. Shapes are constants here, so all that these
// calls say is known, and no such runtime is needed.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_CODEGEN_GPU_LAUNCHREADER_H
#define MOBILEONE_CODEGEN_GPU_LAUNCHREADER_H

#include "compiler/Codegen/ModelTables.h"

#include "Halide.h"

#include <string>
#include <vector>

namespace mobileone {

/// The launches of `module` in order. An argument is a constant or the number
/// of a buffer in `buffers`, the names of the kernel's buffers in the order of
/// its operands. Throws std::runtime_error where that is not all that there is
/// to say: a launch in a loop, a size that is not constant, other buffers or
/// numbers as arguments.
std::vector<Launch> readLaunches(const Halide::Module &module,
                                 const std::vector<std::string> &buffers);

/// The device code of `module`, text, which defines the launches' entries.
/// Throws std::runtime_error if there is none.
std::string readDeviceCode(const Halide::Module &module);

} // namespace mobileone

#endif // MOBILEONE_CODEGEN_GPU_LAUNCHREADER_H
