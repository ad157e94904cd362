//===- PortModelsTests.cpp - Tests of the list of cores -------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Estimate/PortModel.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

using namespace mobileone;
using testing::HasSubstr;

TEST(PortModelsTest, EveryCoreIsComplete) {
  for (const PortModel &core : allPortModels()) {
    SCOPED_TRACE(core.name);
    EXPECT_FALSE(core.description.empty());
    EXPECT_TRUE(core.architecture == "aarch64" ||
                core.architecture == "x86_64");
    EXPECT_GT(core.gigahertz, 0);
    EXPECT_GE(core.cores, 1u);
    for (unsigned perCycle :
         {core.width, core.simd, core.multiplies, core.loads, core.vectorLoads,
          core.stores, core.vectorStores, core.loadsAndStores, core.branches})
      EXPECT_GT(perCycle, 0u);
    EXPECT_LE(core.multiplies, core.simd);
    EXPECT_LE(core.vectorLoads, core.loads);
    ASSERT_FALSE(core.levels.empty());
    uint64_t before = core.firstLevelBytes;
    for (const MemoryLevel &level : core.levels) {
      EXPECT_GT(level.bytes, before) << level.name;
      EXPECT_GT(level.bytesPerCycle, 0) << level.name;
      EXPECT_GE(level.sharedBytesPerCycle, level.bytesPerCycle) << level.name;
      before = level.bytes;
    }
    EXPECT_EQ(core.levels.back().bytes, UINT64_MAX);
  }
}

TEST(PortModelsTest, FindsCoresByName) {
  DiagnosticList diagnostics;
  const PortModel *core = findPortModel("iphone12", diagnostics);
  ASSERT_TRUE(core);
  EXPECT_EQ(core->name, "iphone12");
  EXPECT_FALSE(findPortModel("iphone13", diagnostics));
  EXPECT_EQ(diagnostics.exitCode(), int(ErrorKind::Unsupported));
  EXPECT_THAT(diagnostics.str(),
              HasSubstr("--estimate: there is no model of 'iphone13'"));
  EXPECT_THAT(diagnostics.str(), HasSubstr("did you mean 'iphone12'? There "
                                           "are: iphone12, zen4"));
}
