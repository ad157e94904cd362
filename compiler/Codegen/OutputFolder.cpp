//===- OutputFolder.cpp - Results that appear whole or not at all ---------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/OutputFolder.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include <set>

using namespace llvm;
using namespace mobileone;

/// Without the separators at the end, so that its parent is another folder.
static std::string withoutTrailingSeparators(std::string path) {
  while (path.size() > 1 && sys::path::is_separator(path.back()))
    path.pop_back();
  return path;
}

OutputFolder::OutputFolder(std::string destination)
    : destination(withoutTrailingSeparators(std::move(destination))) {}

OutputFolder::~OutputFolder() {
  if (!temporary.empty())
    sys::fs::remove_directories(temporary);
}

std::string OutputFolder::temporaryPath(const std::string &name) const {
  return temporary + "/" + name;
}

/// With the permissions that the user's umask asks for.
static std::error_code makeFolders(const Twine &path) {
  return sys::fs::create_directories(path, /*IgnoreExisting=*/true,
                                     sys::fs::perms::all_all);
}

static bool reportFailure(DiagnosticList &diagnostics, const std::string &path,
                          const std::string &what, std::error_code error) {
  diagnostics.error(ErrorKind::BadInput, path, what + ": " + error.message(),
                    error == std::errc::no_space_on_device
                        ? "free some space, or choose another folder"
                        : "choose a folder that can be written with -o");
  return false;
}

bool OutputFolder::open(DiagnosticList &diagnostics) {
  // In the destination's parent, so that moving is renaming.
  StringRef parent = sys::path::parent_path(destination);
  if (!parent.empty())
    if (std::error_code error = makeFolders(parent))
      return reportFailure(diagnostics, destination, "cannot be made", error);
  if (sys::fs::exists(destination) && !sys::fs::is_directory(destination)) {
    diagnostics.error(ErrorKind::BadInput, destination,
                      "is a file; the results need a folder",
                      "choose a folder that can be written with -o");
    return false;
  }
  SmallString<128> prefix(destination), path;
  prefix += sys::fs::exists(destination) ? "/.mobileonec" : ".mobileonec";
  // A relative one would lie in the system's temporary folder.
  std::error_code error = sys::fs::make_absolute(prefix);
  if (!error)
    error = sys::fs::createUniqueDirectory(prefix, path);
  if (error)
    return reportFailure(diagnostics, destination, "cannot be written", error);
  temporary = path.str().str();
  return true;
}

bool OutputFolder::write(const std::string &name, const char *data,
                         size_t bytes, DiagnosticList &diagnostics) {
  std::string path = temporaryPath(name);
  std::string final = destination + "/" + name;
  if (std::error_code error = makeFolders(sys::path::parent_path(path)))
    return reportFailure(diagnostics, final, "cannot be written", error);
  std::error_code error;
  raw_fd_ostream stream(path, error);
  if (error)
    return reportFailure(diagnostics, final, "cannot be written", error);
  stream.write(data, bytes);
  stream.close();
  if (stream.has_error()) {
    error = stream.error();
    stream.clear_error();
    return reportFailure(diagnostics, final, "cannot be written", error);
  }
  names.push_back(name);
  return true;
}

bool OutputFolder::commit(DiagnosticList &diagnostics) {
  if (std::error_code error = makeFolders(destination))
    return reportFailure(diagnostics, destination, "cannot be made", error);
  // A subfolder moves as one.
  std::set<std::string> entries;
  for (const std::string &name : names)
    entries.insert(sys::path::begin(name)->str());
  for (const std::string &entry : entries) {
    std::string to = destination + "/" + entry;
    if (sys::fs::is_directory(to))
      sys::fs::remove_directories(to);
    if (std::error_code error = sys::fs::rename(temporaryPath(entry), to))
      return reportFailure(diagnostics, to, "cannot be written", error);
  }
  return true;
}
