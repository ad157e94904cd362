// RUN: mobileone-opt %s -random-weights -remember-results -skip-to-conv -compare-results | FileCheck %s

// CHECK-LABEL: func.func @depthwise
// CHECK-SAME: (%[[INPUT:.*]]: tensor
func.func @depthwise(%a: tensor<1x5x5x4xf32>) -> tensor<1x5x5x4xf32> {
  // CHECK-NEXT: %[[CONV:.*]] = mobileone.conv %[[INPUT]] filter <"c.weight">
  // CHECK-NEXT: %[[SKIP:.*]] = mobileone.conv %[[INPUT]] filter <"s.conv.weight"> bias <"s.conv.bias"> {groups = 4 : i64, kernel = 1 : i64, padding = 0 : i64, stride = 1 : i64}
  // CHECK-NEXT: mobileone.add %[[CONV]], %[[SKIP]]
  %0 = mobileone.conv %a filter <"c.weight"> bias <"c.bias">
      {kernel = 3, stride = 1, padding = 1, groups = 4}
      : tensor<1x5x5x4xf32> -> tensor<1x5x5x4xf32>
  %1 = mobileone.batch_norm %a scale <"s.weight"> shift <"s.bias">
      mean <"s.mean"> variance <"s.var"> {epsilon = 1.0e-5}
      : tensor<1x5x5x4xf32>
  %2 = mobileone.add %0, %1 : tensor<1x5x5x4xf32>
  return %2 : tensor<1x5x5x4xf32>
}

// CHECK-LABEL: func.func @pointwise
func.func @pointwise(%a: tensor<1x5x5x4xf32>) -> tensor<1x5x5x4xf32> {
  // CHECK: filter <"t.conv.weight"> bias <"t.conv.bias"> {groups = 1 : i64, kernel = 1 : i64, padding = 0 : i64, stride = 1 : i64}
  // CHECK-NOT: batch_norm
  %0 = mobileone.conv %a filter <"p.weight"> bias <"p.bias">
      {kernel = 1, stride = 1, padding = 0, groups = 1}
      : tensor<1x5x5x4xf32> -> tensor<1x5x5x4xf32>
  %1 = mobileone.batch_norm %a scale <"t.weight"> shift <"t.bias">
      mean <"t.mean"> variance <"t.var"> {epsilon = 1.0e-5}
      : tensor<1x5x5x4xf32>
  %2 = mobileone.add %0, %1 : tensor<1x5x5x4xf32>
  return %2 : tensor<1x5x5x4xf32>
}

// The convolution reads another value: not a branch beside the norm.
// CHECK-LABEL: func.func @other_input
func.func @other_input(%a: tensor<1x5x5x4xf32>, %b: tensor<1x5x5x4xf32>)
    -> tensor<1x5x5x4xf32> {
  // CHECK: batch_norm
  %0 = mobileone.conv %b filter <"p.weight"> bias <"p.bias">
      {kernel = 1, stride = 1, padding = 0, groups = 1}
      : tensor<1x5x5x4xf32> -> tensor<1x5x5x4xf32>
  %1 = mobileone.batch_norm %a scale <"t.weight"> shift <"t.bias">
      mean <"t.mean"> variance <"t.var"> {epsilon = 1.0e-5}
      : tensor<1x5x5x4xf32>
  %2 = mobileone.add %0, %1 : tensor<1x5x5x4xf32>
  return %2 : tensor<1x5x5x4xf32>
}
