//===- Lock.h - Holding a mutex for a scope ---------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_RUNTIME_LOCK_H
#define MOBILEONE_RUNTIME_LOCK_H

#include <pthread.h>

namespace mobileone::runtime {

/// Holds `mutex` until the scope ends. std::mutex would need the C++ library.
class Lock {
public:
  explicit Lock(pthread_mutex_t &mutex) : mutex(mutex) {
    pthread_mutex_lock(&mutex);
  }
  ~Lock() { pthread_mutex_unlock(&mutex); }
  Lock(const Lock &) = delete;
  Lock &operator=(const Lock &) = delete;

private:
  pthread_mutex_t &mutex;
};

} // namespace mobileone::runtime

#endif // MOBILEONE_RUNTIME_LOCK_H
