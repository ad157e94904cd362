//===- Spin.h - Waiting without sleeping ------------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_RUNTIME_SPIN_H
#define MOBILEONE_RUNTIME_SPIN_H

#include <stdint.h>
#include <time.h>

namespace mobileone::runtime {

/// Tells the core that a loop waits for another core.
inline void relaxCore() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  // YIELD is a no-op on most cores; ISB waits about as long as PAUSE.
  asm volatile("isb" ::: "memory");
#endif
}

inline uint64_t nanosecondsNow() {
  timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return uint64_t(time.tv_sec) * 1000000000u + uint64_t(time.tv_nsec);
}

/// Waits at most `nanoseconds` for `isDone()`; returns whether it came true.
/// The bound is a time, not a count: how long a turn takes differs by a factor
/// of ten between cores.
template <typename Condition>
bool spinUntil(Condition isDone, uint64_t nanoseconds) {
  if (isDone())
    return true;
  if (nanoseconds == 0)
    return false;
  uint64_t end = nanosecondsNow() + nanoseconds;
  do {
    for (int turn = 0; turn < 32; ++turn) {
      relaxCore();
      if (isDone())
        return true;
    }
  } while (nanosecondsNow() < end);
  return false;
}

} // namespace mobileone::runtime

#endif // MOBILEONE_RUNTIME_SPIN_H
