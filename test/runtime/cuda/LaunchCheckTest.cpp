//===- LaunchCheckTest.cpp - Tests of the checks of launches --------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CudaFixture.h"

#include <functional>

using namespace mobileone::runtime::test;

namespace {

class LaunchCheckTest : public CudaTest {
protected:
  /// Expects that `change` makes the first launch of step 1 wrong.
  void expectWrong(const std::function<void(mobileone_launch &)> &change,
                   const std::string &what) {
    EditableModel edited(hand_cuda);
    std::vector<mobileone_launch> launches(edited.steps[1].launches,
                                           edited.steps[1].launches +
                                               edited.steps[1].launch_count);
    edited.steps[1].launches = launches.data();
    change(launches[0]);
    std::string message =
        "Model 'hand_cuda' (opencl), step 1 (windows), launch 0: " + what + ".";
    expectRefusal(edited.model, nullptr, MOBILEONE_INVALID_ARGUMENT,
                  message.c_str());
  }
};

TEST_F(LaunchCheckTest, Kernels) {
  expectWrong([](mobileone_launch &launch) { launch.entry = nullptr; },
              "it names no kernel");
}

TEST_F(LaunchCheckTest, GridsAndBlocks) {
  const std::function<void(mobileone_launch &)> changes[] = {
      [](mobileone_launch &launch) { launch.grid[0] = 0; },
      [](mobileone_launch &launch) { launch.grid[0] = 0x80000000u; },
      [](mobileone_launch &launch) { launch.grid[1] = 65536; },
      [](mobileone_launch &launch) { launch.grid[2] = 65536; },
      [](mobileone_launch &launch) { launch.block[1] = 0; },
      [](mobileone_launch &launch) { launch.block[0] = 1025; },
      [](mobileone_launch &launch) { launch.block[2] = 65; },
      [](mobileone_launch &launch) { launch.block[0] = launch.block[1] = 33; },
      [](mobileone_launch &launch) { launch.shared_bytes = (227 << 10) + 1; }};
  for (const auto &change : changes)
    expectWrong(change,
                "its grid, block or shared memory is none that a GPU has");
}

TEST_F(LaunchCheckTest, Arguments) {
  static mobileone_launch_argument arguments[MOBILEONE_MAX_ARGUMENTS + 1];
  const mobileone_launch_argument wrong[] = {
      {3, 8, 0}, {-2, 4, 0}, {-1, 3, 0}, {-1, 16, 0}};
  const char *what =
      "an argument is no operand and no number, or there are too many";
  for (const mobileone_launch_argument &argument : wrong)
    expectWrong(
        [&](mobileone_launch &launch) {
          arguments[0] = argument;
          launch.arguments = arguments;
          launch.argument_count = 1;
        },
        what);
  for (mobileone_launch_argument &argument : arguments)
    argument = {-1, 4, 0};
  expectWrong(
      [&](mobileone_launch &launch) {
        launch.arguments = arguments;
        launch.argument_count = MOBILEONE_MAX_ARGUMENTS + 1;
      },
      what);
  expectWrong([&](mobileone_launch &launch) { launch.arguments = nullptr; },
              what);
}

TEST_F(LaunchCheckTest, Steps) {
  const char *message = "Model 'hand_cuda' (opencl), step 2: it has no "
                        "launches, more than 32 operands, or not 1 to 1 tiles.";
  const std::function<void(mobileone_step &)> changes[] = {
      [](mobileone_step &step) { step.launch_count = 0; },
      [](mobileone_step &step) { step.launches = nullptr; },
      [](mobileone_step &step) {
        step.kernel = hand_small.programs->steps->kernel;
      },
      [](mobileone_step &step) { step.tile_count = 2; }};
  for (const auto &change : changes) {
    EditableModel edited(hand_cuda);
    change(edited.steps[2]);
    expectRefusal(edited.model, nullptr, MOBILEONE_INVALID_ARGUMENT, message);
  }
}

TEST_F(LaunchCheckTest, LaunchesOnCpus) {
  EditableModel edited(hand_small);
  edited.steps[2].launches = hand_cuda.programs->steps->launches;
  edited.steps[2].launch_count = 1;
  expectRefusal(edited.model, nullptr, MOBILEONE_INVALID_ARGUMENT,
                "Model 'hand_small' (generic), step 2: it has no kernel, more "
                "than 32 operands, or not 1 to 65535 tiles.");
}

TEST_F(LaunchCheckTest, DeviceCode) {
  const char text[] = {'t', 'e', 'x', 't'};
  const char *message =
      "Model 'hand_cuda' (opencl): its device code is missing, of an unknown "
      "kind, or text without a 0 at its end.";
  const mobileone_device_code wrong[] = {
      {MOBILEONE_DEVICE_CODE_PTX, 80, text, sizeof(text)},
      {MOBILEONE_DEVICE_CODE_OPENCL, 0, text, sizeof(text)},
      {MOBILEONE_DEVICE_CODE_OPENCL, 0, text, 0},
      {MOBILEONE_DEVICE_CODE_CUBIN, 80, nullptr, 4},
      {3, 80, "", 1}};
  for (const mobileone_device_code &code : wrong) {
    EditableModel edited(hand_cuda);
    edited.program().codes = &code;
    expectRefusal(edited.model, nullptr, MOBILEONE_INVALID_ARGUMENT, message);
  }
  EditableModel edited(hand_cuda);
  edited.program().code_count = 0;
  expectRefusal(edited.model, nullptr, MOBILEONE_INVALID_ARGUMENT, message);
}

TEST_F(LaunchCheckTest, Images) {
  EditableModel edited(hand_cuda_batch);
  edited.program().images = 1;
  expectRefusal(edited.model, nullptr, MOBILEONE_INVALID_ARGUMENT,
                "Model 'hand_cuda_batch' (opencl): its batch is 3, and a pass "
                "computes 1 of it.");
  EditableModel without(hand_cuda);
  without.model.batch = 0;
  expectRefusal(without.model, nullptr, MOBILEONE_INVALID_ARGUMENT,
                "Model 'hand_cuda' (opencl): its batch is 0, and a pass "
                "computes 1 of it.");
  EditableModel far(hand_cuda_batch);
  far.operand(0, 2).image_stride += 64;
  expectRefusal(far.model, nullptr, MOBILEONE_INVALID_ARGUMENT,
                "Model 'hand_cuda_batch' (opencl), step 0 (scale), operand 2: "
                "it reaches beyond its space.");
  far.operand(0, 2).image_stride = UINT64_MAX;
  expectRefusal(far.model, nullptr, MOBILEONE_INVALID_ARGUMENT,
                "Model 'hand_cuda_batch' (opencl), step 0 (scale), operand 2: "
                "it reaches beyond its space.");
}

} // namespace
