//===- MappedFile.cpp - A file's bytes, mapped read-only ------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Support/MappedFile.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace mobileone;

namespace {

class FileDescriptor {
public:
  explicit FileDescriptor(int descriptor) : descriptor(descriptor) {}
  ~FileDescriptor() {
    if (descriptor >= 0)
      ::close(descriptor);
  }
  FileDescriptor(const FileDescriptor &) = delete;
  FileDescriptor &operator=(const FileDescriptor &) = delete;

  int get() const { return descriptor; }

private:
  int descriptor;
};

} // namespace

/// What `mode` says the file is, if it is not a regular one.
static const char *kindOfSpecialFile(mode_t mode) {
  if (S_ISDIR(mode))
    return "is a folder, not a file";
  if (S_ISFIFO(mode))
    return "is a pipe, not a file";
  return S_ISREG(mode) ? nullptr : "is a device, not a file";
}

std::shared_ptr<const MappedFile>
MappedFile::open(const std::string &path, DiagnosticList &diagnostics) {
  auto fail = [&](const std::string &message) {
    diagnostics.error(ErrorKind::BadInput, escapeForDisplay(path), message);
    return nullptr;
  };
  // Opening a pipe would wait for its writer otherwise.
  FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.get() < 0)
    return fail(fmt::format("cannot open the file: {}", std::strerror(errno)));
  struct stat status;
  if (::fstat(file.get(), &status) != 0)
    return fail(fmt::format("cannot read the file: {}", std::strerror(errno)));
  if (const char *kind = kindOfSpecialFile(status.st_mode))
    return fail(kind);
  size_t length = status.st_size;
  if (length == 0) // Cannot be mapped.
    return std::shared_ptr<const MappedFile>(new MappedFile(nullptr, 0));
  void *bytes = ::mmap(nullptr, length, PROT_READ, MAP_PRIVATE, file.get(), 0);
  if (bytes == MAP_FAILED)
    return fail(fmt::format("cannot map the file: {}", std::strerror(errno)));
  return std::shared_ptr<const MappedFile>(
      new MappedFile(static_cast<const uint8_t *>(bytes), length));
}

MappedFile::~MappedFile() {
  if (length != 0)
    ::munmap(const_cast<uint8_t *>(bytes), length);
}
