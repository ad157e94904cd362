//===- Timing.cpp - Times per step of two models in turn ------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Timing.h"

#include <algorithm>
#include <chrono>
#include <thread>
#ifdef __linux__
#include <sched.h>
#endif

namespace mobileone::measure {

using Clock = std::chrono::steady_clock;
static constexpr unsigned kFewestRuns = 3;

static double microsecondsSince(Clock::time_point start) {
  return std::chrono::duration<double, std::micro>(Clock::now() - start)
      .count();
}

namespace {

struct StepClock {
  Clock::time_point last;
  std::vector<std::vector<double>> steps;
  std::vector<double> runs;

  static void observe(void *user, mobileone_session *, uint32_t step) {
    StepClock &clock = *static_cast<StepClock *>(user);
    clock.steps[step].push_back(microsecondsSince(clock.last));
    clock.last = Clock::now();
  }

  void run(Candidate &candidate, LoadedProgram &program) {
    steps.resize(program.program().step_count);
    mobileone_session_observe(program.session, observe, this);
    Clock::time_point start = last = Clock::now();
    candidate.run(program);
    runs.push_back(microsecondsSince(start));
  }
};

} // namespace

static Time summarize(std::vector<double> samples) {
  std::sort(samples.begin(), samples.end());
  return {samples.front(), samples[samples.size() / 2]};
}

static std::vector<Time>
summarizeAll(const std::vector<std::vector<double>> &steps) {
  std::vector<Time> times;
  for (const std::vector<double> &samples : steps)
    times.push_back(summarize(samples));
  return times;
}

Times timeInTurn(Candidate &candidate, unsigned threads, unsigned pairs,
                 double seconds) {
  StepClock base, variant;
  Clock::time_point start = Clock::now();
  Times times;
  // The threads of the session that waits spin for a while.
  auto settle = [&] {
    if (threads > 1)
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
  };
  while (times.runs < kFewestRuns ||
         (times.runs < pairs && microsecondsSince(start) < 1e6 * seconds)) {
    settle();
    base.run(candidate, candidate.base);
    settle();
    variant.run(candidate, candidate.variant);
    ++times.runs;
  }
  times.baseSteps = summarizeAll(base.steps);
  times.variantSteps = summarizeAll(variant.steps);
  times.base = summarize(base.runs);
  times.variant = summarize(variant.runs);
  return times;
}

void pinToProcessor() {
#ifdef __linux__
  // The last one: interrupts are served by the first more often.
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof(allowed), &allowed))
    return;
  for (int cpu = CPU_SETSIZE - 1; cpu >= 0; --cpu)
    if (CPU_ISSET(cpu, &allowed)) {
      CPU_ZERO(&allowed);
      CPU_SET(cpu, &allowed);
      sched_setaffinity(0, sizeof(allowed), &allowed);
      return;
    }
#endif
}

} // namespace mobileone::measure
