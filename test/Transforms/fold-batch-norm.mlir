// RUN: mobileone-opt %s -random-weights -remember-results -fold-batch-norm -compare-results | FileCheck %s

// CHECK-LABEL: func.func @with_norm
// CHECK-SAME: (%[[INPUT:.*]]: tensor
func.func @with_norm(%a: tensor<1x5x5x3xf32>) -> tensor<1x3x3x4xf32> {
  // CHECK-NEXT: %[[CONV:.*]] = mobileone.conv %[[INPUT]] filter <"c.folded.weight"> bias <"c.folded.bias"> {groups = 1 : i64, kernel = 3 : i64, padding = 1 : i64, stride = 2 : i64}
  // CHECK-NEXT: return %[[CONV]]
  %0 = mobileone.conv %a filter <"c.weight">
      {kernel = 3, stride = 2, padding = 1, groups = 1}
      : tensor<1x5x5x3xf32> -> tensor<1x3x3x4xf32>
  %1 = mobileone.batch_norm %0 scale <"n.weight"> shift <"n.bias">
      mean <"n.mean"> variance <"n.var"> {epsilon = 1.0e-5}
      : tensor<1x3x3x4xf32>
  return %1 : tensor<1x3x3x4xf32>
}

// A bias of the convolution goes into the new one.
// CHECK-LABEL: func.func @with_bias
func.func @with_bias(%a: tensor<1x5x5x3xf32>) -> tensor<1x5x5x3xf32> {
  // CHECK-NEXT: mobileone.conv %{{.*}} filter <"d.folded.weight"> bias <"d.folded.bias"> {groups = 3 : i64
  // CHECK-NEXT: return
  %0 = mobileone.conv %a filter <"d.weight"> bias <"d.bias">
      {kernel = 3, stride = 1, padding = 1, groups = 3}
      : tensor<1x5x5x3xf32> -> tensor<1x5x5x3xf32>
  %1 = mobileone.batch_norm %0 scale <"l.weight"> shift <"l.bias">
      mean <"l.mean"> variance <"l.var"> {epsilon = 1.0e-3}
      : tensor<1x5x5x3xf32>
  return %1 : tensor<1x5x5x3xf32>
}

// Two norms of one filter make two filters.
// CHECK-LABEL: func.func @shared_filter
func.func @shared_filter(%a: tensor<1x5x5x3xf32>) -> tensor<1x5x5x4xf32> {
  // CHECK-DAG: mobileone.conv %{{.*}} filter <"s.folded.weight"> bias <"s.folded.bias">
  // CHECK-DAG: mobileone.conv %{{.*}} filter <"s.folded.1.weight"> bias <"s.folded.1.bias">
  // CHECK: mobileone.add
  %0 = mobileone.conv %a filter <"s.weight">
      {kernel = 1, stride = 1, padding = 0, groups = 1}
      : tensor<1x5x5x3xf32> -> tensor<1x5x5x4xf32>
  %1 = mobileone.batch_norm %0 scale <"m.weight"> shift <"m.bias">
      mean <"m.mean"> variance <"m.var"> {epsilon = 1.0e-5}
      : tensor<1x5x5x4xf32>
  %2 = mobileone.conv %a filter <"s.weight">
      {kernel = 1, stride = 1, padding = 0, groups = 1}
      : tensor<1x5x5x3xf32> -> tensor<1x5x5x4xf32>
  %3 = mobileone.batch_norm %2 scale <"o.weight"> shift <"o.bias">
      mean <"o.mean"> variance <"o.var"> {epsilon = 1.0e-5}
      : tensor<1x5x5x4xf32>
  %4 = mobileone.add %1, %3 : tensor<1x5x5x4xf32>
  return %4 : tensor<1x5x5x4xf32>
}

// CHECK-LABEL: func.func @conv_used_elsewhere
func.func @conv_used_elsewhere(%a: tensor<1x5x5x3xf32>)
    -> (tensor<1x5x5x4xf32>, tensor<1x5x5x4xf32>) {
  // CHECK: mobileone.batch_norm
  %0 = mobileone.conv %a filter <"u.weight">
      {kernel = 1, stride = 1, padding = 0, groups = 1}
      : tensor<1x5x5x3xf32> -> tensor<1x5x5x4xf32>
  %1 = mobileone.batch_norm %0 scale <"m.weight"> shift <"m.bias">
      mean <"m.mean"> variance <"m.var"> {epsilon = 1.0e-5}
      : tensor<1x5x5x4xf32>
  return %0, %1 : tensor<1x5x5x4xf32>, tensor<1x5x5x4xf32>
}

// An activation stands between the two.
// CHECK-LABEL: func.func @activation_between
func.func @activation_between(%a: tensor<1x5x5x3xf32>) -> tensor<1x5x5x4xf32> {
  // CHECK: mobileone.batch_norm
  %0 = mobileone.conv %a filter <"v.weight">
      {kernel = 1, stride = 1, padding = 0, groups = 1,
       activation = #mobileone<activation relu>}
      : tensor<1x5x5x3xf32> -> tensor<1x5x5x4xf32>
  %1 = mobileone.batch_norm %0 scale <"m.weight"> shift <"m.bias">
      mean <"m.mean"> variance <"m.var"> {epsilon = 1.0e-5}
      : tensor<1x5x5x4xf32>
  return %1 : tensor<1x5x5x4xf32>
}
