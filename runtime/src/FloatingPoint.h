//===- FloatingPoint.h - The arithmetic mode of kernels ---------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Kernels run rounding to nearest, with traps masked and denormal numbers
// flushed to zero, whatever the calling thread had set: results are the same
// in every thread, and denormals cannot slow a run down by a factor of 100.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_RUNTIME_FLOATINGPOINT_H
#define MOBILEONE_RUNTIME_FLOATINGPOINT_H

#include <stdint.h>

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

namespace mobileone::runtime {

/// Sets the kernels' mode and gives the thread its own back at the end of the
/// scope, the sticky exception flags included.
class FloatingPointMode {
public:
  FloatingPointMode(const FloatingPointMode &) = delete;
  FloatingPointMode &operator=(const FloatingPointMode &) = delete;

#if defined(__x86_64__)
  FloatingPointMode() : saved(_mm_getcsr()) { _mm_setcsr(kernelMode); }
  ~FloatingPointMode() { _mm_setcsr(saved); }

private:
  /// MXCSR: FTZ (bit 15), DAZ (bit 6), all six exceptions masked (bits 7-12).
  static constexpr uint32_t kernelMode = 0x9fc0;
  uint32_t saved;
#elif defined(__aarch64__)
  FloatingPointMode() {
    asm volatile("mrs %0, fpcr" : "=r"(saved));
    asm volatile("msr fpcr, %0" : : "r"(kernelMode));
  }
  ~FloatingPointMode() { asm volatile("msr fpcr, %0" : : "r"(saved)); }

private:
  /// FPCR: FZ (bit 24) and, for half precision, FZ16 (bit 19).
  static constexpr uint64_t kernelMode = (1u << 24) | (1u << 19);
  uint64_t saved;
#else
  FloatingPointMode() = default;
  ~FloatingPointMode() {}
#endif
};

} // namespace mobileone::runtime

#endif // MOBILEONE_RUNTIME_FLOATINGPOINT_H
