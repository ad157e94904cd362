//===- TuneRun.cpp - Measures all candidates of a program -----------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TuneRun.h"

#include "../measure/Check.h"
#include "LogWriter.h"

#include <cerrno>
#include <cstring>
#include <random>

using namespace mobileone;
using measure::Candidate;

namespace {

/// Ends the sessions of its models.
struct Pair : Candidate {
  ~Pair() {
    mobileone_session_destroy(variant.session);
    mobileone_session_destroy(base.session);
  }
};

class TuneRun {
public:
  TuneRun(const mobileone_tune_options &options,
          const mobileone_tune_table &table)
      : options(options), table(table) {}

  mobileone_tune_status run();
  std::string problem;

private:
  bool measurePass(uint32_t &done, uint32_t total);
  bool measureRound(const mobileone_tune_network &network,
                    const mobileone_tune_round &round);
  bool addFailures(const mobileone_tune_network &network,
                   const mobileone_tune_round &round,
                   const measure::CheckResult &checked);
  bool addTimes(const mobileone_tune_network &network,
                const mobileone_tune_round &round, const measure::Times &times);
  /// What a call of the log's says; a failure is of the disk.
  bool logged(bool isWritten) {
    if (!isWritten)
      problem =
          std::string("the log cannot be written: ") + std::strerror(errno);
    return isWritten;
  }

  const mobileone_tune_options &options;
  const mobileone_tune_table &table;
  tune::LogWriter log;
  bool isStopped = false;
};

} // namespace

/// A number between 0.5 and 1 of either sign, as a half.
static uint16_t randomHalf(std::mt19937 &random) {
  uint32_t bits = random();
  return uint16_t((bits & 0x8000) | 0x3800 | (bits & 0x3ff));
}

/// Inputs that a network may get, the same in every round.
static void fillInputs(const mobileone_model &model,
                       measure::AlignedBytes &inputs) {
  size_t bytes = 0;
  for (uint32_t i = 0; i < model.input_count; ++i)
    bytes += model.inputs[i].bytes;
  inputs.resize(bytes);
  std::mt19937 random;
  uint8_t *next = inputs.data();
  for (uint32_t i = 0; i < model.input_count; ++i) {
    size_t size = model.inputs[i].type.bits / 8;
    for (uint8_t *end = next + model.inputs[i].bytes; next < end;
         next += size) {
      float number = float(random()) / float(1u << 31) - 1;
      uint16_t half = randomHalf(random);
      if (size == sizeof(number))
        std::memcpy(next, &number, size);
      else if (size == sizeof(half))
        std::memcpy(next, &half, size);
      else
        *next = uint8_t(random());
    }
  }
}

static bool runsStep(const mobileone_tune_kernel &kernel, int step) {
  for (uint32_t i = 0; i < kernel.step_count; ++i)
    if (int(kernel.steps[i]) == step)
      return true;
  return false;
}

/// Of the choices of a round that is wrong or does not run. What comes after
/// the first wrong step starts from wrong inputs: nothing is known about it.
bool TuneRun::addFailures(const mobileone_tune_network &network,
                          const mobileone_tune_round &round,
                          const measure::CheckResult &checked) {
  for (uint32_t i = 0; i < round.choice_count; ++i) {
    const mobileone_tune_choice &choice = round.choices[i];
    bool isWritten = true;
    if (!checked.problem.empty())
      isWritten = log.addFailure(network, choice, "crashed", checked.problem);
    else if (runsStep(network.kernels[choice.kernel], checked.wrongStep))
      isWritten =
          log.addFailure(network, choice, "wrong", "computes something else");
    if (!logged(isWritten))
      return false;
  }
  return true;
}

static void addTime(measure::Time &sum, const measure::Time &time) {
  sum.minimum += time.minimum;
  sum.median += time.median;
}

bool TuneRun::addTimes(const mobileone_tune_network &network,
                       const mobileone_tune_round &round,
                       const measure::Times &times) {
  for (uint32_t i = 0; i < round.choice_count; ++i) {
    const mobileone_tune_choice &choice = round.choices[i];
    const mobileone_tune_kernel &kernel = network.kernels[choice.kernel];
    tune::KernelTimes sums;
    sums.runs = times.runs;
    for (uint32_t step = 0; step < kernel.step_count; ++step) {
      addTime(sums.candidate, times.variantSteps[kernel.steps[step]]);
      addTime(sums.standard, times.baseSteps[kernel.steps[step]]);
    }
    if (!logged(log.addTimes(network, choice, sums)))
      return false;
  }
  return true;
}

bool TuneRun::measureRound(const mobileone_tune_network &network,
                           const mobileone_tune_round &round) {
  Pair pair;
  pair.base.model = *network.standard;
  pair.variant.model = *round.model;
  problem = pair.base.open(table.threads);
  if (problem.empty())
    problem = pair.variant.open(table.threads);
  if (!problem.empty())
    return false;
  measure::AlignedBytes inputs, nothingExpected;
  fillInputs(pair.base.model, inputs);
  pair.findInputs(inputs);
  measure::CheckResult checked = measure::check(pair, nothingExpected);
  if (!checked.problem.empty() || checked.wrongStep >= 0)
    return addFailures(network, round, checked);
  static constexpr unsigned kAnyNumber = ~0u;
  return addTimes(
      network, round,
      measure::timeInTurn(pair, table.threads, kAnyNumber, options.seconds));
}

bool TuneRun::measurePass(uint32_t &done, uint32_t total) {
  for (uint32_t n = 0; n < table.network_count; ++n) {
    const mobileone_tune_network &network = table.networks[n];
    for (uint32_t r = 0; r < network.round_count; ++r) {
      isStopped = options.observer &&
                  !options.observer(options.user, network.name, done, total);
      if (isStopped || !measureRound(network, network.rounds[r]))
        return false;
      ++done;
    }
  }
  return true;
}

mobileone_tune_status TuneRun::run() {
  if (!logged(log.open(options.log_path, table)))
    return MOBILEONE_TUNE_FAILED;
  if (table.threads <= 1)
    measure::pinToProcessor();
  uint32_t done = 0, total = 0;
  for (uint32_t n = 0; n < table.network_count; ++n)
    total += table.networks[n].round_count * options.passes;
  for (uint32_t pass = 0; pass < options.passes; ++pass)
    if (!measurePass(done, total))
      return isStopped ? MOBILEONE_TUNE_STOPPED : MOBILEONE_TUNE_FAILED;
  if (options.observer)
    options.observer(options.user, "", total, total);
  return MOBILEONE_TUNE_DONE;
}

mobileone_tune_status mobileone_tune_run(const mobileone_tune_options *options,
                                         char *problem, size_t problem_bytes) {
  TuneRun run(*options, mobileone_tune_table_of_program);
  mobileone_tune_status status = run.run();
  if (problem_bytes > 0)
    std::snprintf(problem, problem_bytes, "%s", run.problem.c_str());
  return status;
}
