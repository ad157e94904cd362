//===- LoadedModel.h - A compiled model in this process -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Loads a library that the compiler wrote, without a linker: what `run`,
// `bench` and tests call.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_CODEGEN_LOADEDMODEL_H
#define MOBILEONE_CODEGEN_LOADEDMODEL_H

#include "compiler/Support/Diagnostics.h"
#include "runtime/include/mobileone/model_abi.h"

#include <memory>
#include <optional>
#include <string>

namespace mobileone {

class LoadedModel {
public:
  LoadedModel(LoadedModel &&);
  LoadedModel &operator=(LoadedModel &&);
  ~LoadedModel();

  /// Loads `path`, a `lib<name>.a` or a folder with exactly one, for the
  /// machine that this program runs on. Nothing after an error: BadInput for
  /// what is no such library, Unsupported for another machine's.
  static std::optional<LoadedModel> load(const std::string &path,
                                         DiagnosticList &diagnostics);

  /// The model's table; lives as long as this object.
  const mobileone_model &model() const;

  /// The content of `<name>.weights.bin`, 64-byte aligned, where the library
  /// has its weights beside it; null and 0 where they are inside.
  const void *weights() const;
  uint64_t weightsBytes() const;

private:
  struct State;
  explicit LoadedModel(std::unique_ptr<State> state);
  std::unique_ptr<State> state;
};

} // namespace mobileone

#endif // MOBILEONE_CODEGEN_LOADEDMODEL_H
