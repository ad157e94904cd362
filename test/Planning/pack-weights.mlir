// RUN: mobileone-opt %s -random-weights -form-kernels -select-schedules="target=x86-64-v3 family=generic" -pack-weights | FileCheck %s

// Every filter and bias starts at a cache line of its own; what is equal is
// stored once.

// CHECK: mobileone.kernel "first"
// CHECK-SAME: weight_offsets = array<i64: [[FILTER:[0-9]+]], [[BIAS:[0-9]+]]>
// CHECK: mobileone.kernel "second"
// CHECK-SAME: weight_offsets = array<i64: [[FILTER]], [[BIAS]]>
// CHECK: mobileone.kernel "gate"
// CHECK-SAME: weight_offsets = array<i64: {{[0-9]+, [0-9]+, [0-9]+, [0-9]+}}>
func.func @twice(%image: tensor<1x4x4x16xf32>) -> tensor<1x4x4x16xf32> {
  %0 = mobileone.read_input %image nhwc
      : tensor<1x4x4x16xf32> -> tensor<1x4x4x16xf32> loc("i"("input"))
  %1 = mobileone.conv %0 filter<"p.weight"> bias<"p.bias"> {kernel = 1, stride = 1, padding = 0, groups = 1}
      : tensor<1x4x4x16xf32> -> tensor<1x4x4x16xf32> loc("p"("first"))
  %2 = mobileone.conv %1 filter<"p.weight"> bias<"p.bias"> {kernel = 1, stride = 1, padding = 0, groups = 1}
      : tensor<1x4x4x16xf32> -> tensor<1x4x4x16xf32> loc("p"("second"))
  %3 = mobileone.row_sums %2 : tensor<1x4x4x16xf32> -> tensor<1x4x16xf32> loc("p"("second"))
  %4 = mobileone.excite %3 reduce<"r.weight"> <"r.bias"> expand<"e.weight"> <"e.bias"> {hidden = 2, pixels = 16}
      : tensor<1x4x16xf32> -> tensor<1x16xf32> loc("p"("gate"))
  %5 = mobileone.scale %2 by %4 : tensor<1x4x4x16xf32>, tensor<1x16xf32> loc("p"("gate"))
  %6 = mobileone.write_output %5 nhwc
      : tensor<1x4x4x16xf32> -> tensor<1x4x4x16xf32> loc("o"("output"))
  return %6 : tensor<1x4x4x16xf32>
}
