//===- Library.cpp - Code that came in a request --------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Library.h"

#include "MachObject.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <memory>
#include <unistd.h>

namespace mobileone::measure {

/// Opens `library` by way of a file that is gone afterwards.
static void *openShared(const std::vector<uint8_t> &library,
                        std::string &problem) {
  const char *folder = std::getenv("TMPDIR");
  std::string path =
      std::string(folder ? folder : "/tmp") + "/mobileone-measure-XXXXXX";
  int file = mkstemp(path.data());
  if (file < 0) {
    problem = "no temporary file: " + path + ": " + std::strerror(errno);
    return nullptr;
  }
  size_t done = 0;
  while (done < library.size()) {
    ssize_t count = write(file, &library[done], library.size() - done);
    if (count <= 0)
      break;
    done += size_t(count);
  }
  close(file);
  void *handle = done == library.size()
                     ? dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL)
                     : nullptr;
  if (done < library.size())
    problem = "cannot write " + path;
  else if (!handle)
    problem = dlerror();
  unlink(path.c_str());
  return handle;
}

std::string openLibrary(const std::vector<uint8_t> &bytes, Library &library) {
  std::string problem;
  if (MachObject::isOne(bytes)) {
    auto object = std::make_shared<MachObject>();
    problem = object->load(bytes);
    library = [object](const std::string &name) { return object->find(name); };
    return problem;
  }
  void *handle = openShared(bytes, problem);
  library = [handle](const std::string &name) {
    return dlsym(handle, name.c_str());
  };
  return problem;
}

} // namespace mobileone::measure
