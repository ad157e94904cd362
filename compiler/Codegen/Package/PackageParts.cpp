//===- PackageParts.cpp - What several formats write ----------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/Package/PackageParts.h"

#include "compiler/Codegen/Cpp/EmbeddedFiles.h"
#include "compiler/Support/MappedFile.h"

#include <filesystem>

using namespace mobileone;

std::string
mobileone::fillTemplate(const std::string &name,
                        const std::map<std::string, std::string> &values) {
  std::string path = "compiler/Codegen/Package/templates/" + name;
  std::string text = embeddedFile(path.c_str());
  for (const auto &[key, value] : values) {
    std::string mark = "@" + key + "@";
    for (size_t at = 0; (at = text.find(mark, at)) != std::string::npos;
         at += value.size())
      text.replace(at, mark.size(), value);
  }
  return text;
}

bool mobileone::copyArtifactFile(const Artifact &artifact,
                                 const std::string &name, const std::string &to,
                                 OutputFolder &folder,
                                 DiagnosticList &diagnostics) {
  std::filesystem::path path = std::filesystem::path(artifact.folder) / name;
  std::shared_ptr<const MappedFile> file = MappedFile::open(path, diagnostics);
  return file &&
         folder.write(to, file->text().data(), file->size(), diagnostics);
}

bool mobileone::writeRuntimeFiles(const std::string &prefix,
                                  const std::string &to, OutputFolder &folder,
                                  DiagnosticList &diagnostics) {
  for (const EmbeddedFile &file : embeddedFiles()) {
    std::string path = file.path;
    if (path.compare(0, prefix.size(), prefix) == 0 &&
        !folder.write(to + path.substr(prefix.size()), file.text, diagnostics))
      return false;
  }
  return true;
}
