// RUN: mobileone-opt %s -random-weights -form-kernels -select-schedules="target=x86-64-v3 family=generic" -pack-weights -plan-arena -verify-planned-form | FileCheck %s
// RUN: mobileone-opt %s -random-weights -form-kernels -select-schedules="target=x86-64-v3 family=generic" -plan-arena=dump=true 2>&1 >/dev/null | FileCheck %s -check-prefix=DUMP
// RUN: not mobileone-opt %s -plan-arena 2>&1 | FileCheck %s -check-prefix=ERROR

// ERROR: error: has no target: run select-schedules first

// 8 channels are stored as 16. The padded convolution wants a border of zeros
// around what it reads: (4 + 2) * (4 + 2) * 16 floats are 2304 bytes, 4 * 4 * 16
// are 1024. The third value takes the memory of the first; logits go to the
// caller.

// CHECK: mobileone.arena_bytes = 3328 : i64
// CHECK: mobileone.kernel "first"
// CHECK-SAME: borders = array<i64: 1>, offsets = array<i64: 0>
// CHECK: mobileone.kernel "second"
// CHECK-SAME: borders = array<i64: 0>, offsets = array<i64: 2304>
// CHECK: mobileone.kernel "third"
// CHECK-SAME: borders = array<i64: 0>, offsets = array<i64: 0>
// CHECK: mobileone.kernel "linear"
// CHECK-SAME: borders = array<i64: 0>, offsets = array<i64: -1>

// DUMP: arena: 3328 bytes, lower bound 3328
// DUMP: 0 +2304       ##.. first
// DUMP: 2304 +1024       .##. second
// DUMP: 0 +1024       ..## third
func.func @chain(%image: tensor<1x3x8x8xf32>) -> tensor<1x10xf32> {
  %0 = mobileone.read_input %image nchw
      : tensor<1x3x8x8xf32> -> tensor<1x8x8x3xf32>
  %1 = mobileone.conv %0 filter<"s.weight"> bias<"s.bias"> {kernel = 3, stride = 2, padding = 1, groups = 1}
      : tensor<1x8x8x3xf32> -> tensor<1x4x4x8xf32> loc("s"("first"))
  %2 = mobileone.conv %1 filter<"d.weight"> bias<"d.bias"> {kernel = 3, stride = 1, padding = 1, groups = 1}
      : tensor<1x4x4x8xf32> -> tensor<1x4x4x8xf32> loc("d"("second"))
  %3 = mobileone.conv %2 filter<"p.weight"> bias<"p.bias"> {kernel = 1, stride = 1, padding = 0, groups = 1}
      : tensor<1x4x4x8xf32> -> tensor<1x4x4x12xf32> loc("p"("third"))
  %4 = mobileone.global_average_pool %3 : tensor<1x4x4x12xf32> -> tensor<1x12xf32> loc("h"("linear"))
  %5 = mobileone.linear %4 filter<"l.weight"> bias<"l.bias">
      : tensor<1x12xf32> -> tensor<1x10xf32> loc("h"("linear"))
  return %5 : tensor<1x10xf32>
}
