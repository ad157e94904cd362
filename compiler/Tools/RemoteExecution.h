//===- RemoteExecution.h - Runs a model by mobileone-measure ----*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// For machines that this one is not, by an emulator or any other command. The
// other side is runtime/tools/measure.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TOOLS_REMOTEEXECUTION_H
#define MOBILEONE_TOOLS_REMOTEEXECUTION_H

#include "compiler/Codegen/ModelTables.h"
#include "compiler/Tools/ModelExecution.h"

#include <map>

namespace mobileone {

class RemoteExecution : public ModelExecution {
public:
  /// `folder` holds the library that `tables` describe, with its weights
  /// inside; `commands` runs mobileone-measure for each of its targets.
  RemoteExecution(ModelTables tables, std::string folder,
                  std::map<const Target *, std::vector<std::string>> commands);

  const mobileone_model &model() const override { return table; }
  std::optional<std::vector<ObservedStep>>
  run(const Target &target, const std::vector<size_t> &results,
      ModelBuffers &buffers, DiagnosticList &diagnostics) override;

private:
  std::optional<std::string> makeLibrary(DiagnosticList &diagnostics) const;
  std::vector<ObservedStep> stepsOf(const Target &target) const;

  ModelTables tables;
  std::string folder;
  std::map<const Target *, std::vector<std::string>> commands;
  std::vector<mobileone_tensor> inputs, outputs;
  mobileone_model table = {};
};

/// Reads what mobileone-measure printed about one model into `steps` and
/// `buffers`, of every step the last `results` operands. Why it makes no sense,
/// or "".
std::string readObservation(const std::string &text,
                            const std::vector<size_t> &results,
                            std::vector<ObservedStep> &steps,
                            ModelBuffers &buffers);

} // namespace mobileone

#endif // MOBILEONE_TOOLS_REMOTEEXECUTION_H
