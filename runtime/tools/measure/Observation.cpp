//===- Observation.cpp - What a model computes ----------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Observation.h"

#include "Elements.h"

namespace mobileone::measure {

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
    writeBytes(stream, readElements(buffer).bytes);
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
