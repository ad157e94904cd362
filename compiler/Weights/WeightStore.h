//===- WeightStore.h - Named tensors -----*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The IR names weights; this holds their bytes. Tensors come from a mapped
// file, which stays read-only, or from passes, which compute in double: values
// are rounded once, when they are packed.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_WEIGHTS_WEIGHTSTORE_H
#define MOBILEONE_WEIGHTS_WEIGHTSTORE_H

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace mobileone {

/// Element types, named as in safetensors. Weights are floating point; integers
/// occur as counters and as images.
enum class WeightType {
  F16,
  BF16,
  F32,
  F64,
  I64,
  I32,
  I16,
  I8,
  U64,
  U32,
  U16,
  U8,
  BOOL
};

/// "F16", ...
std::string weightTypeName(WeightType type);
/// The type of that name, if there is one.
std::optional<WeightType> weightTypeNamed(const std::string &name);
/// Size of an element.
size_t weightTypeBytes(WeightType type);
/// Whether weights can have this type.
bool isFloatingPoint(WeightType type);

/// A tensor in memory: dense, row-major, little-endian, any alignment.
struct WeightView {
  WeightType type = WeightType::F32;
  std::vector<int64_t> shape;
  const uint8_t *data = nullptr;

  int64_t elements() const;
};

class WeightStore {
public:
  /// Makes `view` known as `name`; `owner` keeps its memory alive.
  void addView(const std::string &name, WeightView view,
               std::shared_ptr<const void> owner);
  /// Adds or replaces a computed tensor.
  void add(const std::string &name, std::vector<int64_t> shape,
           std::vector<double> values);

  /// Forgets a tensor, if there is one of that name.
  void erase(const std::string &name);

  bool contains(const std::string &name) const;
  /// Null if there is no such tensor.
  const WeightView *find(const std::string &name) const;
  /// The tensor's values in double; integers beyond 2^53 are rounded. The
  /// tensor must exist.
  std::vector<double> read(const std::string &name) const;
  /// All names, sorted.
  std::vector<std::string> names() const;

private:
  struct Entry {
    WeightView view;
    std::shared_ptr<const void> owner;
  };
  std::map<std::string, Entry> entries;
};

} // namespace mobileone

#endif // MOBILEONE_WEIGHTS_WEIGHTSTORE_H
