//===- PyTorchFile.h - Recognizes pickled checkpoints -----------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Pickles run code when they are read, so this project never reads one.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_WEIGHTS_PYTORCHFILE_H
#define MOBILEONE_WEIGHTS_PYTORCHFILE_H

#include <string>
#include <string_view>

namespace mobileone {

/// Whether `path`, which holds `bytes`, is what `torch.save` writes: a zip
/// archive or a pickle, or neither of these nor safetensors but named so.
bool isPyTorchFile(const std::string &path, std::string_view bytes);

/// A command for the shell that converts `path` to safetensors.
std::string conversionCommand(const std::string &path);

} // namespace mobileone

#endif // MOBILEONE_WEIGHTS_PYTORCHFILE_H
