// RUN: mobileone-opt %s -select-schedules=target=x86-64-v3 -split-input-file | FileCheck %s
// RUN: mobileone-opt %s -select-schedules="target=x86-64-v3 family=generic" -split-input-file | FileCheck %s -check-prefix=GENERIC
// RUN: not mobileone-opt %s -select-schedules=target=x86-64-v33 -split-input-file 2>&1 | FileCheck %s -check-prefix=UNKNOWN

// CHECK: module attributes {mobileone.target = "x86-64-v3"}
// CHECK: mobileone.kernel "stage1_0_stage1_1"
// CHECK-SAME: parameters = {{{.*}}tile_rows = {{[0-9]+}}
// CHECK-SAME: schedule = "x86.depthwise_pointwise"

// GENERIC: module attributes {mobileone.schedule_family = "generic", mobileone.target = "x86-64-v3"}
// GENERIC: schedule = "generic.any"

// UNKNOWN: error: there is no target 'x86-64-v33'
module {
  func.func @block(%0: tensor<1x28x28x64xf32>) -> tensor<1x10xf32> {
    %1 = mobileone.kernel "head"(%0) {
    ^bb0(%a: tensor<1x28x28x64xf32>):
      %3 = mobileone.conv %a filter<"h.weight"> bias<"h.bias"> {kernel = 1, stride = 1, padding = 0, groups = 1}
          : tensor<1x28x28x64xf32> -> tensor<1x28x28x64xf32>
      mobileone.yield %3 : tensor<1x28x28x64xf32>
    } : (tensor<1x28x28x64xf32>) -> tensor<1x28x28x64xf32>
    %2 = mobileone.kernel "stage1_0_stage1_1"(%1) {
    ^bb0(%a: tensor<1x28x28x64xf32>):
      %3 = mobileone.conv %a filter<"d.weight"> bias<"d.bias"> {kernel = 3, stride = 1, padding = 1, groups = 64, activation = #mobileone<activation relu>}
          : tensor<1x28x28x64xf32> -> tensor<1x28x28x64xf32>
      %4 = mobileone.conv %3 filter<"p.weight"> bias<"p.bias"> {kernel = 1, stride = 1, padding = 0, groups = 1, activation = #mobileone<activation relu>}
          : tensor<1x28x28x64xf32> -> tensor<1x28x28x64xf32>
      mobileone.yield %4 : tensor<1x28x28x64xf32>
    } : (tensor<1x28x28x64xf32>) -> tensor<1x28x28x64xf32>
    %5 = mobileone.kernel "linear"(%2) {
    ^bb0(%a: tensor<1x28x28x64xf32>):
      %3 = mobileone.global_average_pool %a : tensor<1x28x28x64xf32> -> tensor<1x64xf32>
      %4 = mobileone.linear %3 filter<"l.weight"> bias<"l.bias"> : tensor<1x64xf32> -> tensor<1x10xf32>
      mobileone.yield %4 : tensor<1x10xf32>
    } : (tensor<1x28x28x64xf32>) -> tensor<1x10xf32>
    return %5 : tensor<1x10xf32>
  }
}
