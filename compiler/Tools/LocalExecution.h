//===- LocalExecution.h - Runs a model in this process ----------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TOOLS_LOCALEXECUTION_H
#define MOBILEONE_TOOLS_LOCALEXECUTION_H

#include "compiler/Codegen/LoadedModel.h"
#include "compiler/Tools/ModelExecution.h"

namespace mobileone {

class LocalExecution : public ModelExecution {
public:
  /// `loaded` outlives this.
  explicit LocalExecution(const LoadedModel &loaded) : loaded(loaded) {}

  const mobileone_model &model() const override { return loaded.model(); }
  std::optional<std::vector<ObservedStep>>
  run(const Target &target, const std::vector<size_t> &results,
      ModelBuffers &buffers, DiagnosticList &diagnostics) override;

private:
  const LoadedModel &loaded;
};

} // namespace mobileone

#endif // MOBILEONE_TOOLS_LOCALEXECUTION_H
