//===- MachObject.h - Runs objects for Apple's systems ----------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_RUNTIME_TOOLS_MEASURE_MACHOBJECT_H
#define MOBILEONE_RUNTIME_TOOLS_MEASURE_MACHOBJECT_H

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace mobileone::measure {

/// A relocatable object in the format of Apple's systems, mapped into this
/// process: kernels keep to the part of the calling convention that is the same
/// elsewhere, so an arm64 machine runs the very bytes that a phone gets.
class MachObject {
public:
  MachObject() = default;
  ~MachObject();
  MachObject(const MachObject &) = delete;
  MachObject &operator=(const MachObject &) = delete;

  static bool isOne(const std::vector<uint8_t> &bytes);

  /// Maps `bytes` and relocates them. What is wrong with them, or "".
  std::string load(const std::vector<uint8_t> &bytes);

  /// The address of what C calls `name`, or null.
  const void *find(const std::string &name) const;

private:
  uint8_t *memory = nullptr;
  size_t size = 0;
  std::map<std::string, const void *> exported;
};

} // namespace mobileone::measure

#endif // MOBILEONE_RUNTIME_TOOLS_MEASURE_MACHOBJECT_H
