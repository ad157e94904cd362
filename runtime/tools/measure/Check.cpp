//===- Check.cpp - Whether the models compute what they should ------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Check.h"

#include <algorithm>
#include <cmath>

namespace mobileone::measure {

using Values = std::vector<float>;

static bool areClose(const float *values, const float *expected, size_t count) {
  float largest = 0;
  for (size_t i = 0; i < count; ++i)
    largest = std::max(largest, std::fabs(expected[i]));
  for (size_t i = 0; i < count; ++i) {
    float allowed = 1e-4f * largest + 1e-3f * std::fabs(expected[i]);
    // Not "greater than": a NaN is never close.
    if (!(std::fabs(values[i] - expected[i]) <= allowed))
      return false;
  }
  return true;
}

namespace {

/// The results of one step after the other.
struct Recorder {
  std::vector<Values> steps;
  static void observe(void *user, mobileone_session *session, uint32_t step);
};

} // namespace

/// The elements of the activations that an operand covers.
static void append(Values &values, const mobileone_buffer &buffer) {
  const mobileone_dimension *d = buffer.dim;
  const float *data = reinterpret_cast<const float *>(buffer.host);
  for (int y = 0; y < d[2].extent; ++y)
    for (int x = 0; x < d[1].extent; ++x)
      for (int c = 0; c < d[0].extent; ++c)
        values.push_back(
            data[c * d[0].stride + x * d[1].stride + y * d[2].stride]);
}

void Recorder::observe(void *user, mobileone_session *session, uint32_t step) {
  Recorder &recorder = *static_cast<Recorder *>(user);
  const mobileone_step &code = mobileone_session_program(session)->steps[step];
  recorder.steps.resize(step + 1);
  for (uint32_t i = 0; i < code.operand_count; ++i) {
    mobileone_dimension dimensions[MOBILEONE_DIMENSIONS];
    mobileone_buffer buffer;
    uint32_t space = code.operands[i].space;
    if ((space == MOBILEONE_SPACE_ARENA || space == MOBILEONE_SPACE_OUTPUT) &&
        mobileone_session_buffer(session, step, i, dimensions, &buffer) ==
            MOBILEONE_OK)
      append(recorder.steps[step], buffer);
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
    if (offset + output.size() > expected.size() ||
        !areClose(reinterpret_cast<const float *>(output.data()),
                  reinterpret_cast<const float *>(expected.data() + offset),
                  output.size() / sizeof(float)))
      return false;
    offset += output.size();
  }
  return offset == expected.size();
}

CheckResult check(Candidate &candidate, AlignedBytes &expected) {
  CheckResult result;
  Recorder base, variant;
  result.problem = record(candidate, candidate.base, base);
  if (!result.problem.empty())
    return result;
  result.baseIsWrong =
      expected.size() > 0 && !outputsAre(candidate.base, expected);
  result.problem = record(candidate, candidate.variant, variant);
  if (!result.problem.empty())
    return result;
  for (size_t i = 0; i < base.steps.size() && result.wrongStep < 0; ++i)
    if (base.steps[i].size() != variant.steps[i].size() ||
        !areClose(variant.steps[i].data(), base.steps[i].data(),
                  base.steps[i].size()))
      result.wrongStep = int(i);
  return result;
}

} // namespace mobileone::measure
