// RUN: mobileone-opt %s -random-weights -remember-results -fuse-activation -compare-results | FileCheck %s

// CHECK-LABEL: func.func @conv
func.func @conv(%a: tensor<1x5x5x4xf32>) -> tensor<1x5x5x4xf32> {
  // CHECK-NEXT: mobileone.conv {{.*}} {activation = #mobileone<activation relu>, groups
  // CHECK-NEXT: return
  %0 = mobileone.conv %a filter <"c.weight"> bias <"c.bias">
      {kernel = 3, stride = 1, padding = 1, groups = 4}
      : tensor<1x5x5x4xf32> -> tensor<1x5x5x4xf32>
  %1 = mobileone.relu %0 : tensor<1x5x5x4xf32>
  return %1 : tensor<1x5x5x4xf32>
}

// CHECK-LABEL: func.func @squeeze_excite
func.func @squeeze_excite(%a: tensor<1x5x5x4xf32>) -> tensor<1x5x5x4xf32> {
  // CHECK-NEXT: mobileone.squeeze_excite {{.*}} {activation = #mobileone<activation relu>, hidden
  // CHECK-NEXT: return
  %0 = mobileone.squeeze_excite %a reduce <"r.weight"> <"r.bias">
      expand <"e.weight"> <"e.bias"> {hidden = 2} : tensor<1x5x5x4xf32>
  %1 = mobileone.relu %0 : tensor<1x5x5x4xf32>
  return %1 : tensor<1x5x5x4xf32>
}

// CHECK-LABEL: func.func @scale
func.func @scale(%a: tensor<1x5x5x4xf32>, %g: tensor<1x4xf32>)
    -> tensor<1x5x5x4xf32> {
  // CHECK-NEXT: mobileone.scale {{.*}} {activation = #mobileone<activation relu>}
  // CHECK-NEXT: return
  %0 = mobileone.scale %a by %g : tensor<1x5x5x4xf32>, tensor<1x4xf32>
  %1 = mobileone.relu %0 : tensor<1x5x5x4xf32>
  return %1 : tensor<1x5x5x4xf32>
}

// What is read before the activation too stays.
// CHECK-LABEL: func.func @used_elsewhere
func.func @used_elsewhere(%a: tensor<1x5x5x4xf32>)
    -> (tensor<1x5x5x4xf32>, tensor<1x5x5x4xf32>) {
  // CHECK: mobileone.relu
  %0 = mobileone.conv %a filter <"c.weight"> bias <"c.bias">
      {kernel = 3, stride = 1, padding = 1, groups = 4}
      : tensor<1x5x5x4xf32> -> tensor<1x5x5x4xf32>
  %1 = mobileone.relu %0 : tensor<1x5x5x4xf32>
  return %0, %1 : tensor<1x5x5x4xf32>, tensor<1x5x5x4xf32>
}
