//===- MachinePeak.cpp - How fast this machine multiplies and adds --------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/MachinePeak.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstring>
#include <sched.h>
#include <thread>

using namespace mobileone;

/// Multiply-adds in flight: latency times units of every core so far (at most
/// 4 x 2) and to spare, and few enough for 16 registers with two operands. g++
/// keeps them in registers only where their loops are unrolled.
static constexpr int kChains = 12;
/// Values stay near 1 / 16: neither denormal nor infinite.
static constexpr float kFactor = 0.75f, kSummand = 0.015625f;

typedef float Vector128 __attribute__((vector_size(16)));

/// What `rounds` rounds of multiply-adds leave. Inlined, as the instructions
/// are those that the caller is compiled for.
template <typename Vector>
__attribute__((always_inline)) static inline float multiplyAdd(long rounds) {
  const Vector zero = {}, factor = zero + kFactor, summand = zero + kSummand;
  Vector chains[kChains];
  for (int i = 0; i < kChains; ++i)
    chains[i] = zero + float(i);
  for (long round = 0; round < rounds; ++round) {
#pragma GCC unroll 12
    for (Vector &chain : chains)
      chain = chain * factor + summand;
  }
  float sum = 0;
  for (const Vector &chain : chains)
    sum += chain[0];
  return sum;
}

static constexpr double operationsPerRound(int vectorBytes) {
  return 2.0 * kChains * vectorBytes / sizeof(float);
}

#if defined(__x86_64__)

typedef float Vector256 __attribute__((vector_size(32)));
typedef float Vector512 __attribute__((vector_size(64)));

__attribute__((target("avx512f"))) static float runAvx512(long rounds) {
  return multiplyAdd<Vector512>(rounds);
}
__attribute__((target("avx2,fma"))) static float runAvx2(long rounds) {
  return multiplyAdd<Vector256>(rounds);
}
static float runSse(long rounds) { return multiplyAdd<Vector128>(rounds); }

std::vector<PeakProbe> mobileone::availablePeakProbes() {
  std::vector<PeakProbe> probes;
  if (__builtin_cpu_supports("avx512f"))
    probes.push_back({"AVX-512 FMA", 64, runAvx512, operationsPerRound(64)});
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
    probes.push_back({"AVX2 FMA", 32, runAvx2, operationsPerRound(32)});
  probes.push_back({"SSE multiply, add", 16, runSse, operationsPerRound(16)});
  return probes;
}

#else

std::vector<PeakProbe> mobileone::availablePeakProbes() {
  return {{"128-bit multiply-add", 16, multiplyAdd<Vector128>,
           operationsPerRound(16)}};
}

#endif

double mobileone::samplePeak(const PeakProbe &probe) {
  using Clock = std::chrono::steady_clock;
  constexpr long kRounds = 100000;
  static std::atomic<float> sink;
  Clock::time_point start = Clock::now();
  sink = probe.run(kRounds);
  std::chrono::duration<double> seconds = Clock::now() - start;
  return probe.operationsPerRound * kRounds / seconds.count() * 1e-9;
}

/// The best sum of `threads` threads over rounds that all start together.
static double measureThreads(const PeakProbe &probe, unsigned threads) {
  constexpr int kSamples = 10;
  double best = 0;
  for (int sample = 0; sample < kSamples; ++sample) {
    std::atomic<unsigned> waiting{threads};
    std::vector<double> results(threads);
    auto work = [&](unsigned index) {
      --waiting;
      while (waiting)
        std::this_thread::yield();
      results[index] = samplePeak(probe);
    };
    std::vector<std::thread> others;
    for (unsigned index = 1; index < threads; ++index)
      others.emplace_back(work, index);
    work(0);
    for (std::thread &other : others)
      other.join();
    double sum = 0;
    for (double result : results)
      sum += result;
    best = std::max(best, sum);
  }
  return best;
}

MachinePeak mobileone::measureMachinePeak(unsigned threads) {
  PeakProbe probe = availablePeakProbes().front();
  samplePeak(probe); // Wide units take a while to wake up.
  MachinePeak peak;
  peak.threads = std::max(threads, 1u);
  peak.instructions = probe.instructions;
  peak.gflops = measureThreads(probe, peak.threads);
  return peak;
}

PinnedToCore::PinnedToCore() {
  cpu_set_t mask;
  int core = sched_getcpu();
  if (core < 0 || sched_getaffinity(0, sizeof(mask), &mask))
    return;
  before.resize(sizeof(mask));
  std::memcpy(before.data(), &mask, sizeof(mask));
  CPU_ZERO(&mask);
  CPU_SET(core, &mask);
  if (!sched_setaffinity(0, sizeof(mask), &mask))
    pinned = core;
}

PinnedToCore::~PinnedToCore() {
  cpu_set_t mask;
  if (pinned < 0)
    return;
  std::memcpy(&mask, before.data(), sizeof(mask));
  sched_setaffinity(0, sizeof(mask), &mask);
}
