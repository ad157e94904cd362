//===- ModelSession.cpp - A session of a loaded model with its buffers ----===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/ModelSession.h"

#include <fmt/format.h>

using namespace mobileone;

ModelSession::ModelSession(const mobileone_model &model) : ModelBuffers(model) {
  for (std::vector<uint8_t> &input : inputs)
    inputPointers.push_back(input.data());
  for (std::vector<uint8_t> &output : outputs)
    outputPointers.push_back(output.data());
}

std::optional<ModelSession> ModelSession::create(const LoadedModel &loaded,
                                                 unsigned threads, int level,
                                                 DiagnosticList &diagnostics) {
  const mobileone_model &model = loaded.model();
  mobileone_options options = mobileone_default_options();
  options.threads = threads;
  options.level = level;
  options.weights = loaded.weights();
  options.weights_bytes = loaded.weightsBytes();
  mobileone_session *handle = nullptr;
  mobileone_status status = mobileone_session_create(&model, &options, &handle);
  if (status != MOBILEONE_OK) {
    std::string programs;
    for (uint32_t i = 0; i < model.program_count; ++i)
      programs += (i ? ", " : "") + std::string(model.programs[i].target);
    bool hasNoGpu = status == MOBILEONE_NO_DEVICE;
    bool unsupported = status == MOBILEONE_UNSUPPORTED_CPU || hasNoGpu;
    diagnostics.error(
        unsupported ? ErrorKind::Unsupported : ErrorKind::Internal, model.name,
        fmt::format("{} {}", mobileone_status_text(status),
                    mobileone_last_error(nullptr)),
        unsupported
            ? fmt::format("the library holds code for {}; compile it "
                          "with --target {}host",
                          programs,
                          hasNoGpu ? model.programs[0].target + std::string(",")
                                   : "")
            : "");
    return std::nullopt;
  }
  ModelSession session(model);
  session.session.reset(handle);
  return session;
}

bool ModelSession::run(DiagnosticList &diagnostics) {
  mobileone_status status = runUnchecked();
  if (status == MOBILEONE_OK)
    return true;
  diagnostics.error(ErrorKind::Internal, table->name,
                    fmt::format("{} {}", mobileone_status_text(status),
                                mobileone_last_error(session.get())));
  return false;
}
