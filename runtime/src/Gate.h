//===- Gate.h - A number that threads wait for ------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_RUNTIME_GATE_H
#define MOBILEONE_RUNTIME_GATE_H

#include <atomic>
#include <stdint.h>

// Linux and Android sleep in futexes, everything else in condition variables.
// The latter work on Linux as well, where tests ask for them.
#if !defined(MOBILEONE_GATE_PTHREAD) && !defined(__linux__)
#define MOBILEONE_GATE_PTHREAD 1
#endif

#ifdef MOBILEONE_GATE_PTHREAD
#include <pthread.h>
#endif

namespace mobileone::runtime {

/// A number that one thread changes and others wait for. Nobody enters the
/// operating system, or takes a lock, unless somebody sleeps.
class Gate {
public:
  void create();
  void destroy();

  uint32_t load() const { return value.load(std::memory_order_acquire); }
  void reset() { value.store(0, std::memory_order_relaxed); }
  /// Returns the sum. Whoever must hear of it gets a `wake`.
  uint32_t add(uint32_t amount) { return value.fetch_add(amount) + amount; }

  /// Sleeps until somebody calls `wake`, but not if the number is no longer
  /// `old`. May return for no reason: callers look again.
  void sleepWhile(uint32_t old);
  /// Wakes `count` sleepers, or all if there are fewer.
  void wake(uint32_t count) {
    if (sleepers.load())
      wakeSleepers(count);
  }

private:
  void wakeSleepers(uint32_t count);

  // A sleeper announces itself, then looks at `value`; a waker changes `value`,
  // then looks for sleepers. Both orders are sequentially consistent, so at
  // least one of the two sees the other.
  std::atomic<uint32_t> value{0};
  std::atomic<uint32_t> sleepers{0};
#ifdef MOBILEONE_GATE_PTHREAD
  pthread_mutex_t mutex;
  pthread_cond_t condition;
#endif
};

} // namespace mobileone::runtime

#endif // MOBILEONE_RUNTIME_GATE_H
