// RUN: mobileone-opt %s -random-weights -remember-results -lower-precision -compare-results=tolerance=2e-3 | FileCheck %s
// Rounding makes a difference.
// RUN: not mobileone-opt %s -random-weights -remember-results -lower-precision -compare-results 2>&1 | FileCheck %s --check-prefix=ROUNDS

// ROUNDS: result 0 differs by

// CHECK-LABEL: func.func @network
// CHECK-SAME: -> (tensor<1x10xf32>, tensor<1x5x6x16xf32>)
func.func @network(%image: tensor<1x3x10x12xf32>)
    -> (tensor<1x10xf32>, tensor<1x5x6x16xf32>) {
  // CHECK-NEXT: %[[READ:.*]] = mobileone.read_input %{{.*}} : tensor<1x3x10x12xf32> -> tensor<1x10x12x3xf16>
  %0 = mobileone.read_input %image nchw
      : tensor<1x3x10x12xf32> -> tensor<1x10x12x3xf32>
  // CHECK-NEXT: mobileone.conv %[[READ]]
  // CHECK-SAME: filter_type = f16
  // CHECK-SAME: tensor<1x10x12x3xf16> -> tensor<1x5x6x16xf16>
  %1 = mobileone.conv %0 filter <"stem"> bias <"stem.bias">
      {kernel = 3, stride = 2, padding = 1, groups = 1,
       activation = #mobileone<activation relu>}
      : tensor<1x10x12x3xf32> -> tensor<1x5x6x16xf32>
  // CHECK-NEXT: mobileone.conv
  // CHECK-SAME: filter_type = f16
  %2 = mobileone.conv %1 filter <"depthwise"> bias <"depthwise.bias">
      {kernel = 3, stride = 1, padding = 1, groups = 16}
      : tensor<1x5x6x16xf32> -> tensor<1x5x6x16xf32>
  // Sums over rows may exceed the range of halves.
  // CHECK-NEXT: mobileone.row_sums %{{.*}} : tensor<1x5x6x16xf16> -> tensor<1x5x16xf32>
  %3 = mobileone.row_sums %2 : tensor<1x5x6x16xf32> -> tensor<1x5x16xf32>
  // CHECK-NEXT: mobileone.excite
  // CHECK-SAME: filter_type = f16
  // CHECK-SAME: tensor<1x5x16xf32> -> tensor<1x16xf16>
  %4 = mobileone.excite %3 reduce <"reduce"> <"reduce.bias">
      expand <"expand"> <"expand.bias"> {hidden = 4, pixels = 30}
      : tensor<1x5x16xf32> -> tensor<1x16xf32>
  // CHECK-NEXT: mobileone.scale %{{.*}} : tensor<1x5x6x16xf16>, tensor<1x16xf16>
  %5 = mobileone.scale %2 by %4 : tensor<1x5x6x16xf32>, tensor<1x16xf32>
  // CHECK-NEXT: mobileone.global_average_pool %{{.*}} : tensor<1x5x6x16xf16> -> tensor<1x16xf16>
  %6 = mobileone.global_average_pool %5
      : tensor<1x5x6x16xf32> -> tensor<1x16xf32>
  // CHECK-NEXT: mobileone.linear
  // CHECK-SAME: filter_type = f16
  // CHECK-SAME: tensor<1x16xf16> -> tensor<1x10xf32>
  %7 = mobileone.linear %6 filter <"linear"> bias <"linear.bias">
      : tensor<1x16xf32> -> tensor<1x10xf32>
  // CHECK-NEXT: mobileone.write_output %{{.*}} nhwc : tensor<1x5x6x16xf16> -> tensor<1x5x6x16xf32>
  %8 = mobileone.write_output %5 nhwc
      : tensor<1x5x6x16xf32> -> tensor<1x5x6x16xf32>
  return %7, %8 : tensor<1x10xf32>, tensor<1x5x6x16xf32>
}
