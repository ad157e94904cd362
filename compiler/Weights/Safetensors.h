//===- Safetensors.h - Reads safetensors files ------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The format: an 8-byte little-endian length N, N bytes of JSON, then the
// tensors' bytes. The JSON maps each tensor's name to its type, its shape and
// its range of the bytes. Everything is checked before anything is used:
//
// - the length lies within the file; the JSON starts with `{`, ends with `}`,
//   possibly followed by spaces, and names no tensor twice;
// - `__metadata__`, if there, maps strings to strings;
// - a tensor has exactly `dtype`, `shape` and `data_offsets`; its range has as
//   many bytes as shape and type say; scalars and empty tensors are fine;
// - the ranges cover all bytes to the end of the file without hole or overlap;
// - limits of our own: 16 MiB of JSON, 10,000 tensors, 8 dimensions, 512 bytes
//   in a name.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_WEIGHTS_SAFETENSORS_H
#define MOBILEONE_WEIGHTS_SAFETENSORS_H

#include "compiler/Support/Diagnostics.h"
#include "compiler/Support/MappedFile.h"
#include "compiler/Weights/WeightStore.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mobileone {

struct SafetensorsEntry {
  std::string name;
  WeightType type = WeightType::F32;
  std::vector<int64_t> shape;
  uint64_t begin = 0, end = 0; ///< From the start of the file.
};

/// The tensors of the file whose bytes are `file`, by position. Reports every
/// broken rule as BadInput; `fileName` is for messages.
std::optional<std::vector<SafetensorsEntry>>
parseSafetensors(std::string_view file, const std::string &fileName,
                 DiagnosticList &diagnostics);

/// All tensors under the names that the file uses; their bytes stay in the
/// mapped file. Errors are BadInput.
std::optional<WeightStore> readSafetensors(const std::string &path,
                                           DiagnosticList &diagnostics);

/// The same for a file that is mapped already.
std::optional<WeightStore>
readSafetensors(const std::shared_ptr<const MappedFile> &file,
                const std::string &fileName, DiagnosticList &diagnostics);

} // namespace mobileone

#endif // MOBILEONE_WEIGHTS_SAFETENSORS_H
