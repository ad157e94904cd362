//===- RemoteExecutionTests.cpp - What mobileone-measure answers ----------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/RemoteExecution.h"

#include "gtest/gtest.h"

using namespace mobileone;

namespace {

/// A model of two steps, of three and two operands, with one output.
class ObservationTest : public testing::Test {
protected:
  ObservationTest() {
    output.name = "logits";
    output.bytes = 4;
    model.name = "tiny";
    model.outputs = &output;
    model.output_count = 1;
  }

  /// Why `text`, after the line that says who answers, makes no sense.
  std::string read(const std::string &text) {
    ModelBuffers buffers(model);
    steps = {{"first", 3, {}}, {"second", 2, {}}};
    std::string problem =
        readObservation("mobileone-measure 1\n" + text, {1, 2}, steps, buffers);
    answered = {buffers.output(0).begin(), buffers.output(0).end()};
    return problem;
  }

  mobileone_tensor output = {};
  mobileone_model model = {};
  std::vector<ObservedStep> steps;
  std::string answered;
};

TEST_F(ObservationTest, KeepsResultsOnly) {
  EXPECT_EQ(read("operand 0 1 1 8 2 1 1\nab\n"
                 "operand 0 2 1 8 2 2 1\nabcd\n"
                 "operand 1 0 2 32 1 1 1\n\n\n\n\n\n"
                 "operand 1 1 1 8 1 1 3\nxyz\n"
                 "output 0 4\nlast\ndone\n"),
            "");
  ASSERT_EQ(steps[0].operands.size(), 1u);
  EXPECT_EQ(steps[0].operands[0].index, 2u);
  EXPECT_EQ(steps[0].operands[0].type.bits, 8);
  EXPECT_EQ(steps[0].operands[0].extents, (std::array<int32_t, 3>{2, 2, 1}));
  EXPECT_EQ(steps[0].operands[0].bytes,
            (std::vector<uint8_t>{'a', 'b', 'c', 'd'}));
  ASSERT_EQ(steps[1].operands.size(), 2u);
  EXPECT_EQ(steps[1].operands[0].bytes, (std::vector<uint8_t>(4, '\n')));
  EXPECT_EQ(answered, "last");
}

TEST_F(ObservationTest, JoinsImages) {
  EXPECT_EQ(read("operand 0 2 1 8 2 1 1\nab\n"
                 "operand 1 0 1 8 1 1 1\nx\n"
                 "operand 1 1 1 8 1 1 1\ny\n"
                 "operand 0 2 1 8 2 1 1\ncd\n"
                 "operand 1 0 1 8 1 1 1\nX\n"
                 "operand 1 1 1 8 1 1 1\nY\ndone\n"),
            "");
  ASSERT_EQ(steps[0].operands.size(), 1u);
  EXPECT_EQ(steps[0].operands[0].bytes,
            (std::vector<uint8_t>{'a', 'b', 'c', 'd'}));
  ASSERT_EQ(steps[1].operands.size(), 2u);
  EXPECT_EQ(steps[1].operands[1].bytes, (std::vector<uint8_t>{'y', 'Y'}));
}

TEST_F(ObservationTest, SaysWhatFailed) {
  EXPECT_EQ(read("failed no such model\n"), "it says: failed no such model");
}

TEST_F(ObservationTest, EndsEarly) {
  EXPECT_EQ(read(""), "it ended before it was done");
  EXPECT_EQ(read("output 0 4\nlast\n"), "it ended before it was done");
}

TEST_F(ObservationTest, MakesNoSense) {
  for (const char *line :
       {"hello", "operand", "operand 0 1 1 8 2 1", "operand 0 1 1 8 2 1 -1",
        "operand 2 0 1 8 1 1 1", "operand 0 1 1 8 99999999 1 1",
        "operand 0 1 1 8 3 1 1", "output 0", "output 1 4", "output 0 5"})
    EXPECT_EQ(read(std::string(line) + "\nx\n"),
              "it answered '" + std::string(line) + "'");
}

TEST_F(ObservationTest, IsFromAnotherProgram) {
  ModelBuffers buffers(model);
  EXPECT_EQ(readObservation("hello\n", {}, steps, buffers),
            "it did not answer as mobileone-measure does");
}

} // namespace
