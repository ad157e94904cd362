//===- Gate.cpp - A number that threads wait for --------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Gate.h"

#ifndef MOBILEONE_GATE_PTHREAD
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

using namespace mobileone::runtime;

#ifdef MOBILEONE_GATE_PTHREAD

void Gate::create() {
  pthread_mutex_init(&mutex, nullptr);
  pthread_cond_init(&condition, nullptr);
}

void Gate::destroy() {
  pthread_cond_destroy(&condition);
  pthread_mutex_destroy(&mutex);
}

void Gate::sleepWhile(uint32_t old) {
  pthread_mutex_lock(&mutex);
  sleepers.fetch_add(1);
  if (value.load() == old)
    pthread_cond_wait(&condition, &mutex);
  sleepers.fetch_sub(1);
  pthread_mutex_unlock(&mutex);
}

void Gate::wakeSleepers(uint32_t count) {
  pthread_mutex_lock(&mutex);
  if (count == 1)
    pthread_cond_signal(&condition);
  else
    pthread_cond_broadcast(&condition);
  pthread_mutex_unlock(&mutex);
}

#else

static_assert(sizeof(std::atomic<uint32_t>) == sizeof(uint32_t),
              "the kernel must be able to look at the number");

void Gate::create() {}
void Gate::destroy() {}

void Gate::sleepWhile(uint32_t old) {
  sleepers.fetch_add(1);
  // The kernel compares once more, so a change since then is not missed.
  if (value.load() == old)
    syscall(SYS_futex, &value, FUTEX_WAIT_PRIVATE, old, nullptr, nullptr, 0);
  sleepers.fetch_sub(1);
}

void Gate::wakeSleepers(uint32_t count) {
  syscall(SYS_futex, &value, FUTEX_WAKE_PRIVATE, count, nullptr, nullptr, 0);
}

#endif
