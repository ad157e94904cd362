//===- SessionTest.cpp - Tests of sessions and their memory ---------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ModelFixture.h"

#include <cstring>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

using namespace mobileone::runtime::test;

namespace {

/// Memory between two pages that must not be touched.
class GuardedMemory {
public:
  explicit GuardedMemory(size_t bytes)
      : page(size_t(sysconf(_SC_PAGESIZE))),
        inner((bytes + page - 1) / page * page) {
    mapped = static_cast<uint8_t *>(mmap(nullptr, inner + 2 * page, PROT_NONE,
                                         MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    EXPECT_EQ(mprotect(mapped + page, inner, PROT_READ | PROT_WRITE), 0);
  }
  GuardedMemory(const GuardedMemory &) = delete;
  GuardedMemory &operator=(const GuardedMemory &) = delete;
  ~GuardedMemory() { munmap(mapped, inner + 2 * page); }

  uint8_t *begin() { return mapped + page; }
  uint8_t *end() { return mapped + page + inner; }

private:
  size_t page, inner;
  uint8_t *mapped;
};

size_t sessionBytes(const mobileone_model &model,
                    const mobileone_options *options) {
  size_t alignment = 0, bytes = 0;
  EXPECT_EQ(mobileone_session_memory(&model, options, &alignment, &bytes),
            MOBILEONE_OK);
  EXPECT_EQ(alignment, 64u);
  return bytes;
}

TEST(SessionTest, MemoryIsWhatTheConstantSays) {
  mobileone_options options = mobileone_default_options();
  for (uint32_t threads : {1u, 2u, 7u}) {
    options.threads = threads;
    const mobileone_program &program = hand_tall.programs[0];
    EXPECT_EQ(sessionBytes(hand_tall, &options),
              MOBILEONE_SESSION_BYTES(program.arena_bytes,
                                      program.scratch_bytes, threads));
  }
}

TEST(SessionTest, TouchesNothingAroundTheCallersMemory) {
  for (uint32_t threads : {1u, 3u}) {
    mobileone_options options = mobileone_default_options();
    options.threads = threads;
    size_t bytes = sessionBytes(hand_tall, &options);
    GuardedMemory memory(bytes);
    // Once right behind the lower guard, once right before the upper one.
    for (uint8_t *start : {memory.begin(), memory.end() - bytes}) {
      mobileone_session *session = nullptr;
      ASSERT_EQ(mobileone_session_create_in(&hand_tall, &options, start, bytes,
                                            &session),
                MOBILEONE_OK);
      SessionPointer owner(session);
      Tensors tensors(hand_tall);
      expectRightRun(session, tensors);
    }
  }
}

TEST(SessionTest, WorksInMemoryFullOfRubbish) {
  size_t bytes = sessionBytes(hand_small, nullptr);
  GuardedMemory memory(bytes);
  std::fill(memory.begin(), memory.end(), uint8_t(0xff));
  mobileone_session *session = nullptr;
  ASSERT_EQ(mobileone_session_create_in(&hand_small, nullptr, memory.begin(),
                                        bytes, &session),
            MOBILEONE_OK);
  Tensors tensors(hand_small);
  expectRightRun(session, tensors);
  mobileone_session_destroy(session);
}

TEST(SessionTest, RefusesMemoryThatDoesNotDo) {
  size_t bytes = sessionBytes(hand_small, nullptr);
  GuardedMemory memory(bytes + 64);
  mobileone_session *session = nullptr;
  auto create = [&](void *start, size_t size) {
    return mobileone_session_create_in(&hand_small, nullptr, start, size,
                                       &session);
  };
  EXPECT_EQ(create(nullptr, bytes), MOBILEONE_INVALID_ARGUMENT);
  EXPECT_STREQ(mobileone_last_error(nullptr), "memory is NULL.");
  EXPECT_EQ(create(memory.begin() + 32, bytes), MOBILEONE_INVALID_ARGUMENT);
  EXPECT_STREQ(mobileone_last_error(nullptr),
               "memory is not aligned to 64 bytes.");
  EXPECT_EQ(create(memory.begin(), bytes - 1), MOBILEONE_INVALID_ARGUMENT);
  std::string message = "memory has " + std::to_string(bytes - 1) +
                        " bytes; the session needs " + std::to_string(bytes) +
                        ".";
  EXPECT_EQ(mobileone_last_error(nullptr), message);
  EXPECT_EQ(session, nullptr);
}

TEST(SessionTest, RefusesModelsInTheCallersMemoryToo) {
  EditableModel edited(hand_small);
  edited.model.abi_version = 9;
  GuardedMemory memory(1);
  mobileone_session *session = nullptr;
  EXPECT_EQ(mobileone_session_create_in(&edited.model, nullptr, memory.begin(),
                                        4096, &session),
            MOBILEONE_VERSION_MISMATCH);
  size_t alignment, bytes;
  EXPECT_EQ(
      mobileone_session_memory(&edited.model, nullptr, &alignment, &bytes),
      MOBILEONE_VERSION_MISMATCH);
}

TEST(SessionTest, RefusesResultsWithoutPlace) {
  size_t number;
  EXPECT_EQ(mobileone_session_create(&hand_small, nullptr, nullptr),
            MOBILEONE_INVALID_ARGUMENT);
  EXPECT_STREQ(mobileone_last_error(nullptr), "out_session is NULL.");
  EXPECT_EQ(
      mobileone_session_create_in(&hand_small, nullptr, &number, 8, nullptr),
      MOBILEONE_INVALID_ARGUMENT);
  EXPECT_STREQ(mobileone_last_error(nullptr), "out_session is NULL.");
  EXPECT_EQ(mobileone_session_memory(&hand_small, nullptr, nullptr, &number),
            MOBILEONE_INVALID_ARGUMENT);
  EXPECT_STREQ(mobileone_last_error(nullptr), "out_alignment is NULL.");
  EXPECT_EQ(mobileone_session_memory(&hand_small, nullptr, &number, nullptr),
            MOBILEONE_INVALID_ARGUMENT);
  EXPECT_STREQ(mobileone_last_error(nullptr), "out_bytes is NULL.");
}

TEST(SessionTest, ErrorsBelongToTheirSession) {
  SessionPointer first = makeSession(hand_small);
  SessionPointer second = makeSession(hand_small);
  EXPECT_STREQ(mobileone_last_error(first.get()), "");
  EXPECT_EQ(mobileone_run(first.get(), nullptr, nullptr),
            MOBILEONE_INVALID_ARGUMENT);
  EXPECT_STRNE(mobileone_last_error(first.get()), "");
  EXPECT_STREQ(mobileone_last_error(second.get()), "");
}

TEST(SessionTest, TheModelMayBeACopy) {
  auto copy = std::make_unique<mobileone_model>(hand_small);
  SessionPointer session = makeSession(*copy);
  memset(copy.get(), 0xff, sizeof(*copy));
  copy.reset();
  Tensors tensors(hand_small);
  expectRightRun(session.get(), tensors);
}

TEST(SessionTest, DestroyingNothing) { mobileone_session_destroy(nullptr); }

struct Observation {
  const Tensors *tensors;
  std::vector<uint32_t> steps;
  std::vector<float> borderAndImage;
  bool sawInput = false;
};

void observe(void *user, mobileone_session *session, uint32_t step) {
  auto &observation = *static_cast<Observation *>(user);
  observation.steps.push_back(step);
  if (step != 0)
    return;
  mobileone_dimension dimensions[3];
  mobileone_buffer buffer;
  ASSERT_EQ(mobileone_session_buffer(session, 0, 0, dimensions, &buffer),
            MOBILEONE_OK);
  observation.sawInput = buffer.host == static_cast<const void *>(
                                            observation.tensors->image.data());
  EXPECT_EQ(dimensions[2].extent, int(HAND_SMALL_HEIGHT));
  // The image within its border, as step 1 reads it.
  ASSERT_EQ(mobileone_session_buffer(session, 1, 0, dimensions, &buffer),
            MOBILEONE_OK);
  EXPECT_EQ(buffer.dim, dimensions);
  EXPECT_EQ(dimensions[1].min, -1);
  const float *values = reinterpret_cast<const float *>(buffer.host);
  observation.borderAndImage.assign(values, values + dimensions[2].stride *
                                                         dimensions[2].extent);
}

TEST(SessionTest, ObserversSeeEveryStepAndItsBuffers) {
  Tensors tensors(hand_small);
  for (uint32_t threads : {1u, 2u}) {
    SessionPointer session = makeSession(hand_small, threads);
    Observation observation = {&tensors, {}, {}};
    mobileone_session_observe(session.get(), observe, &observation);
    expectRightRun(session.get(), tensors);
    EXPECT_EQ(observation.steps, (std::vector<uint32_t>{0, 1, 2, 3}));
    EXPECT_TRUE(observation.sawInput);
    auto value = [&](int c, int x, int y) {
      return observation.borderAndImage[((y + 1) * 7 + x + 1) * 4 + c];
    };
    for (int x = -1; x <= HAND_WIDTH; ++x)
      EXPECT_EQ(value(1, x, -1), 0);
    EXPECT_EQ(value(1, 2, 3), 2 * tensors.image[(3 * 5 + 2) * 3 + 1]);

    mobileone_session_observe(session.get(), nullptr, nullptr);
    expectRightRun(session.get(), tensors);
    EXPECT_EQ(observation.steps.size(), 4u);
  }
}

TEST(SessionTest, BuffersThatCannotBeSeen) {
  SessionPointer session = makeSession(hand_small);
  mobileone_dimension dimensions[3];
  mobileone_buffer buffer;
  auto find = [&](uint32_t step, uint32_t operand) {
    return mobileone_session_buffer(session.get(), step, operand, dimensions,
                                    &buffer);
  };
  EXPECT_EQ(find(4, 0), MOBILEONE_INVALID_ARGUMENT);
  EXPECT_STREQ(mobileone_last_error(session.get()),
               "There is no operand 0 of step 4.");
  EXPECT_EQ(find(0, 3), MOBILEONE_INVALID_ARGUMENT);
  EXPECT_STREQ(mobileone_last_error(session.get()),
               "There is no operand 3 of step 0.");
  EXPECT_EQ(find(1, 1), MOBILEONE_INVALID_ARGUMENT);
  EXPECT_STREQ(mobileone_last_error(session.get()),
               "Operand 1 of step 1 lies in scratch memory, which never holds "
               "it whole.");
  for (uint32_t step : {0u, 3u}) {
    EXPECT_EQ(find(step, step ? 2 : 0), MOBILEONE_INVALID_ARGUMENT);
    std::string message = "Operand " + std::to_string(step ? 2 : 0) +
                          " of step " + std::to_string(step) +
                          " is the caller's and known only during a run.";
    EXPECT_EQ(mobileone_last_error(session.get()), message);
  }
  EXPECT_EQ(find(0, 1), MOBILEONE_OK);
  EXPECT_EQ(static_cast<const void *>(buffer.host), hand_small.weights);
}

} // namespace
