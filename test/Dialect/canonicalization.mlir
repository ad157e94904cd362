// RUN: mobileone-opt %s -random-weights -remember-results -canonicalize -compare-results | FileCheck %s

// CHECK-LABEL: func.func @repeated_relu
func.func @repeated_relu(%a: tensor<1x2x2x4xf32>) -> tensor<1x2x2x4xf32> {
  // CHECK-NEXT: %[[RELU:.*]] = mobileone.relu %{{.*}} :
  // CHECK-NEXT: return %[[RELU]]
  %0 = mobileone.relu %a : tensor<1x2x2x4xf32>
  %1 = mobileone.relu %0 : tensor<1x2x2x4xf32>
  return %1 : tensor<1x2x2x4xf32>
}

// CHECK-LABEL: func.func @relu_of_rectified
func.func @relu_of_rectified(%a: tensor<1x2x2x4xf32>) -> tensor<1x2x2x4xf32> {
  // CHECK-NEXT: %[[CONV:.*]] = mobileone.conv
  // CHECK-NEXT: return %[[CONV]]
  %0 = mobileone.conv %a filter <"w">
      {kernel = 1, stride = 1, padding = 0, groups = 1,
       activation = #mobileone<activation relu>}
      : tensor<1x2x2x4xf32> -> tensor<1x2x2x4xf32>
  %1 = mobileone.relu %0 : tensor<1x2x2x4xf32>
  return %1 : tensor<1x2x2x4xf32>
}

// CHECK-LABEL: func.func @nested_add
// CHECK-SAME: (%[[A:.*]]: tensor<{{.*}}>, %[[B:.*]]: tensor<{{.*}}>, %[[C:.*]]: tensor<{{.*}}>)
func.func @nested_add(%a: tensor<1x2x2x4xf32>, %b: tensor<1x2x2x4xf32>,
                      %c: tensor<1x2x2x4xf32>) -> tensor<1x2x2x4xf32> {
  // CHECK-NEXT: %[[SUM:.*]] = mobileone.add %[[A]], %[[B]], %[[C]] :
  // CHECK-NEXT: return %[[SUM]]
  %0 = mobileone.add %a, %b : tensor<1x2x2x4xf32>
  %1 = mobileone.add %0, %c : tensor<1x2x2x4xf32>
  return %1 : tensor<1x2x2x4xf32>
}

// A sum that is used elsewhere stays.
// CHECK-LABEL: func.func @shared_add
func.func @shared_add(%a: tensor<1x2x2x4xf32>, %b: tensor<1x2x2x4xf32>)
    -> (tensor<1x2x2x4xf32>, tensor<1x2x2x4xf32>) {
  // CHECK-COUNT-2: mobileone.add
  %0 = mobileone.add %a, %b : tensor<1x2x2x4xf32>
  %1 = mobileone.add %0, %b : tensor<1x2x2x4xf32>
  return %0, %1 : tensor<1x2x2x4xf32>, tensor<1x2x2x4xf32>
}
