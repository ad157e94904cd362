//===- Package.h - Compiled models as one package ---------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_CODEGEN_PACKAGE_PACKAGE_H
#define MOBILEONE_CODEGEN_PACKAGE_PACKAGE_H

#include "compiler/Codegen/OutputFolder.h"
#include "compiler/Codegen/Package/Artifact.h"
#include "compiler/Support/Diagnostics.h"

#include <optional>
#include <string>
#include <vector>

namespace mobileone {

/// What goes into a package: every model for every platform.
struct Package {
  std::string name;
  /// Sorted by identifier; `artifacts` of each in the order of `models`.
  struct Slice {
    Platform platform;
    std::vector<const Artifact *> artifacts;
  };
  std::vector<Slice> slices;

  /// One artifact per model, of the first platform: names and tensors are the
  /// same for all platforms, memory is not.
  const std::vector<const Artifact *> &models() const {
    return slices.front().artifacts;
  }
};

/// One way to package.
struct PackageFormat {
  const char *name; ///< What `--format` takes.
  const char *what; ///< "a Swift package with an XCFramework".
  /// Targets whose platforms belong: "iphone12, ios-simulator-arm64".
  const char *targets;
  bool (*serves)(const Platform &platform);
  /// Writes the package, all of it into `folder`. False after an error.
  bool (*write)(const Package &package, OutputFolder &folder,
                DiagnosticList &diagnostics);
  /// How an app uses the package that lies in the folder `path`; ends in a
  /// newline.
  std::string (*usage)(const Package &package, const std::string &path);
};

/// All formats, one file each.
const std::vector<PackageFormat> &packageFormats();

/// The format called `name`, or null after reporting a Usage error.
const PackageFormat *findPackageFormat(const std::string &name,
                                       DiagnosticList &diagnostics);

/// Puts `artifacts`, which must outlive the package, in order. `name` may be
/// empty for a single model, whose name the package then takes. Reports all
/// that does not go together: Usage for names, Unsupported for platforms that
/// the format does not serve, BadInput for a model that is there twice, lacks a
/// platform or differs between platforms.
std::optional<Package> makePackage(const std::vector<Artifact> &artifacts,
                                   const std::string &name,
                                   const PackageFormat &format,
                                   DiagnosticList &diagnostics);

} // namespace mobileone

#endif // MOBILEONE_CODEGEN_PACKAGE_PACKAGE_H
