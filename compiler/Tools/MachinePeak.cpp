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

#if defined(__x86_64__)
#include <immintrin.h>
#endif

using namespace mobileone;

/// Multiply-adds in flight: latency times units of every core so far (at most
/// 4 x 2) and to spare, and few enough for 16 registers with two operands. g++
/// keeps them in registers only where their loops are unrolled.
static constexpr int kChains = 12;
/// Values stay near 1 / 16: neither denormal nor infinite.
static constexpr float kFactor = 0.75f, kSummand = 0.015625f;

#if defined(__x86_64__)

__attribute__((target("avx512f"))) static float runAvx512(long rounds) {
  __m512 factor = _mm512_set1_ps(kFactor), summand = _mm512_set1_ps(kSummand);
  __m512 chains[kChains];
  for (int i = 0; i < kChains; ++i)
    chains[i] = _mm512_set1_ps(float(i));
  for (long round = 0; round < rounds; ++round) {
#pragma GCC unroll 12
    for (__m512 &chain : chains)
      chain = _mm512_fmadd_ps(chain, factor, summand);
  }
  float sum = 0;
  for (__m512 chain : chains)
    sum += _mm512_cvtss_f32(chain);
  return sum;
}

__attribute__((target("avx2,fma"))) static float runAvx2(long rounds) {
  __m256 factor = _mm256_set1_ps(kFactor), summand = _mm256_set1_ps(kSummand);
  __m256 chains[kChains];
  for (int i = 0; i < kChains; ++i)
    chains[i] = _mm256_set1_ps(float(i));
  for (long round = 0; round < rounds; ++round) {
#pragma GCC unroll 12
    for (__m256 &chain : chains)
      chain = _mm256_fmadd_ps(chain, factor, summand);
  }
  float sum = 0;
  for (__m256 chain : chains)
    sum += _mm256_cvtss_f32(chain);
  return sum;
}

static float runSse(long rounds) {
  __m128 factor = _mm_set1_ps(kFactor), summand = _mm_set1_ps(kSummand);
  __m128 chains[kChains];
  for (int i = 0; i < kChains; ++i)
    chains[i] = _mm_set1_ps(float(i));
  for (long round = 0; round < rounds; ++round) {
#pragma GCC unroll 12
    for (__m128 &chain : chains)
      chain = _mm_add_ps(_mm_mul_ps(chain, factor), summand);
  }
  float sum = 0;
  for (__m128 chain : chains)
    sum += _mm_cvtss_f32(chain);
  return sum;
}

std::vector<PeakProbe> mobileone::availablePeakProbes() {
  auto operations = [](int vectorBytes) {
    return 2.0 * kChains * vectorBytes / sizeof(float);
  };
  std::vector<PeakProbe> probes;
  if (__builtin_cpu_supports("avx512f"))
    probes.push_back({"AVX-512 FMA", 64, runAvx512, operations(64)});
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
    probes.push_back({"AVX2 FMA", 32, runAvx2, operations(32)});
  probes.push_back({"SSE multiply, add", 16, runSse, operations(16)});
  return probes;
}

#else

static float runVectors(long rounds) {
  typedef float Vector __attribute__((vector_size(16)));
  Vector factor = {kFactor, kFactor, kFactor, kFactor};
  Vector summand = {kSummand, kSummand, kSummand, kSummand};
  Vector chains[kChains] = {};
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

std::vector<PeakProbe> mobileone::availablePeakProbes() {
  return {{"128-bit multiply-add", 16, runVectors, 2.0 * kChains * 4}};
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
