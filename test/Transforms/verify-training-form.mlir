// RUN: mobileone-opt %s -split-input-file -random-weights -verify-training-form -verify-diagnostics

func.func @good(%a: tensor<1x3x8x8xf32>) -> tensor<1x4xf32> {
  %0 = mobileone.read_input %a nchw
      : tensor<1x3x8x8xf32> -> tensor<1x8x8x3xf32>
  %1 = mobileone.conv %0 filter <"c.weight">
      {kernel = 1, stride = 1, padding = 0, groups = 1}
      : tensor<1x8x8x3xf32> -> tensor<1x8x8x4xf32>
  %2 = mobileone.batch_norm %1 scale <"s"> shift <"t"> mean <"m">
      variance <"v"> {epsilon = 1.0e-5} : tensor<1x8x8x4xf32>
  %3 = mobileone.add %2 : tensor<1x8x8x4xf32>
  %4 = mobileone.relu %3 : tensor<1x8x8x4xf32>
  %5 = mobileone.global_average_pool %4
      : tensor<1x8x8x4xf32> -> tensor<1x4xf32>
  return %5 : tensor<1x4xf32>
}

// -----

// expected-error @+1 {{must start with 'mobileone.read_input'}}
func.func @no_input(%a: tensor<1x8x8x4xf32>) -> tensor<1x8x8x4xf32> {
  %0 = mobileone.relu %a : tensor<1x8x8x4xf32>
  return %0 : tensor<1x8x8x4xf32>
}

// -----

// All violations are reported.
func.func @many(%a: tensor<1x8x8x3xf32>) -> tensor<1x8x3xf32> {
  %0 = mobileone.read_input %a nhwc
      : tensor<1x8x8x3xf32> -> tensor<1x8x8x3xf32>
  // expected-error @+1 {{must be the only one in its function}}
  %1 = mobileone.read_input %a nhwc
      : tensor<1x8x8x3xf32> -> tensor<1x8x8x3xf32>
  // expected-error @+1 {{without bias must be read by one 'mobileone.batch_norm' only}}
  %2 = mobileone.conv %0 filter <"d.weight">
      {kernel = 1, stride = 1, padding = 0, groups = 1}
      : tensor<1x8x8x3xf32> -> tensor<1x8x8x3xf32>
  // expected-error @+1 {{must not have an activation in the training form}}
  %3 = mobileone.conv %2 filter <"d.weight"> bias <"d.bias">
      {kernel = 1, stride = 1, padding = 0, groups = 1,
       activation = #mobileone<activation relu>}
      : tensor<1x8x8x3xf32> -> tensor<1x8x8x3xf32>
  // expected-error @+1 {{must be read by 'mobileone.add' only}}
  %4 = mobileone.batch_norm %3 scale <"s"> shift <"t"> mean <"m">
      variance <"v"> {epsilon = 1.0e-5} : tensor<1x8x8x3xf32>
  // expected-note @+1 {{'mobileone.relu' reads it}}
  %5 = mobileone.relu %4 : tensor<1x8x8x3xf32>
  // expected-error @+1 {{must not appear in the training form}}
  %6 = mobileone.row_sums %5 : tensor<1x8x8x3xf32> -> tensor<1x8x3xf32>
  return %6 : tensor<1x8x3xf32>
}
