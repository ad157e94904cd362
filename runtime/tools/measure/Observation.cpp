//===- Observation.cpp - What a model computes ----------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Observation.h"

namespace mobileone::measure {

/// The elements that `buffer` covers, channel by channel, then x, then y.
static std::vector<uint8_t> elementsOf(const mobileone_buffer &buffer) {
  const mobileone_dimension *d = buffer.dim;
  size_t bytes = buffer.type.bits / 8;
  std::vector<uint8_t> elements;
  elements.reserve(bytes * size_t(d[0].extent) * size_t(d[1].extent) *
                   size_t(d[2].extent));
  for (int64_t y = 0; y < d[2].extent; ++y)
    for (int64_t x = 0; x < d[1].extent; ++x)
      for (int64_t c = 0; c < d[0].extent; ++c) {
        const uint8_t *element =
            buffer.host + int64_t(bytes) * (c * d[0].stride + x * d[1].stride +
                                            y * d[2].stride);
        elements.insert(elements.end(), element, element + bytes);
      }
  return elements;
}

static void writeBytes(std::FILE *stream, const std::vector<uint8_t> &bytes) {
  std::fwrite(bytes.data(), 1, bytes.size(), stream);
  std::fputc('\n', stream);
}

static void writeStep(void *user, mobileone_session *session, uint32_t step) {
  auto *stream = static_cast<std::FILE *>(user);
  const mobileone_step &code = mobileone_session_program(session)->steps[step];
  for (uint32_t i = 0; i < code.operand_count; ++i) {
    mobileone_dimension d[MOBILEONE_DIMENSIONS];
    mobileone_buffer buffer;
    uint32_t space = code.operands[i].space;
    if ((space != MOBILEONE_SPACE_ARENA && space != MOBILEONE_SPACE_OUTPUT) ||
        mobileone_session_buffer(session, step, i, d, &buffer) != MOBILEONE_OK)
      continue;
    std::fprintf(stream, "operand %u %u %u %u %d %d %d\n", step, i,
                 unsigned(buffer.type.code), unsigned(buffer.type.bits),
                 d[0].extent, d[1].extent, d[2].extent);
    writeBytes(stream, elementsOf(buffer));
  }
}

std::string observe(Candidate &candidate, std::FILE *stream) {
  LoadedProgram &program = candidate.base;
  mobileone_session_observe(program.session, writeStep, stream);
  std::string problem = candidate.run(program);
  mobileone_session_observe(program.session, nullptr, nullptr);
  if (!problem.empty())
    return problem;
  for (size_t i = 0; i < program.outputs.size(); ++i) {
    std::fprintf(stream, "output %zu %zu\n", i, program.outputs[i].size());
    writeBytes(stream, program.outputs[i]);
  }
  return "";
}

} // namespace mobileone::measure
