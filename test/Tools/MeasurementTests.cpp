//===- MeasurementTests.cpp - Tests of what bench measures and shows ------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/LatencyStatistics.h"
#include "compiler/Tools/MachinePeak.h"
#include "compiler/Tools/MachineState.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <filesystem>
#include <fstream>
#include <sched.h>
#include <unistd.h>

using namespace mobileone;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(LatencyStatisticsTest, UsesNearestRanks) {
  std::vector<double> samples;
  for (int i = 200; i >= 1; --i)
    samples.push_back(i);
  LatencyStatistics statistics = summarizeLatencies(samples);
  EXPECT_EQ(statistics.count, 200u);
  EXPECT_EQ(statistics.minimum, 1);
  EXPECT_EQ(statistics.p50, 100);
  EXPECT_EQ(statistics.p90, 180);
  EXPECT_EQ(statistics.p99, 198);
  EXPECT_DOUBLE_EQ(statistics.mean, 100.5);
}

TEST(LatencyStatisticsTest, TakesOneSampleAndNone) {
  LatencyStatistics one = summarizeLatencies({3});
  EXPECT_EQ(one.p50, 3);
  EXPECT_EQ(one.p99, 3);
  EXPECT_EQ(summarizeLatencies({}).count, 0u);
}

TEST(MachinePeakTest, MeasuresEveryProbe) {
  std::vector<PeakProbe> probes = availablePeakProbes();
  ASSERT_FALSE(probes.empty());
  for (const PeakProbe &probe : probes) {
    // No core that we know of is slower, none does 100 vectors a nanosecond.
    double gflops = samplePeak(probe);
    EXPECT_GT(gflops, 0.5) << probe.instructions;
    EXPECT_LT(gflops, 100.0 * probe.vectorBytes) << probe.instructions;
    float result = probe.run(1000);
    EXPECT_NEAR(result, 12 / 16.0, 1e-4) << probe.instructions;
  }
}

TEST(MachinePeakTest, TwoThreadsAreCountedTogether) {
  MachinePeak peak = measureMachinePeak(2);
  EXPECT_EQ(peak.threads, 2u);
  EXPECT_FALSE(peak.instructions.empty());
  EXPECT_GT(peak.gflops, 1);
}

TEST(PinnedToCoreTest, PinsAndRestores) {
  cpu_set_t before, during, after;
  ASSERT_EQ(sched_getaffinity(0, sizeof(before), &before), 0);
  {
    PinnedToCore pinned;
    ASSERT_GE(pinned.core(), 0);
    ASSERT_EQ(sched_getaffinity(0, sizeof(during), &during), 0);
    EXPECT_EQ(CPU_COUNT(&during), 1);
  }
  ASSERT_EQ(sched_getaffinity(0, sizeof(after), &after), 0);
  EXPECT_TRUE(CPU_EQUAL(&before, &after));
}

static MachineState quietMachine() {
  MachineState state;
  state.processors = 4;
  state.load = 0.2;
  return state;
}

TEST(MachineStateTest, ReadsWhatLinuxTells) {
  namespace fs = std::filesystem;
  fs::path root = testing::TempDir() + "state-" + std::to_string(getpid());
  fs::path scaling = root / "sys/devices/system/cpu/cpu0/cpufreq";
  fs::create_directories(scaling);
  fs::create_directories(root / "proc");
  std::ofstream(scaling / "scaling_governor") << "powersave\n";
  std::ofstream(root / "proc/loadavg") << "1.50 1.00 0.50 2/100 42\n";
  std::ofstream(root / "proc/cpuinfo") << "processor : 0\nmodel name\t: Z80\n";
  MachineState state = readMachineState(root);
  EXPECT_EQ(state.cpu, "Z80");
  EXPECT_EQ(state.governor, "powersave");
  EXPECT_EQ(state.load, 1.5);
  EXPECT_GT(state.processors, 0u);
  fs::remove_all(root);
  EXPECT_EQ(readMachineState(root).load, -1);
}

TEST(MachineStateTest, WarnsOfWhatDisturbs) {
  MachineState state = quietMachine();
  EXPECT_THAT(measurementWarnings(state, 4), IsEmpty());
  state.governor = "performance";
  EXPECT_THAT(measurementWarnings(state, 1), IsEmpty());
  state.governor = "powersave";
  EXPECT_THAT(measurementWarnings(state, 1),
              ElementsAre(HasSubstr("governor 'powersave'")));
  state = quietMachine();
  EXPECT_THAT(measurementWarnings(state, 5),
              ElementsAre(HasSubstr("5 threads on 4 processors")));
  state.load = 3.9;
  EXPECT_THAT(measurementWarnings(state, 1),
              ElementsAre(HasSubstr("load 3.9 on 4 processors")));
}
