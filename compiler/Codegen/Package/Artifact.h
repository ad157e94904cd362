//===- Artifact.h - What compile wrote, read back ---------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_CODEGEN_PACKAGE_ARTIFACT_H
#define MOBILEONE_CODEGEN_PACKAGE_ARTIFACT_H

#include "compiler/Codegen/Package/Platform.h"
#include "compiler/Support/Diagnostics.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace mobileone {

/// An input or output, as the manifest describes it.
struct ArtifactTensor {
  std::string name;
  std::string type;           ///< "f32", "f16" or "u8".
  std::string layout;         ///< "nchw", "nhwc" or "nc".
  std::vector<int64_t> shape; ///< Batch first.

  int64_t elements() const;
  /// "f32 nchw [1, 3, 224, 224]".
  std::string describe() const;
  bool operator==(const ArtifactTensor &other) const;
};

/// A folder that `compile` wrote.
struct Artifact {
  std::string folder;
  std::string name;                 ///< The model's.
  std::vector<std::string> targets; ///< "x86-64-v4", "x86-64-v3".
  Platform platform;
  std::vector<ArtifactTensor> inputs, outputs;
  uint64_t weightsBytes = 0; ///< Packed.
  std::string weightsSha256;
  bool weightsInFile = false;
  /// Bytes of each of its files, by name.
  std::map<std::string, uint64_t> files;

  std::string library() const { return "lib" + name + ".a"; }
  std::string header() const { return name + ".h"; }
  std::string weightsFile() const { return name + ".weights.bin"; }
  /// "digits in build/digits".
  std::string describe() const;
};

/// The path of the one manifest in `folder`; reports BadInput if there is not
/// exactly one.
std::optional<std::string> findManifest(const std::string &folder,
                                        DiagnosticList &diagnostics);

/// Reads the manifest in `folder` and compares the library, the header and the
/// weights file with the sizes that it gives. Nothing after an error: BadInput
/// for what is not such a folder or is incomplete, Unsupported for a library
/// whose ABI version is not this compiler's or whose system no package serves.
std::optional<Artifact> readArtifact(const std::string &folder,
                                     DiagnosticList &diagnostics);

} // namespace mobileone

#endif // MOBILEONE_CODEGEN_PACKAGE_ARTIFACT_H
