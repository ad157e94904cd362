//===- GeneratedCodeTests.cpp - Properties of the hot loops ---------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Speed hangs on what becomes of a schedule in the code generator: the hot loop
// of a matrix product must keep its accumulators in registers. These tests read
// the assembly; they need no machine that runs it.
//
//===----------------------------------------------------------------------===//

#include "Assembly.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

using namespace mobileone::schedules;
using namespace mobileone::schedules::testing;

namespace {

/// The loops that are the matrix product, in order: their activations are
/// broadcast.
std::vector<Lines> productLoops(const KernelRequest &request) {
  std::vector<Lines> loops;
  for (const Lines &loop : innermostLoops(assemble(request)))
    if (count(loop, "vbroadcastss") + count(loop, "{1to") > 0 &&
        count(loop, "vfmadd") > 0)
      loops.push_back(loop);
  return loops;
}

/// The one with the most accumulators.
Lines productLoop(const KernelRequest &request) {
  Lines product;
  for (const Lines &loop : productLoops(request))
    if (count(loop, "vfmadd") > count(product, "vfmadd"))
      product = loop;
  return product;
}

/// Accesses to the stack, that is spilled registers.
int spills(const Lines &loop) { return count(loop, "(%rsp"); }

TEST(GeneratedCodeTest, ProductKeeps28AccumulatorsInRegisters) {
  for (int size : {14, 28}) {
    Lines loop = productLoop(blockRequest("x86-64-v4", 128, size, 128));
    EXPECT_EQ(count(loop, "vfmadd231ps", "%zmm"), 28) << size;
    EXPECT_EQ(spills(loop), 0) << size;
    EXPECT_LE(loop.size(), 60u) << size;
  }
}

TEST(GeneratedCodeTest, BroadcastsAreOperandsOnWideMaps) {
  for (int channels : {48, 128}) {
    Lines loop = productLoop(blockRequest("x86-64-v4", channels, 56, channels));
    EXPECT_EQ(count(loop, "vfmadd231ps", "{1to16}"), 14) << channels;
    EXPECT_EQ(count(loop, "vbroadcastss"), 0) << channels;
    EXPECT_EQ(spills(loop), 0) << channels;
  }
}

TEST(GeneratedCodeTest, ProductFetchesWeightsAhead) {
  KernelRequest request = blockRequest("x86-64-v4", 128, 28, 128);
  EXPECT_EQ(count(productLoop(request), "prefetch"), 1);
  // Once per iteration and nowhere else.
  EXPECT_EQ(count(assemble(request), "prefetch"), 1);
  request.parameters["prefetch"] = 0;
  EXPECT_EQ(count(assemble(request), "prefetch"), 0);
}

TEST(GeneratedCodeTest, ProductOfThreeVectorsKeeps24AccumulatorsInRegisters) {
  Lines loop = productLoop(blockRequest("x86-64-v4", 48, 24, 48));
  EXPECT_EQ(count(loop, "vfmadd231ps", "%zmm"), 24);
  EXPECT_EQ(spills(loop), 0);
}

TEST(GeneratedCodeTest, ProductOnSmallMapsKeeps14AccumulatorsInRegisters) {
  Lines loop = productLoop(blockRequest("x86-64-v4", 256, 7, 1024));
  EXPECT_EQ(count(loop, "vfmadd231ps", "%zmm"), 14);
  EXPECT_EQ(spills(loop), 0);
}

/// Accumulators of the product's tiles in the order of a row's pixels.
std::vector<int> accumulators(const std::vector<Lines> &loops) {
  std::vector<int> counts;
  for (const Lines &loop : loops)
    counts.push_back(count(loop, "vfmadd231ps", "%ymm"));
  return counts;
}

TEST(GeneratedCodeTest, ProductOfAvx2CutsRowsIntoTilesWithoutOverlap) {
  std::map<int, std::vector<int>> expected = {{7, {12, 8, 8}},
                                              {12, {12}},
                                              {14, {12, 12, 12, 12, 8}},
                                              {28, {12, 12, 12, 12, 8}}};
  for (const auto &[size, tiles] : expected) {
    std::vector<Lines> loops =
        productLoops(blockRequest("x86-64-v3", 128, size, 128));
    EXPECT_EQ(accumulators(loops), tiles) << size;
    for (const Lines &loop : loops) {
      EXPECT_EQ(spills(loop), 0) << size;
      EXPECT_EQ(count(loop, "%zmm"), 0);
      EXPECT_LE(loop.size(), 35u) << size;
    }
  }
}

TEST(GeneratedCodeTest, ProductOfThreeAvx2VectorsKeeps12Accumulators) {
  std::map<int, std::vector<int>> expected = {{14, {12, 9}}, {56, {12}}};
  for (const auto &[size, tiles] : expected) {
    std::vector<Lines> loops =
        productLoops(blockRequest("x86-64-v3", 48, size, 48));
    EXPECT_EQ(accumulators(loops), tiles) << size;
    for (const Lines &loop : loops)
      EXPECT_EQ(spills(loop), 0) << size;
  }
}

TEST(GeneratedCodeTest, OneTileOfARowFetchesWeightsAhead) {
  KernelRequest request = blockRequest("x86-64-v3", 128, 14, 128);
  std::vector<Lines> loops = productLoops(request);
  ASSERT_EQ(loops.size(), 5u);
  EXPECT_EQ(count(loops[0], "prefetch"), 1);
  EXPECT_EQ(count(assemble(request), "prefetch"), 1);
}

/// Calls of functions outside of the kernel; memset and memcpy are allowed.
Lines foreignCalls(const Lines &lines) {
  Lines calls;
  for (const std::string &line : lines)
    if (line.rfind("\tcall", 0) == 0 &&
        line.find("kernel") == std::string::npos &&
        line.find("mem") == std::string::npos)
      calls.push_back(line);
  return calls;
}

TEST(GeneratedCodeTest, KernelsCallNothing) {
  for (const char *machine : {"x86-64-v3", "x86-64-v4"}) {
    RequestBuilder builder(machine);
    int rows = builder.input({64, 1, 7});
    builder.output(builder.excite(rows, 16, 49));
    for (const KernelRequest &request :
         {blockRequest(machine, 64, 14, 64), builder.request})
      EXPECT_THAT(foreignCalls(assemble(request)), ::testing::IsEmpty());
  }
}

} // namespace
