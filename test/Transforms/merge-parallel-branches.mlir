// RUN: mobileone-opt %s -random-weights -remember-results -merge-parallel-branches -compare-results -mlir-print-debuginfo | FileCheck %s

// CHECK-LABEL: func.func @named_layer
// CHECK-SAME: (%[[INPUT:.*]]: tensor
func.func @named_layer(%a: tensor<1x5x5x3xf32>) -> tensor<1x3x3x4xf32> {
  // CHECK-NEXT: %[[CONV:.*]] = mobileone.conv %[[INPUT]] filter <"stage0.reparam_conv.weight"> bias <"stage0.reparam_conv.bias"> {groups = 1 : i64, kernel = 3 : i64, padding = 1 : i64, stride = 2 : i64} {{.*}} loc(#[[FUSED:.*]])
  // CHECK-NEXT: return %[[CONV]]
  %0 = mobileone.conv %a filter <"a.weight"> bias <"a.bias">
      {kernel = 3, stride = 2, padding = 1, groups = 1}
      : tensor<1x5x5x3xf32> -> tensor<1x3x3x4xf32> loc("first")
  %1 = mobileone.conv %a filter <"b.weight">
      {kernel = 3, stride = 2, padding = 1, groups = 1}
      : tensor<1x5x5x3xf32> -> tensor<1x3x3x4xf32> loc("second")
  %2 = mobileone.conv %a filter <"c.weight"> bias <"c.bias">
      {kernel = 3, stride = 2, padding = 1, groups = 1}
      : tensor<1x5x5x3xf32> -> tensor<1x3x3x4xf32> loc("third")
  %3 = mobileone.add %0, %1, %2 : tensor<1x3x3x4xf32> loc("stem"("stage0"))
  return %3 : tensor<1x3x3x4xf32>
}

// Without a name in the location, filters say what the layer is.
// CHECK-LABEL: func.func @named_by_filters
func.func @named_by_filters(%a: tensor<1x5x5x4xf32>) -> tensor<1x5x5x4xf32> {
  // CHECK-NEXT: mobileone.conv %{{.*}} filter <"stage1.0.reparam_conv.weight"> bias <"stage1.0.reparam_conv.bias">
  %0 = mobileone.conv %a filter <"stage1.0.rbr_conv.0.weight">
      {kernel = 3, stride = 1, padding = 1, groups = 4}
      : tensor<1x5x5x4xf32> -> tensor<1x5x5x4xf32>
  %1 = mobileone.conv %a filter <"stage1.0.rbr_scale.padded.weight">
      {kernel = 3, stride = 1, padding = 1, groups = 4}
      : tensor<1x5x5x4xf32> -> tensor<1x5x5x4xf32>
  %2 = mobileone.add %0, %1 : tensor<1x5x5x4xf32>
  return %2 : tensor<1x5x5x4xf32>
}

// CHECK-LABEL: func.func @single_branch
func.func @single_branch(%a: tensor<1x5x5x4xf32>) -> tensor<1x5x5x8xf32> {
  // CHECK-NEXT: mobileone.conv %{{.*}} filter <"stage1.1.reparam_conv.weight">
  // CHECK-NEXT: return
  %0 = mobileone.conv %a filter <"p.weight"> bias <"p.bias">
      {kernel = 1, stride = 1, padding = 0, groups = 1}
      : tensor<1x5x5x4xf32> -> tensor<1x5x5x8xf32>
  %1 = mobileone.add %0 : tensor<1x5x5x8xf32> loc("pointwise"("stage1.1"))
  return %1 : tensor<1x5x5x8xf32>
}

// CHECK-LABEL: func.func @other_shape
func.func @other_shape(%a: tensor<1x5x5x4xf32>) -> tensor<1x5x5x4xf32> {
  // CHECK: mobileone.add
  %0 = mobileone.conv %a filter <"q.weight"> bias <"q.bias">
      {kernel = 3, stride = 1, padding = 1, groups = 4}
      : tensor<1x5x5x4xf32> -> tensor<1x5x5x4xf32>
  %1 = mobileone.conv %a filter <"r.weight"> bias <"r.bias">
      {kernel = 1, stride = 1, padding = 0, groups = 4}
      : tensor<1x5x5x4xf32> -> tensor<1x5x5x4xf32>
  %2 = mobileone.add %0, %1 : tensor<1x5x5x4xf32>
  return %2 : tensor<1x5x5x4xf32>
}

// CHECK-LABEL: func.func @other_input
func.func @other_input(%a: tensor<1x5x5x4xf32>, %b: tensor<1x5x5x4xf32>)
    -> tensor<1x5x5x4xf32> {
  // CHECK: mobileone.add
  %0 = mobileone.conv %a filter <"q.weight"> bias <"q.bias">
      {kernel = 3, stride = 1, padding = 1, groups = 4}
      : tensor<1x5x5x4xf32> -> tensor<1x5x5x4xf32>
  %1 = mobileone.conv %b filter <"s.weight"> bias <"s.bias">
      {kernel = 3, stride = 1, padding = 1, groups = 4}
      : tensor<1x5x5x4xf32> -> tensor<1x5x5x4xf32>
  %2 = mobileone.add %0, %1 : tensor<1x5x5x4xf32>
  return %2 : tensor<1x5x5x4xf32>
}

// CHECK-DAG: #[[FIRST:.*]] = loc("first")
// CHECK-DAG: #[[SECOND:.*]] = loc("second")
// CHECK-DAG: #[[THIRD:.*]] = loc("third")
// CHECK-DAG: #[[ADD:.*]] = loc("stem"(
// CHECK-DAG: #[[FUSED]] = loc(fused[#[[ADD]], #[[FIRST]], #[[SECOND]], #[[THIRD]]])
