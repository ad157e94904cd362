//===- main.cpp - Measures two models against each other ------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The part of tuning that runs on the device: reads one request (Request.h)
// from stdin, prints what it found to stdout:
//
//   mobileone-measure 1
//   failed TEXT          the models could not be run
//   wrong base           the base's outputs are not the expected ones
//   wrong STEP           step STEP of the variant computes something else
//   or
//   runs N
//   step STEP MIN MEDIAN MIN MEDIAN    base, variant: microseconds
//   total MIN MEDIAN MIN MEDIAN
//   done
//
// or, if the request names a model, with as many operand lines of a step as a
// batch has images, and after each of these lines one of the bytes
//   operand STEP OPERAND CODE BITS CHANNELS WIDTH HEIGHT
//   output NUMBER BYTES
//   done
//
// It keeps no state, opens no other file than the library's, and ends itself
// when its time is over, even if whoever started it is gone.
//
//===----------------------------------------------------------------------===//

#include "Check.h"
#include "LoadCandidate.h"
#include "Observation.h"
#include "Timing.h"

#include <unistd.h>

using namespace mobileone::measure;

static int printProblem(const std::string &text) {
  std::string line = text;
  for (char &c : line)
    if (c == '\n')
      c = ' ';
  std::printf("%s\n", line.c_str());
  return std::fflush(stdout) ? 1 : 0;
}

static void print(const char *name, const Time &base, const Time &variant) {
  std::printf("%s %.3f %.3f %.3f %.3f\n", name, base.minimum, base.median,
              variant.minimum, variant.median);
}

static int printTimes(const Times &times) {
  std::printf("runs %u\n", times.runs);
  for (size_t i = 0; i < times.baseSteps.size(); ++i)
    print(("step " + std::to_string(i)).c_str(), times.baseSteps[i],
          times.variantSteps[i]);
  print("total", times.base, times.variant);
  std::puts("done");
  return std::fflush(stdout) ? 1 : 0;
}

int main() {
  std::puts("mobileone-measure 1");
  Request request;
  std::string problem = readRequest(stdin, request);
  if (!problem.empty())
    return printProblem("failed " + problem);
  alarm(request.limit);
  if (request.threads <= 1)
    pinToProcessor();
  Candidate candidate;
  problem = loadCandidate(request, candidate);
  if (!problem.empty())
    return printProblem("failed " + problem);
  if (!request.model.empty()) {
    problem = observe(candidate, stdout);
    return printProblem(problem.empty() ? "done" : "failed " + problem);
  }
  CheckResult checked = check(candidate, request.expected);
  if (!checked.problem.empty())
    return printProblem("failed " + checked.problem);
  if (checked.baseIsWrong)
    return printProblem("wrong base");
  if (checked.wrongStep >= 0)
    return printProblem("wrong " + std::to_string(checked.wrongStep));
  return printTimes(
      timeInTurn(candidate, request.threads, request.pairs, request.seconds));
}
