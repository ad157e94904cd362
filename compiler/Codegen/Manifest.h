//===- Manifest.h - What a library was made of -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_CODEGEN_MANIFEST_H
#define MOBILEONE_CODEGEN_MANIFEST_H

#include "compiler/Codegen/ModelTables.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace mobileone {

/// What a manifest says beyond the tables. No times, no paths: equal inputs
/// give equal manifests.
struct ManifestFacts {
  std::string specSha256;    ///< Of the spec with all defaults filled in.
  std::string weightsSource; ///< "file" or "random:<seed>".
  std::string weightsSha256; ///< Of the file; empty for random weights.
  std::string naming;        ///< Whose names its tensors have.
  std::string form;          ///< "train" or "fused".
  double mergeDifference = 0;

  uint64_t packedBytes = 0;
  std::string packedSha256;
  bool weightsInFile = false;
  /// Bytes of each artifact, by name.
  std::map<std::string, uint64_t> files;
};

/// `<name>.manifest.json`: inputs, versions, targets, kernels with their
/// schedules, sizes.
std::string printManifest(const ModelTables &tables,
                          const ManifestFacts &facts);

/// SHA-256 in hexadecimal.
std::string sha256(const void *data, size_t bytes);

/// The first 8 bytes of a SHA-256, big endian: mobileone_model::weights_id.
uint64_t weightsId(const std::vector<uint8_t> &weights);

/// This compiler's version.
std::string compilerVersion();

} // namespace mobileone

#endif // MOBILEONE_CODEGEN_MANIFEST_H
