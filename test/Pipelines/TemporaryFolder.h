//===- TemporaryFolder.h - A folder that goes with its test -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TEST_PIPELINES_TEMPORARYFOLDER_H
#define MOBILEONE_TEST_PIPELINES_TEMPORARYFOLDER_H

#include <cstdlib>
#include <filesystem>
#include <string>

namespace mobileone {

class TemporaryFolder {
public:
  TemporaryFolder() {
    std::string pattern =
        std::filesystem::temp_directory_path() / "mobileone-test-XXXXXX";
    folder = mkdtemp(pattern.data());
  }
  ~TemporaryFolder() {
    std::error_code error;
    std::filesystem::remove_all(folder, error);
  }
  TemporaryFolder(const TemporaryFolder &) = delete;
  TemporaryFolder &operator=(const TemporaryFolder &) = delete;

  std::string path(const std::string &name) const { return folder / name; }

private:
  std::filesystem::path folder;
};

} // namespace mobileone

#endif // MOBILEONE_TEST_PIPELINES_TEMPORARYFOLDER_H
