//===- ParametersTests.cpp - What tuning may choose -----------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "KernelBodies.h"

#include "schedules/Packing.h"

#include <algorithm>
#include <cstdlib>
#include <gtest/gtest.h>

using namespace mobileone::schedules;
using namespace mobileone::schedules::testing;

namespace {

KernelRequest blockRequest(const std::string &machine, Shape shape,
                           int outputs) {
  RequestBuilder builder(machine);
  int value = builder.depthwise(builder.input(shape, 1), 3, 1);
  builder.output(builder.conv(value, outputs, 1, 1));
  return builder.request;
}

const Parameter &find(const std::vector<Parameter> &parameters,
                      const std::string &name) {
  return *std::find_if(
      parameters.begin(), parameters.end(),
      [&](const Parameter &each) { return each.name == name; });
}

std::string problem(KernelRequest request,
                    std::map<std::string, int> parameters) {
  request.parameters = std::move(parameters);
  return problemWithParameters(*selectSchedule(request), request);
}

TEST(ParametersTest, BlocksStateTheirChoices) {
  KernelRequest request = blockRequest("x86-64-v4", {128, 28, 28}, 128);
  std::vector<Parameter> parameters =
      parametersOf(*selectSchedule(request), request);
  EXPECT_EQ(find(parameters, "vectors").values, (std::vector<int>{1, 2}));
  EXPECT_EQ(find(parameters, "pixels").values,
            (std::vector<int>{1, 2, 3, 4, 5, 6, 7, 10, 14, 28}));
  EXPECT_EQ(find(parameters, "unroll").values, (std::vector<int>{1, 2, 4}));
  // Two threads share 10 tiles of 3 rows, or 7 of 4, less well.
  EXPECT_EQ(find(parameters, "tile_rows").values, (std::vector<int>{2, 7}));
}

TEST(ParametersTest, TwoThreadsShareTilesOfRows) {
  EXPECT_EQ(balancedTileRows(56, 14), 14);
  EXPECT_EQ(balancedTileRows(56, 12), 7);
  EXPECT_EQ(balancedTileRows(28, 6), 5);
  EXPECT_EQ(balancedTileRows(14, 5), 4);
  EXPECT_EQ(balancedTileRows(7, 1), 1);
}

TEST(ParametersTest, SmallMapsAreCutAlongChannels) {
  KernelRequest request = blockRequest("x86-64-v3", {1024, 7, 7}, 1024);
  std::vector<Parameter> parameters =
      parametersOf(*selectSchedule(request), request);
  std::vector<int> tiles = find(parameters, "channel_tiles").values;
  EXPECT_EQ(tiles.front(), 2);
  EXPECT_EQ(tiles.back(), 16);
}

TEST(ParametersTest, RefusesWhatIsNotLegal) {
  KernelRequest request = blockRequest("x86-64-v4", {128, 28, 28}, 128);
  EXPECT_EQ(problem(request, {{"vectors", 2}, {"pixels", 14}}), "");
  EXPECT_EQ(problem(request, {{"panel", 32}}),
            "x86.depthwise_pointwise has no parameter 'panel' here");
  EXPECT_EQ(problem(request, {{"unroll", 3}}),
            "'unroll' is 3, which is none of 1, 2, 4");
  EXPECT_EQ(problem(request, {{"vectors", 2}, {"pixels", 28}}),
            "its register tile needs more than the 32 registers of the "
            "machine");
  EXPECT_EQ(problem(request, {{"vectors", 1}, {"pixels", 28}}), "");
}

TEST(ParametersTest, WorkloadTextsAreTheSameOnEveryMachine) {
  KernelRequest one = blockRequest("x86-64-v3", {128, 28, 28}, 128);
  KernelRequest other = blockRequest("x86-64-v4", {128, 28, 28}, 128);
  other.parameters["unroll"] = 2;
  EXPECT_EQ(printWorkload(one), printWorkload(other));
  EXPECT_EQ(printWorkload(one).find("machine"), std::string::npos);
}

TEST(ParametersTest, WorkloadTextsLeaveNormalizationOut) {
  auto stem = [](bool normalize) {
    RequestBuilder builder("x86-64-v4");
    int image = builder.callerInput({3, 32, 32}, true, ElementType::U8);
    builder.output(builder.conv(builder.readInput(image, normalize), 48, 3, 2));
    return builder.request;
  };
  EXPECT_NE(print(stem(true)), print(stem(false)));
  EXPECT_EQ(printWorkload(stem(true)), printWorkload(stem(false)));
}

/// Legal values for all parameters, by chance.
std::map<std::string, int> draw(const Schedule &schedule,
                                const KernelRequest &request,
                                std::mt19937 &random) {
  KernelRequest drawn = request;
  do {
    for (const Parameter &each : parametersOf(schedule, request))
      drawn.parameters[each.name] = each.values[random() % each.values.size()];
  } while (schedule.fits && !schedule.fits(drawn));
  return drawn.parameters;
}

struct EveryBody : ::testing::TestWithParam<std::string> {
  /// Calls `check` with some requests for this machine.
  template <typename Check> void forEach(unsigned seeds, Check check) {
    for (const KernelBody &body : kernelBodies())
      for (unsigned seed = 0; seed < seeds; ++seed) {
        std::mt19937 random(seed);
        RequestBuilder builder(GetParam());
        body.make(builder, random);
        SCOPED_TRACE(std::string(body.name) + ", seed " + std::to_string(seed));
        check(builder.request, *selectSchedule(builder.request), random);
      }
  }
};

TEST_P(EveryBody, HasItsOwnChoiceAmongTheLegal) {
  forEach(
      20, [](KernelRequest request, const Schedule &schedule, std::mt19937 &) {
        KernelLayout before = schedule.layout(request);
        for (const Parameter &each : parametersOf(schedule, request)) {
          EXPECT_TRUE(std::is_sorted(each.values.begin(), each.values.end()));
          request.parameters[each.name] = each.standard;
        }
        EXPECT_EQ(problemWithParameters(schedule, request), "");
        EXPECT_EQ(schedule.layout(request).parameters, before.parameters);
      });
}

TEST_P(EveryBody, PacksWeightsTheSameWhateverIsChosen) {
  forEach(20, [](KernelRequest request, const Schedule &schedule,
                 std::mt19937 &random) {
    std::vector<WeightPacking> before = schedule.layout(request).weights;
    request.parameters = draw(schedule, request, random);
    EXPECT_EQ(problemWithParameters(schedule, request), "");
    std::vector<WeightPacking> after = schedule.layout(request).weights;
    ASSERT_EQ(before.size(), after.size());
    for (size_t i = 0; i < after.size(); ++i) {
      EXPECT_EQ(before[i].kind, after[i].kind);
      EXPECT_EQ(before[i].panel, after[i].panel);
      EXPECT_EQ(before[i].paddedInputs, after[i].paddedInputs);
      EXPECT_EQ(before[i].paddedOutputs, after[i].paddedOutputs);
    }
  });
}

TEST_P(EveryBody, ComputesTheSameWhateverIsChosen) {
  unsigned left = std::getenv("MOBILEONE_FULL_TESTS") ? 150 : 4;
  forEach(left / 50 + 1, [&](KernelRequest request, const Schedule &schedule,
                             std::mt19937 &random) {
    if (!schedule.parameters || !canRun(request.machine) || left == 0)
      return;
    --left;
    request.parameters = draw(schedule, request, random);
    EXPECT_EQ(runAndCompare(request, schedule, 1), "") << print(request);
  });
}

INSTANTIATE_TEST_SUITE_P(Machines, EveryBody,
                         ::testing::Values("generic", "x86-64-v3", "x86-64-v4"),
                         [](const auto &info) {
                           std::string name = info.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

} // namespace
