//===- ModelSession.h - A session with its buffers --------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TOOLS_MODELSESSION_H
#define MOBILEONE_TOOLS_MODELSESSION_H

#include "compiler/Codegen/LoadedModel.h"
#include "compiler/Support/Diagnostics.h"
#include "compiler/Tools/ModelBuffers.h"

#include "mobileone/runtime.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace mobileone {

/// A runtime session and memory for all inputs and outputs of its model.
class ModelSession : public ModelBuffers {
public:
  /// `loaded` must outlive the session; `level` is a mobileone_level or -1 for
  /// the best. Reports Unsupported where the machine runs none of the programs,
  /// Internal for other refusals of the runtime.
  static std::optional<ModelSession> create(const LoadedModel &loaded,
                                            unsigned threads, int level,
                                            DiagnosticList &diagnostics);

  /// Runs once; reports Internal.
  bool run(DiagnosticList &diagnostics);
  /// Runs once, for measurements. The status is MOBILEONE_OK after `run` was.
  mobileone_status runUnchecked() {
    return mobileone_run(session.get(), inputPointers.data(),
                         outputPointers.data());
  }

  mobileone_session *handle() const { return session.get(); }

  /// How often a run goes through the program's steps.
  uint32_t passes() const {
    return model().batch / mobileone_session_program(handle())->images;
  }

private:
  struct Destroy {
    void operator()(mobileone_session *session) const {
      mobileone_session_destroy(session);
    }
  };
  explicit ModelSession(const mobileone_model &model);

  std::unique_ptr<mobileone_session, Destroy> session;
  std::vector<const void *> inputPointers;
  std::vector<void *> outputPointers;
};

} // namespace mobileone

#endif // MOBILEONE_TOOLS_MODELSESSION_H
