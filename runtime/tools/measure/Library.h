//===- Library.h - Code that came in a request ------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_RUNTIME_TOOLS_MEASURE_LIBRARY_H
#define MOBILEONE_RUNTIME_TOOLS_MEASURE_LIBRARY_H

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace mobileone::measure {

/// Loaded code: the address of what C calls `name`, or null.
using Library = std::function<const void *(const std::string &name)>;

/// Loads `bytes`, a shared object of this system, or an object file for Apple's
/// systems and this processor, for as long as `library` is there. What is wrong
/// with it, or "".
std::string openLibrary(const std::vector<uint8_t> &bytes, Library &library);

} // namespace mobileone::measure

#endif // MOBILEONE_RUNTIME_TOOLS_MEASURE_LIBRARY_H
