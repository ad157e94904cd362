// RUN: mobileone-opt %s -random-weights -remember-results -choose-accumulators -compare-results=tolerance=1e-2 | FileCheck %s
// RUN: mobileone-opt %s -random-weights -choose-accumulators=bound=0 | FileCheck %s --check-prefix=EXACT
// Some fit: those that save the most for their error.
// RUN: mobileone-opt %s -random-weights -choose-accumulators=bound=1e-3 | FileCheck %s --check-prefix=SOME
// Sums in half precision make a difference.
// RUN: not mobileone-opt %s -random-weights -remember-results -choose-accumulators -compare-results 2>&1 | FileCheck %s --check-prefix=ROUNDS

// EXACT-NOT: accumulator =
// ROUNDS: result 0 differs by

// CHECK-LABEL: func.func @network
// SOME-LABEL: func.func @network
func.func @network(%a: tensor<1x6x6x16xf16>) -> tensor<1x10xf32> {
  // CHECK: mobileone.conv
  // CHECK-SAME: accumulator = f16
  // CHECK-SAME: groups = 16
  // SOME: mobileone.conv
  // SOME-SAME: accumulator = f16
  // SOME-SAME: groups = 16
  %0 = mobileone.conv %a filter <"depthwise"> bias <"depthwise.bias">
      {kernel = 3, stride = 1, padding = 1, groups = 16, filter_type = f16,
       activation = #mobileone<activation relu>}
      : tensor<1x6x6x16xf16> -> tensor<1x6x6x16xf16>
  // CHECK: mobileone.conv
  // CHECK-SAME: accumulator = f16
  // CHECK-SAME: groups = 1
  %1 = mobileone.conv %0 filter <"pointwise"> bias <"pointwise.bias">
      {kernel = 1, stride = 1, padding = 0, groups = 1, filter_type = f16}
      : tensor<1x6x6x16xf16> -> tensor<1x6x6x256xf16>
  // CHECK: mobileone.conv
  // CHECK-SAME: accumulator = f16
  // SOME: mobileone.conv
  // SOME-SAME: accumulator = f16
  // SOME: mobileone.conv
  // SOME-NOT: accumulator
  %2 = mobileone.conv %1 filter <"wide"> bias <"wide.bias">
      {kernel = 1, stride = 1, padding = 0, groups = 1, filter_type = f16}
      : tensor<1x6x6x256xf16> -> tensor<1x6x6x64xf32>
  %3 = mobileone.global_average_pool %2
      : tensor<1x6x6x64xf32> -> tensor<1x64xf32>
  // Its inputs are not halves.
  // CHECK: mobileone.linear
  // CHECK-NOT: accumulator
  // SOME: mobileone.linear
  // SOME-NOT: accumulator
  %4 = mobileone.linear %3 filter <"linear"> bias <"linear.bias">
      {filter_type = f16} : tensor<1x64xf32> -> tensor<1x10xf32>
  return %4 : tensor<1x10xf32>
}

// Long sums are made in blocks.
// CHECK-LABEL: func.func @long
// SOME-LABEL: func.func @long
func.func @long(%a: tensor<1x500xf16>) -> tensor<1x10xf32> {
  // CHECK: mobileone.linear
  // CHECK-SAME: accumulator = f16
  // CHECK-SAME: mobileone.sum_block = 128
  // SOME: mobileone.linear
  // SOME-NOT: accumulator
  // SOME-NOT: sum_block
  %0 = mobileone.linear %a filter <"long"> bias <"long.bias">
      {filter_type = f16} : tensor<1x500xf16> -> tensor<1x10xf32>
  return %0 : tensor<1x10xf32>
}
