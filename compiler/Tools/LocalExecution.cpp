//===- LocalExecution.cpp - Runs a model in this process ------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/LocalExecution.h"

#include "compiler/Tools/ModelSession.h"

using namespace mobileone;

namespace {
struct Recorder {
  const std::vector<size_t> &results;
  std::vector<ObservedStep> steps;

  static void observe(void *user, mobileone_session *session, uint32_t step) {
    static_cast<Recorder *>(user)->record(session, step);
  }

  void record(mobileone_session *session, uint32_t step);
};
} // namespace

/// The elements that `buffer` covers in each of `images` images.
static std::vector<uint8_t> elementsOf(const mobileone_buffer &buffer,
                                       uint32_t images, uint64_t imageStride) {
  const mobileone_dimension *d = buffer.dim;
  int64_t bytes = buffer.type.bits / 8;
  std::vector<uint8_t> elements;
  elements.reserve(bytes * d[0].extent * d[1].extent * d[2].extent * images);
  for (uint32_t image = 0; image < images; ++image)
    for (int64_t y = 0; y < d[2].extent; ++y)
      for (int64_t x = 0; x < d[1].extent; ++x)
        for (int64_t c = 0; c < d[0].extent; ++c) {
          const uint8_t *element =
              buffer.host +
              bytes * (c * d[0].stride + x * d[1].stride + y * d[2].stride +
                       int64_t(image * imageStride));
          elements.insert(elements.end(), element, element + bytes);
        }
  return elements;
}

void Recorder::record(mobileone_session *session, uint32_t step) {
  const mobileone_program &program = *mobileone_session_program(session);
  const mobileone_step &code = program.steps[step];
  // The first pass comes to steps that are not there yet.
  if (step == steps.size())
    steps.push_back({code.name, code.operand_count, {}});
  size_t count = step < results.size() ? results[step] : 0;
  for (uint32_t i = 0; i < code.operand_count; ++i) {
    mobileone_dimension dims[MOBILEONE_DIMENSIONS];
    mobileone_buffer buffer;
    if (i + count < code.operand_count ||
        mobileone_session_buffer(session, step, i, dims, &buffer) !=
            MOBILEONE_OK)
      continue;
    steps[step].add(
        {i,
         buffer.type,
         {dims[0].extent, dims[1].extent, dims[2].extent},
         elementsOf(buffer, program.images, code.operands[i].image_stride)});
  }
}

std::optional<std::vector<ObservedStep>>
LocalExecution::run(const Target &target, const std::vector<size_t> &results,
                    ModelBuffers &buffers, DiagnosticList &diagnostics) {
  std::optional<ModelSession> session =
      ModelSession::create(loaded, 1, int(target.level), diagnostics);
  if (!session)
    return std::nullopt;
  for (uint32_t i = 0; i < model().input_count; ++i)
    session->setInput(i, buffers.input(i));
  Recorder recorder = {results, {}};
  mobileone_session_observe(session->handle(), Recorder::observe, &recorder);
  if (!session->run(diagnostics))
    return std::nullopt;
  for (uint32_t i = 0; i < model().output_count; ++i)
    buffers.setOutput(i, session->output(i));
  return std::move(recorder.steps);
}
