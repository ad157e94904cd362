//===- SafetensorsBytes.h - Makes safetensors files -------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TEST_WEIGHTS_SAFETENSORSBYTES_H
#define MOBILEONE_TEST_WEIGHTS_SAFETENSORSBYTES_H

#include "compiler/Weights/WeightStore.h"

#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>

namespace mobileone {

/// A file of `header` and `data`, with the right length before them.
inline std::string safetensorsOf(const std::string &header,
                                 const std::string &data = "") {
  std::string bytes;
  for (int i = 0; i < 8; ++i)
    bytes += static_cast<char>(static_cast<uint64_t>(header.size()) >> (8 * i));
  return bytes + header + data;
}

/// A file with the tensors of `store` under the names that `rename` gives.
inline std::string
safetensorsOf(const WeightStore &store,
              const std::function<std::string(const std::string &)> &rename) {
  nlohmann::json header;
  std::string data;
  for (const std::string &name : store.names()) {
    const WeightView &view = *store.find(name);
    size_t begin = data.size();
    size_t bytes = view.elements() * weightTypeBytes(view.type);
    data.append(reinterpret_cast<const char *>(view.data), bytes);
    header[rename(name)] = {{"dtype", weightTypeName(view.type)},
                            {"shape", view.shape},
                            {"data_offsets", {begin, data.size()}}};
  }
  return safetensorsOf(header.dump(), data);
}

inline std::string safetensorsOf(const WeightStore &store) {
  return safetensorsOf(store, [](const std::string &name) { return name; });
}

} // namespace mobileone

#endif // MOBILEONE_TEST_WEIGHTS_SAFETENSORSBYTES_H
