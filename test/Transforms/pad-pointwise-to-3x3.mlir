// RUN: mobileone-opt %s -random-weights -remember-results -pad-pointwise-to-3x3 -compare-results | FileCheck %s

// CHECK-LABEL: func.func @stride_2
// CHECK-SAME: (%[[INPUT:.*]]: tensor
func.func @stride_2(%a: tensor<1x6x7x4xf32>) -> tensor<1x3x4x4xf32> {
  // CHECK-NEXT: %[[CONV:.*]] = mobileone.conv %[[INPUT]] filter <"c.weight">
  // CHECK-NEXT: %[[SCALE:.*]] = mobileone.conv %[[INPUT]] filter <"s.padded.weight"> bias <"s.padded.bias"> {groups = 4 : i64, kernel = 3 : i64, padding = 1 : i64, stride = 2 : i64}
  // CHECK-NEXT: mobileone.add %[[CONV]], %[[SCALE]]
  %0 = mobileone.conv %a filter <"c.weight"> bias <"c.bias">
      {kernel = 3, stride = 2, padding = 1, groups = 4}
      : tensor<1x6x7x4xf32> -> tensor<1x3x4x4xf32>
  %1 = mobileone.conv %a filter <"s.weight"> bias <"s.bias">
      {kernel = 1, stride = 2, padding = 0, groups = 4}
      : tensor<1x6x7x4xf32> -> tensor<1x3x4x4xf32>
  %2 = mobileone.add %0, %1 : tensor<1x3x4x4xf32>
  return %2 : tensor<1x3x4x4xf32>
}

// CHECK-LABEL: func.func @dense_5x5
func.func @dense_5x5(%a: tensor<1x6x7x3xf32>) -> tensor<1x6x7x4xf32> {
  // CHECK: filter <"u.padded.weight"> bias <"u.padded.bias"> {groups = 1 : i64, kernel = 5 : i64, padding = 2 : i64, stride = 1 : i64}
  %0 = mobileone.conv %a filter <"e.weight"> bias <"e.bias">
      {kernel = 5, stride = 1, padding = 2, groups = 1}
      : tensor<1x6x7x3xf32> -> tensor<1x6x7x4xf32>
  %1 = mobileone.conv %a filter <"u.weight"> bias <"u.bias">
      {kernel = 3, stride = 1, padding = 1, groups = 1}
      : tensor<1x6x7x3xf32> -> tensor<1x6x7x4xf32>
  %2 = mobileone.add %0, %1 : tensor<1x6x7x4xf32>
  return %2 : tensor<1x6x7x4xf32>
}

// The windows do not have the same centres.
// CHECK-LABEL: func.func @off_centre
func.func @off_centre(%a: tensor<1x6x7x3xf32>) -> tensor<1x4x5x4xf32> {
  // CHECK: filter <"x.weight"> bias <"x.bias"> {groups = 1 : i64, kernel = 2 : i64
  %0 = mobileone.conv %a filter <"y.weight"> bias <"y.bias">
      {kernel = 3, stride = 1, padding = 0, groups = 1}
      : tensor<1x6x7x3xf32> -> tensor<1x4x5x4xf32>
  %1 = mobileone.conv %a filter <"z.weight"> bias <"z.bias">
      {kernel = 2, stride = 1, padding = 0, groups = 1}
      : tensor<1x6x7x3xf32> -> tensor<1x5x6x4xf32>
  %2 = mobileone.conv %1 filter <"x.weight"> bias <"x.bias">
      {kernel = 2, stride = 1, padding = 0, groups = 1}
      : tensor<1x5x6x4xf32> -> tensor<1x4x5x4xf32>
  %3 = mobileone.add %0, %2 : tensor<1x4x5x4xf32>
  return %3 : tensor<1x4x5x4xf32>
}
