// RUN: mobileone-opt %s -random-weights -remember-results -decompose-squeeze-excite -compare-results | FileCheck %s

// CHECK-LABEL: func.func @with_activation
// CHECK-SAME: (%[[INPUT:.*]]: tensor
func.func @with_activation(%a: tensor<1x5x6x4xf32>) -> tensor<1x5x6x4xf32> {
  // CHECK-NEXT: %[[SUMS:.*]] = mobileone.row_sums %[[INPUT]] : tensor<1x5x6x4xf32> -> tensor<1x5x4xf32>
  // CHECK-NEXT: %[[GATE:.*]] = mobileone.excite %[[SUMS]] reduce <"r.weight"> <"r.bias"> expand <"e.weight"> <"e.bias"> {hidden = 2 : i64, pixels = 30 : i64}
  // CHECK-NEXT: %[[SCALED:.*]] = mobileone.scale %[[INPUT]] by %[[GATE]] {activation = #mobileone<activation relu>}
  // CHECK-NEXT: return %[[SCALED]]
  %0 = mobileone.squeeze_excite %a reduce <"r.weight"> <"r.bias">
      expand <"e.weight"> <"e.bias">
      {hidden = 2, activation = #mobileone<activation relu>}
      : tensor<1x5x6x4xf32>
  return %0 : tensor<1x5x6x4xf32>
}

// CHECK-LABEL: func.func @without_activation
func.func @without_activation(%a: tensor<1x1x1x4xf32>) -> tensor<1x1x1x4xf32> {
  // CHECK: mobileone.scale %{{.*}} by %{{.*}} : tensor<1x1x1x4xf32>
  %0 = mobileone.squeeze_excite %a reduce <"r.weight"> <"r.bias">
      expand <"e.weight"> <"e.bias"> {hidden = 2} : tensor<1x1x1x4xf32>
  return %0 : tensor<1x1x1x4xf32>
}

// CHECK-LABEL: func.func @batch
func.func @batch(%a: tensor<3x5x6x4xf32>) -> tensor<3x5x6x4xf32> {
  // CHECK-NEXT: %[[SUMS:.*]] = mobileone.row_sums %{{.*}} : tensor<3x5x6x4xf32> -> tensor<3x5x4xf32>
  // CHECK-NEXT: %[[GATE:.*]] = mobileone.excite %[[SUMS]] {{.*}} : tensor<3x5x4xf32> -> tensor<3x4xf32>
  // CHECK-NEXT: mobileone.scale %{{.*}} by %[[GATE]] : tensor<3x5x6x4xf32>, tensor<3x4xf32>
  %0 = mobileone.squeeze_excite %a reduce <"r.weight"> <"r.bias">
      expand <"e.weight"> <"e.bias"> {hidden = 2} : tensor<3x5x6x4xf32>
  return %0 : tensor<3x5x6x4xf32>
}
