//===- Check.cpp - Whether the models compute what they should ------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Check.h"

#include "Elements.h"

namespace mobileone::measure {

/// Those of one step.
using Operands = std::vector<Elements>;

namespace {

/// Records what the base computes, or compares the variant with it.
struct Recorder {
  std::vector<Operands> steps; ///< The base's.
  bool compares = false;
  int wrongStep = -1;

  void visit(uint32_t step, size_t number, const mobileone_buffer &buffer);
  static void observe(void *user, mobileone_session *session, uint32_t step);
};

} // namespace

/// The variant goes on with the base's results: otherwise what rounding makes
/// of one step would grow in the next ones.
void Recorder::visit(uint32_t step, size_t number,
                     const mobileone_buffer &buffer) {
  Elements elements = readElements(buffer);
  if (!compares)
    return steps[step].push_back(std::move(elements));
  bool isThere = step < steps.size() && number < steps[step].size();
  bool isRight = isThere && areClose(elements, steps[step][number]);
  if (!isRight && wrongStep < 0)
    wrongStep = int(step);
  if (isRight)
    writeElements(steps[step][number], buffer);
}

void Recorder::observe(void *user, mobileone_session *session, uint32_t step) {
  Recorder &recorder = *static_cast<Recorder *>(user);
  const mobileone_step &code = mobileone_session_program(session)->steps[step];
  if (!recorder.compares)
    recorder.steps.resize(step + 1);
  size_t number = 0;
  for (uint32_t i = 0; i < code.operand_count; ++i) {
    mobileone_dimension dimensions[MOBILEONE_DIMENSIONS];
    mobileone_buffer buffer;
    uint32_t space = code.operands[i].space;
    if ((space == MOBILEONE_SPACE_ARENA || space == MOBILEONE_SPACE_OUTPUT) &&
        mobileone_session_buffer(session, step, i, dimensions, &buffer) ==
            MOBILEONE_OK)
      recorder.visit(step, number++, buffer);
  }
}

static std::string record(Candidate &candidate, LoadedProgram &program,
                          Recorder &recorder) {
  mobileone_session_observe(program.session, Recorder::observe, &recorder);
  std::string problem = candidate.run(program);
  mobileone_session_observe(program.session, nullptr, nullptr);
  return problem;
}

static bool outputsAre(const LoadedProgram &program, AlignedBytes &expected) {
  size_t offset = 0;
  for (const std::vector<uint8_t> &output : program.outputs) {
    const uint8_t *start = expected.data() + offset;
    if (offset + output.size() > expected.size() ||
        !areClose({32, output}, {32, {start, start + output.size()}}))
      return false;
    offset += output.size();
  }
  return offset == expected.size();
}

CheckResult check(Candidate &candidate, AlignedBytes &expected) {
  CheckResult result;
  Recorder recorder;
  result.problem = record(candidate, candidate.base, recorder);
  if (!result.problem.empty())
    return result;
  result.baseIsWrong =
      expected.size() > 0 && !outputsAre(candidate.base, expected);
  recorder.compares = true;
  result.problem = record(candidate, candidate.variant, recorder);
  result.wrongStep = recorder.wrongStep;
  return result;
}

} // namespace mobileone::measure
