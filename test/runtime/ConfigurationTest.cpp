//===- ConfigurationTest.cpp - Tests of what sessions are made from -------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ModelFixture.h"

#include <cstring>
#include <gtest/gtest.h>

using namespace mobileone::runtime::test;

namespace {

TEST(ConfigurationTest, RefusesOtherVersions) {
  EditableModel edited(hand_small);
  edited.model.abi_version = MOBILEONE_ABI_VERSION + 1;
  // A newer table may have anything here.
  edited.model.name = reinterpret_cast<const char *>(1);
  edited.model.struct_bytes = 7;
  expectRefusal(edited.model, nullptr, MOBILEONE_VERSION_MISMATCH,
                "The model has ABI version 3, this runtime has version 2: "
                "compile the model and the program with the same release.");
  edited.model.abi_version = MOBILEONE_ABI_VERSION;
  expectRefusal(edited.model, nullptr, MOBILEONE_VERSION_MISMATCH,
                "The model's table has 7 bytes, ABI version 2 has 80.");
}

TEST(ConfigurationTest, RefusesNullModel) {
  mobileone_session *session = nullptr;
  EXPECT_EQ(mobileone_session_create(nullptr, nullptr, &session),
            MOBILEONE_INVALID_ARGUMENT);
  EXPECT_STREQ(mobileone_last_error(nullptr), "The model is NULL.");
}

TEST(ConfigurationTest, DefaultOptions) {
  mobileone_options options = mobileone_default_options();
  EXPECT_EQ(options.struct_bytes, sizeof(options));
  EXPECT_EQ(options.threads, 1u);
  EXPECT_EQ(options.level, -1);
  EXPECT_EQ(options.spin_microseconds, 500u);
  EXPECT_EQ(options.parallel_for, nullptr);
  EXPECT_EQ(options.weights, nullptr);
}

TEST(ConfigurationTest, RefusesOptionsWithoutSize) {
  mobileone_options options = {};
  expectRefusal(hand_small, &options, MOBILEONE_INVALID_ARGUMENT,
                "options.struct_bytes is 0: start from "
                "mobileone_default_options().");
}

TEST(ConfigurationTest, OptionsOfOlderHeadersKeepDefaults) {
  mobileone_options options = mobileone_default_options();
  // A header that ended behind `threads`.
  options.struct_bytes = offsetof(mobileone_options, parallel_for);
  options.threads = 0;
  options.level = 1000;
  options.weights_bytes = 5;
  Tensors tensors(hand_small);
  expectRightRun(makeSession(hand_small, options).get(), tensors);
}

TEST(ConfigurationTest, OptionsOfNewerHeaders) {
  struct {
    mobileone_options known;
    char added[8];
  } options;
  memset(&options, 0, sizeof(options));
  options.known = mobileone_default_options();
  options.known.struct_bytes = sizeof(options);
  EXPECT_NE(makeSession(hand_small, options.known), nullptr);
  options.added[7] = 1;
  expectRefusal(hand_small, &options.known, MOBILEONE_INVALID_ARGUMENT,
                "The options have 88 bytes and use one behind the 80 that this "
                "runtime knows.");
}

TEST(ConfigurationTest, RefusesTooManyThreads) {
  mobileone_options options = mobileone_default_options();
  options.threads = MOBILEONE_MAX_THREADS + 1;
  expectRefusal(hand_small, &options, MOBILEONE_INVALID_ARGUMENT,
                "options.threads is 1025, more than 1024.");
}

/// The small model for the best level of x86-64, the one below, and any.
struct LevelModel : EditableModel {
  LevelModel() : EditableModel(hand_small) {
    mobileone_program program = programs[0];
    programs.assign(3, program);
    programs[0].level = MOBILEONE_LEVEL_X86_64_V4;
    programs[0].target = "x86-64-v4";
    programs[1].level = MOBILEONE_LEVEL_X86_64_V3;
    programs[1].target = "x86-64-v3";
    model.programs = programs.data();
    model.program_count = 3;
  }
};

TEST(ConfigurationTest, TakesTheFirstProgramThatRunsHere) {
  LevelModel edited;
  unsigned expected = 0;
  while (!mobileone_level_supported(edited.programs[expected].level))
    ++expected;
  SessionPointer session = makeSession(edited.model);
  EXPECT_EQ(mobileone_session_program(session.get()),
            &edited.programs[expected]);
}

TEST(ConfigurationTest, ForcedLevel) {
  LevelModel edited;
  mobileone_options options = mobileone_default_options();
  for (const mobileone_program &program : edited.programs) {
    if (!mobileone_level_supported(program.level))
      continue;
    options.level = int32_t(program.level);
    SessionPointer session = makeSession(edited.model, options);
    EXPECT_EQ(mobileone_session_program(session.get()), &program);
  }
}

TEST(ConfigurationTest, RefusesLevelsThatTheCpuOrTheModelLacks) {
  mobileone_options options = mobileone_default_options();
  options.level = 99;
  expectRefusal(hand_small, &options, MOBILEONE_UNSUPPORTED_CPU,
                "options.level is 99, but the CPU or the operating system "
                "lacks some of what that level stands for.");
  LevelModel edited;
  edited.model.program_count = 2;
  options.level = MOBILEONE_LEVEL_BASELINE;
  expectRefusal(edited.model, &options, MOBILEONE_UNSUPPORTED_CPU,
                "options.level is 0, but model 'hand_small' is compiled for "
                "x86-64-v4, x86-64-v3.");
}

TEST(ConfigurationTest, RefusesModelsWithoutAProgramForTheCpu) {
  LevelModel edited;
  edited.programs[0].level = 99;
  edited.model.program_count = 1;
  expectRefusal(edited.model, nullptr, MOBILEONE_UNSUPPORTED_CPU,
                "Model 'hand_small' is compiled for x86-64-v4; this CPU runs "
                "none of it.");
  edited.model.program_count = 0;
  expectRefusal(edited.model, nullptr, MOBILEONE_UNSUPPORTED_CPU,
                "Model 'hand_small' is compiled for nothing; this CPU runs "
                "none of it.");
}

TEST(ConfigurationTest, LongListsOfTargetsAreCut) {
  LevelModel edited;
  std::string target(100, 'x');
  for (mobileone_program &program : edited.programs) {
    program.level = 99;
    program.target = target.c_str();
  }
  mobileone_session *session = nullptr;
  EXPECT_EQ(mobileone_session_create(&edited.model, nullptr, &session),
            MOBILEONE_UNSUPPORTED_CPU);
  EXPECT_NE(strstr(mobileone_last_error(nullptr), target.c_str()), nullptr);
}

TEST(ConfigurationTest, SeparateWeights) {
  EditableModel edited(hand_small);
  const void *weights = edited.model.weights;
  edited.model.weights = nullptr;
  mobileone_options options = mobileone_default_options();
  options.weights = weights;
  options.weights_bytes = edited.model.weights_bytes;
  Tensors tensors(hand_small);
  expectRightRun(makeSession(edited.model, options).get(), tensors);

  options.weights = hand_small_doubled.weights;
  Tensors doubled(hand_small, 1, 2);
  expectRightRun(makeSession(edited.model, options).get(), doubled);
}

TEST(ConfigurationTest, RefusesWeightsThatDoNotFit) {
  EditableModel edited(hand_small);
  mobileone_options options = mobileone_default_options();
  options.weights = edited.model.weights;
  options.weights_bytes = 80;
  expectRefusal(edited.model, &options, MOBILEONE_INVALID_ARGUMENT,
                "Model 'hand_small' has its weights inside: options.weights "
                "must be NULL.");
  edited.model.weights = nullptr;
  expectRefusal(edited.model, nullptr, MOBILEONE_WEIGHTS_MISMATCH,
                "Model 'hand_small' has no weights inside: options.weights "
                "must point to its 80 bytes.");
  options.weights_bytes = 79;
  expectRefusal(edited.model, &options, MOBILEONE_WEIGHTS_MISMATCH,
                "Model 'hand_small' has 80 bytes of weights, "
                "options.weights_bytes is 79.");
  options.weights_bytes = 80;
  options.weights = static_cast<const char *>(options.weights) + 4;
  expectRefusal(edited.model, &options, MOBILEONE_INVALID_ARGUMENT,
                "The weights of model 'hand_small' are not aligned to 64 "
                "bytes.");
}

TEST(ConfigurationTest, RefusesSizesThatAreNoMultiplesOf64) {
  for (uint64_t mobileone_program::*size :
       {&mobileone_program::arena_bytes, &mobileone_program::scratch_bytes}) {
    EditableModel edited(hand_small);
    edited.program().*size += 4;
    expectRefusal(edited.model, nullptr, MOBILEONE_INVALID_ARGUMENT,
                  "Model 'hand_small' (generic): arena_bytes and scratch_bytes "
                  "must be multiples of 64.");
  }
}

TEST(ConfigurationTest, RefusesMoreMemoryThanThereIs) {
  EditableModel edited(hand_small);
  edited.program().arena_bytes = uint64_t(1) << 63;
  expectRefusal(edited.model, nullptr, MOBILEONE_OUT_OF_MEMORY,
                "Model 'hand_small' (generic) wants 9223372036854775808 bytes "
                "for activations and 448 per thread.");
  edited.program().arena_bytes = uint64_t(1) << 50;
  expectRefusal(edited.model, nullptr, MOBILEONE_OUT_OF_MEMORY,
                "The system has no 1125899906845248 bytes for a session.");
}

} // namespace
