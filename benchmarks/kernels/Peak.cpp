//===- Peak.cpp - What a core can do --------------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "Peak.h"

#include <algorithm>
#include <chrono>
#include <immintrin.h>

// Twelve chains hide the latency of any x86 core's fused multiply-add. The asm
// keeps the compiler from folding the loop.
static constexpr int chains = 12;
static constexpr int steps = 20000;

__attribute__((target("avx2,fma"))) static void run256() {
  __m256 sums[chains], factor = _mm256_set1_ps(0.5f);
  for (__m256 &sum : sums)
    sum = factor;
  for (int step = 0; step < steps; ++step)
    for (__m256 &sum : sums) {
      sum = _mm256_fmadd_ps(sum, factor, factor);
      asm volatile("" : "+x"(sum));
    }
}

__attribute__((target("avx512f"))) static void run512() {
  __m512 sums[chains], factor = _mm512_set1_ps(0.5f);
  for (__m512 &sum : sums)
    sum = factor;
  for (int step = 0; step < steps; ++step)
    for (__m512 &sum : sums) {
      sum = _mm512_fmadd_ps(sum, factor, factor);
      asm volatile("" : "+v"(sum));
    }
}

double measurePeak(int vectorBytes) {
  using Clock = std::chrono::steady_clock;
  double best = 0.0;
  for (int repetition = 0; repetition < 5; ++repetition) {
    Clock::time_point start = Clock::now();
    vectorBytes == 64 ? run512() : run256();
    std::chrono::duration<double> time = Clock::now() - start;
    best =
        std::max(best, double(vectorBytes / 4) * chains * steps / time.count());
  }
  return best;
}
