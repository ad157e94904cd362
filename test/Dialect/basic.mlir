// RUN: mobileone-opt %s -verify-roundtrip | FileCheck %s

// CHECK-LABEL: func.func @training
func.func @training(%image: tensor<1x3x8x9xf32>) -> tensor<1x5xf32> {
  // CHECK: mobileone.read_input %{{.*}} nchw : tensor<1x3x8x9xf32> -> tensor<1x8x9x3xf32>
  %0 = mobileone.read_input %image nchw
      : tensor<1x3x8x9xf32> -> tensor<1x8x9x3xf32>
  // CHECK: mobileone.conv %{{.*}} filter <"c.weight"> {groups = 1 : i64, kernel = 3 : i64, padding = 1 : i64, stride = 2 : i64}
  %1 = mobileone.conv %0 filter <"c.weight">
      {kernel = 3, stride = 2, padding = 1, groups = 1}
      : tensor<1x8x9x3xf32> -> tensor<1x4x5x4xf32>
  // CHECK: mobileone.batch_norm %{{.*}} scale <"b.weight"> shift <"b.bias"> mean <"b.mean"> variance <"b.var"> {epsilon = 1.000000e-05 : f64}
  %2 = mobileone.batch_norm %1 scale <"b.weight"> shift <"b.bias">
      mean <"b.mean"> variance <"b.var"> {epsilon = 1.0e-5}
      : tensor<1x4x5x4xf32>
  // CHECK: mobileone.add %{{.*}}, %{{.*}} : tensor<1x4x5x4xf32>
  %3 = mobileone.add %2, %1 : tensor<1x4x5x4xf32>
  // CHECK: mobileone.squeeze_excite %{{.*}} reduce <"r.weight"> <"r.bias"> expand <"e.weight"> <"e.bias"> {hidden = 2 : i64}
  %4 = mobileone.squeeze_excite %3 reduce <"r.weight"> <"r.bias">
      expand <"e.weight"> <"e.bias"> {hidden = 2} : tensor<1x4x5x4xf32>
  // CHECK: mobileone.relu
  %5 = mobileone.relu %4 : tensor<1x4x5x4xf32>
  // CHECK: mobileone.global_average_pool
  %6 = mobileone.global_average_pool %5
      : tensor<1x4x5x4xf32> -> tensor<1x4xf32>
  // CHECK: mobileone.linear %{{.*}} filter <"l.weight"> bias <"l.bias">
  %7 = mobileone.linear %6 filter <"l.weight"> bias <"l.bias">
      : tensor<1x4xf32> -> tensor<1x5xf32>
  return %7 : tensor<1x5xf32>
}

// CHECK-LABEL: func.func @planned
func.func @planned(%image: tensor<1x8x9x2xui8>) -> tensor<1x2x8x9xf32> {
  // CHECK: mobileone.kernel "stage1_0"(%{{.*}}) attributes {borders = array<i64: 1>}
  %0 = mobileone.kernel "stage1_0" (%image)
      attributes {borders = array<i64: 1>} {
  ^bb0(%a: tensor<1x8x9x2xui8>):
    // CHECK: mobileone.read_input %{{.*}} nhwc {mean = array<f64: 1.000000e+00, 2.000000e+00>, standard_deviation = array<f64: 3.000000e+00, 4.000000e+00>}
    %1 = mobileone.read_input %a nhwc
        {mean = array<f64: 1.0, 2.0>, standard_deviation = array<f64: 3.0, 4.0>}
        : tensor<1x8x9x2xui8> -> tensor<1x8x9x2xf32>
    // CHECK: mobileone.row_sums
    %2 = mobileone.row_sums %1 : tensor<1x8x9x2xf32> -> tensor<1x8x2xf32>
    // CHECK: mobileone.excite %{{.*}} {hidden = 2 : i64, pixels = 72 : i64}
    %3 = mobileone.excite %2 reduce <"r.weight"> <"r.bias">
        expand <"e.weight"> <"e.bias"> {hidden = 2, pixels = 72}
        : tensor<1x8x2xf32> -> tensor<1x2xf32>
    // CHECK: mobileone.scale %{{.*}} by %{{.*}} {activation = #mobileone<activation relu>}
    %4 = mobileone.scale %1 by %3 {activation = #mobileone<activation relu>}
        : tensor<1x8x9x2xf32>, tensor<1x2xf32>
    mobileone.yield %4 : tensor<1x8x9x2xf32>
  } : (tensor<1x8x9x2xui8>) -> tensor<1x8x9x2xf32>
  // CHECK: mobileone.write_output %{{.*}} nchw
  %5 = mobileone.write_output %0 nchw
      : tensor<1x8x9x2xf32> -> tensor<1x2x8x9xf32>
  return %5 : tensor<1x2x8x9xf32>
}
