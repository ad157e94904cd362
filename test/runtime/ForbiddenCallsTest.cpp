//===- ForbiddenCallsTest.cpp - Tests of what a run does not call ---------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// This program has its own malloc, open, pthread_mutex_lock and others, which
// end it while they are forbidden, and pass calls on to the C library else.
//
//===----------------------------------------------------------------------===//

#include "ModelFixture.h"

#include <atomic>
#include <cerrno>
#include <dlfcn.h>
#include <gtest/gtest.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace mobileone::runtime::test;

namespace {

enum Forbidden { Nothing, AllButSystemCalls, Everything };
std::atomic<Forbidden> forbidden{Nothing};

void check(const char *function) {
  if (forbidden.exchange(Nothing) == Nothing)
    return;
  fprintf(stderr, "forbidden call of %s\n", function);
  abort();
}

/// How many threads may still be started; negative: any number.
int threadsLeft = -1;
/// Bytes that are mapped now.
std::atomic<long> mappedBytes{0};

} // namespace

extern "C" {

void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void *__libc_memalign(size_t, size_t);
void __libc_free(void *);

void *malloc(size_t bytes) {
  check("malloc");
  return __libc_malloc(bytes);
}
void *calloc(size_t count, size_t bytes) {
  check("calloc");
  return __libc_calloc(count, bytes);
}
void *realloc(void *memory, size_t bytes) {
  check("realloc");
  return __libc_realloc(memory, bytes);
}
void *memalign(size_t alignment, size_t bytes) {
  check("memalign");
  return __libc_memalign(alignment, bytes);
}
void *aligned_alloc(size_t alignment, size_t bytes) {
  check("aligned_alloc");
  return __libc_memalign(alignment, bytes);
}
int posix_memalign(void **memory, size_t alignment, size_t bytes) {
  check("posix_memalign");
  *memory = __libc_memalign(alignment, bytes);
  return *memory ? 0 : ENOMEM;
}
void free(void *memory) {
  check("free");
  __libc_free(memory);
}

using AnyFunction = long (*)(long, long, long, long, long, long);

// Six integer registers hold the arguments of all of these, variadic or not.
#define PASS_ON(name)                                                          \
  static AnyFunction next =                                                    \
      reinterpret_cast<AnyFunction>(dlsym(RTLD_NEXT, #name));                  \
  long result = next(a, b, c, d, e, f)
#define REPLACE(name)                                                          \
  long replaced_##name(long a, long b, long c, long d, long e,                 \
                       long f) __asm__(#name);                                 \
  long replaced_##name(long a, long b, long c, long d, long e, long f)
#define FORBID(name)                                                           \
  REPLACE(name) {                                                              \
    check(#name);                                                              \
    PASS_ON(name);                                                             \
    return result;                                                             \
  }

FORBID(open)
FORBID(open64)
FORBID(openat)
FORBID(fopen)
FORBID(fopen64)
FORBID(read)
FORBID(madvise)
FORBID(pthread_mutex_lock)
FORBID(pthread_mutex_trylock)
FORBID(pthread_rwlock_rdlock)
FORBID(pthread_rwlock_wrlock)
FORBID(pthread_spin_lock)
FORBID(pthread_cond_wait)
FORBID(sem_wait)

REPLACE(mmap) {
  check("mmap");
  PASS_ON(mmap);
  if (reinterpret_cast<void *>(result) != MAP_FAILED)
    mappedBytes += b;
  return result;
}
REPLACE(munmap) {
  check("munmap");
  PASS_ON(munmap);
  mappedBytes -= b;
  return result;
}
REPLACE(pthread_create) {
  check("pthread_create");
  if (threadsLeft == 0)
    return EAGAIN;
  --threadsLeft;
  PASS_ON(pthread_create);
  return result;
}
REPLACE(syscall) {
  if (forbidden == Everything)
    check("syscall");
  PASS_ON(syscall);
  return result;
}

} // extern "C"

namespace {

/// Runs `session` `count` times while `what` is forbidden.
void runForbidden(mobileone_session *session, Tensors &tensors, Forbidden what,
                  int count) {
  mobileone_status status = MOBILEONE_OK;
  tensors.clear();
  // Whatever is resolved or set up at the first call happens before.
  mobileone_run(session, tensors.inputs(), tensors.outputs());
  forbidden = what;
  for (int i = 0; i < count && status == MOBILEONE_OK; ++i)
    status = mobileone_run(session, tensors.inputs(), tensors.outputs());
  forbidden = Nothing;
  EXPECT_EQ(status, MOBILEONE_OK);
  EXPECT_EQ(tensors.logits, tensors.expectedLogits);
}

TEST(ForbiddenCallsTest, TheTestItselfNotices) {
  pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  EXPECT_DEATH(
      {
        forbidden = AllButSystemCalls;
        void *volatile memory = malloc(1);
        free(memory);
      },
      "forbidden call of malloc");
  EXPECT_DEATH(
      {
        forbidden = Everything;
        syscall(SYS_getpid);
      },
      "forbidden call of syscall");
  EXPECT_DEATH(
      {
        forbidden = AllButSystemCalls;
        pthread_mutex_lock(&mutex);
      },
      "forbidden call of pthread_mutex_lock");
}

TEST(ForbiddenCallsTest, OneThread) {
  for (const mobileone_model *model : {&hand_tall, &hand_batch}) {
    SessionPointer session = makeSession(*model);
    Tensors tensors(*model);
    runForbidden(session.get(), tensors, Everything, 3);
  }
}

TEST(ForbiddenCallsTest, SeveralThreads) {
  for (uint32_t spin : {0u, 500u}) {
    mobileone_options options = mobileone_default_options();
    options.threads = 3;
    options.spin_microseconds = spin;
    SessionPointer session = makeSession(hand_tall, options);
    Tensors tensors(hand_tall);
    runForbidden(session.get(), tensors, AllButSystemCalls, 20);
  }
}

TEST(ForbiddenCallsTest, ParallelFor) {
  mobileone_options options = mobileone_default_options();
  options.parallel_for = [](void *, uint32_t count, mobileone_task task,
                            void *context) {
    for (uint32_t i = 0; i < count; ++i)
      task(context, i, 0);
  };
  SessionPointer session = makeSession(hand_tall, options);
  Tensors tensors(hand_tall);
  runForbidden(session.get(), tensors, Everything, 3);
}

/// In strict mode the kernel ends a process at any system call but read, write
/// and exit: whatever way a run would take, it would not survive.
TEST(ForbiddenCallsTest, OneThreadMakesNoSystemCall) {
  SessionPointer session = makeSession(hand_tall);
  Tensors tensors(hand_tall);
  pid_t child = fork();
  if (child == 0) {
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) != 0)
      syscall(SYS_exit, 77);
    mobileone_status status =
        mobileone_run(session.get(), tensors.inputs(), tensors.outputs());
    syscall(SYS_exit,
            status == MOBILEONE_OK && tensors.logits == tensors.expectedLogits
                ? 0
                : 1);
  }
  int state = 0;
  ASSERT_EQ(waitpid(child, &state, 0), child);
  ASSERT_TRUE(WIFEXITED(state)) << "ended by signal " << WTERMSIG(state);
  if (WEXITSTATUS(state) == 77)
    GTEST_SKIP() << "this system does not let a process restrict itself";
  EXPECT_EQ(WEXITSTATUS(state), 0);
}

TEST(MemoryTest, ComesBackWhole) {
  for (uint64_t arenaBytes : {uint64_t(1) << 12, uint64_t(5) << 20}) {
    EditableModel edited(hand_small);
    edited.program().arena_bytes = arenaBytes;
    long before = mappedBytes;
    SessionPointer session = makeSession(edited.model, 2);
    EXPECT_GE(mappedBytes - before, long(arenaBytes));
    session.reset();
    EXPECT_EQ(mappedBytes, before);
  }
}

TEST(ThreadStartTest, FailuresLeaveNothingBehind) {
  mobileone_options options = mobileone_default_options();
  options.threads = 4;
  const char *messages[] = {
      "Thread 1 of 3 could not be started: pthread_create returned 11.",
      "Thread 2 of 3 could not be started: pthread_create returned 11.",
      "Thread 3 of 3 could not be started: pthread_create returned 11."};
  for (int started = 0; started < 3; ++started) {
    long before = mappedBytes;
    threadsLeft = started;
    expectRefusal(hand_small, &options, MOBILEONE_THREADS_FAILED,
                  messages[started]);
    EXPECT_EQ(mappedBytes, before);
  }
  threadsLeft = 3;
  SessionPointer session = makeSession(hand_small, options);
  threadsLeft = -1;
  Tensors tensors(hand_small);
  expectRightRun(session.get(), tensors);
}

TEST(ThreadStartTest, FailuresInTheCallersMemory) {
  mobileone_options options = mobileone_default_options();
  options.threads = 3;
  alignas(64) static unsigned char memory[16384];
  mobileone_session *session = nullptr;
  threadsLeft = 1;
  EXPECT_EQ(mobileone_session_create_in(&hand_small, &options, memory,
                                        sizeof(memory), &session),
            MOBILEONE_THREADS_FAILED);
  threadsLeft = -1;
  EXPECT_EQ(session, nullptr);
  ASSERT_EQ(mobileone_session_create_in(&hand_small, &options, memory,
                                        sizeof(memory), &session),
            MOBILEONE_OK);
  Tensors tensors(hand_small);
  expectRightRun(session, tensors);
  mobileone_session_destroy(session);
}

} // namespace
