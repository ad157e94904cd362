//===- MachinePeak.h - The peak of multiply-adds ----------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Kernels are judged by their share of what the machine can do at best, and a
// shared or throttled machine does something else every minute: so the peak is
// measured in the same process, on the same cores, right beside the kernels.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TOOLS_MACHINEPEAK_H
#define MOBILEONE_TOOLS_MACHINEPEAK_H

#include <string>
#include <vector>

namespace mobileone {

/// A stream of independent multiply-adds on registers.
struct PeakProbe {
  std::string instructions; ///< "AVX-512 FMA".
  int vectorBytes;
  /// Does `rounds` rounds; returns a value that depends on all of them.
  float (*run)(long rounds);
  /// Floating-point operations of one round.
  double operationsPerRound;
};

/// The probes that this machine can run, the widest first.
std::vector<PeakProbe> availablePeakProbes();

/// GFLOP/s of one thread in one sample of about a millisecond.
double samplePeak(const PeakProbe &probe);

struct MachinePeak {
  double gflops = 0; ///< Of all threads together.
  std::string instructions;
  unsigned threads = 1;
};

/// The best of several samples of the widest probe; with several threads, the
/// best sum over threads that run at the same time.
MachinePeak measureMachinePeak(unsigned threads);

/// Keeps the calling thread, and those that it starts, on the core where it is
/// now, for as long as the object lives. Does nothing where that is not
/// possible.
class PinnedToCore {
public:
  PinnedToCore();
  ~PinnedToCore();
  PinnedToCore(const PinnedToCore &) = delete;
  PinnedToCore &operator=(const PinnedToCore &) = delete;
  /// -1 where pinning failed.
  int core() const { return pinned; }

private:
  int pinned = -1;
  std::vector<unsigned char> before;
};

} // namespace mobileone

#endif // MOBILEONE_TOOLS_MACHINEPEAK_H
