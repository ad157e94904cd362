//===- CandidateProcess.cpp - Measures a candidate elsewhere --------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tuning/CandidateProcess.h"

#include "compiler/Tuning/ChildProgram.h"

#include <algorithm>
#include <fmt/format.h>
#include <sstream>

using namespace mobileone;

/// More output than this is not an answer.
static constexpr size_t kMostOutput = 1 << 22;
/// Seconds for starting, sending and answering, on top of a request's limit.
static double graceOf(const MeasureRequest &request) {
  return std::clamp(request.limit * 0.25, 1.0, 5.0);
}

static std::string printRequest(const MeasureRequest &request) {
  std::string text = fmt::format(
      "mobileone-measure 1\nthreads {}\npairs {}\nseconds {}\nlimit {}\n"
      "library {}\nweights {}\ninputs {}\nexpected {}\n{}\n",
      request.threads, request.pairs, request.seconds, request.limit,
      request.library.size(), request.weights->size(), request.inputs.size(),
      request.expected.size(), request.notes);
  text += request.library;
  text.append(request.weights->begin(), request.weights->end());
  return text + request.inputs + request.expected;
}

static bool readTimes(std::istream &line, StepTimes &base, StepTimes &variant) {
  return bool(line >> base.minimum >> base.median >> variant.minimum >>
              variant.median);
}

/// Whether `line` makes sense; "done" sets the kind.
static bool readReplyLine(const std::string &text, MeasureReply &reply) {
  std::istringstream line(text);
  std::string word;
  line >> word;
  StepTimes base, variant;
  if (word == "runs")
    return bool(line >> reply.runs);
  if (word == "step") {
    size_t step = 0;
    if (!(line >> step) || step != reply.base.size() ||
        !readTimes(line, base, variant))
      return false;
    reply.base.push_back(base);
    reply.variant.push_back(variant);
    return true;
  }
  if (word == "total")
    return readTimes(line, reply.baseTotal, reply.variantTotal);
  if (word == "done") {
    reply.kind = MeasureReply::Kind::Measured;
    return true;
  }
  if (word == "wrong" && text == "wrong base") {
    reply.kind = MeasureReply::Kind::WrongBase;
    return true;
  }
  if (word == "wrong" && line >> reply.step) {
    reply.kind = MeasureReply::Kind::WrongStep;
    return true;
  }
  if (word == "failed")
    reply.message = text.substr(std::min(text.size(), size_t(7)));
  return word == "failed";
}

MeasureReply mobileone::parseMeasureReply(const std::string &text) {
  MeasureReply reply;
  std::istringstream stream(text);
  std::string line;
  if (!std::getline(stream, line) || line != "mobileone-measure 1") {
    reply.message = "it did not answer as mobileone-measure does";
    return reply;
  }
  while (std::getline(stream, line))
    if (!readReplyLine(line, reply)) {
      reply.kind = MeasureReply::Kind::Failed;
      reply.message = "it answered '" + line + "'";
      return reply;
    }
  if (reply.kind == MeasureReply::Kind::Failed && reply.message.empty())
    reply.message = "it ended before it was done";
  return reply;
}

MeasureReply
mobileone::measureElsewhere(const std::vector<std::string> &command,
                            const MeasureRequest &request) {
  ProgramResult result =
      runProgram(command, printRequest(request),
                 request.limit + graceOf(request), kMostOutput);
  MeasureReply reply;
  if (!result.problem.empty()) {
    reply.message = result.problem;
  } else if (result.timedOut) {
    reply.kind = MeasureReply::Kind::TimedOut;
    reply.message = fmt::format("it took more than {} seconds", request.limit);
  } else {
    reply = parseMeasureReply(result.output);
    if (!result.end.empty()) {
      reply.kind = MeasureReply::Kind::Failed;
      std::string said = lastLine(result.errors);
      reply.message = result.end + (said.empty() ? "" : ": " + said);
    }
  }
  return reply;
}
