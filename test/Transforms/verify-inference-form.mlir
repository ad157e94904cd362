// RUN: mobileone-opt %s -split-input-file -random-weights -verify-inference-form -verify-diagnostics

func.func @good(%a: tensor<1x3x8x8xf32>)
    -> (tensor<1x4x8x8xf32>, tensor<1x5xf32>) {
  %0 = mobileone.read_input %a nchw
      : tensor<1x3x8x8xf32> -> tensor<1x8x8x3xf32>
  %1 = mobileone.conv %0 filter <"c.weight"> bias <"c.bias">
      {kernel = 1, stride = 1, padding = 0, groups = 1,
       activation = #mobileone<activation relu>}
      : tensor<1x8x8x3xf32> -> tensor<1x8x8x4xf32>
  %2 = mobileone.write_output %1 nchw
      : tensor<1x8x8x4xf32> -> tensor<1x4x8x8xf32>
  %3 = mobileone.global_average_pool %1
      : tensor<1x8x8x4xf32> -> tensor<1x4xf32>
  %4 = mobileone.linear %3 filter <"l.weight"> bias <"l.bias">
      : tensor<1x4xf32> -> tensor<1x5xf32>
  return %2, %4 : tensor<1x4x8x8xf32>, tensor<1x5xf32>
}

// -----

// All violations are reported.
// expected-error @+1 {{must start with 'mobileone.read_input'}}
func.func @many(%a: tensor<1x8x8x4xf32>) -> tensor<1x8x8x4xf32> {
  // expected-error @+1 {{must have a bias in the inference form}}
  %0 = mobileone.conv %a filter <"d.weight">
      {kernel = 1, stride = 1, padding = 0, groups = 1}
      : tensor<1x8x8x4xf32> -> tensor<1x8x8x4xf32>
  // expected-error @+1 {{must not appear in the inference form}}
  %1 = mobileone.batch_norm %0 scale <"s"> shift <"t"> mean <"m">
      variance <"v"> {epsilon = 1.0e-5} : tensor<1x8x8x4xf32>
  // expected-error @+1 {{must not appear in the inference form}}
  %2 = mobileone.add %0, %1 : tensor<1x8x8x4xf32>
  // expected-error @+1 {{must not appear in the inference form}}
  %3 = mobileone.relu %2 : tensor<1x8x8x4xf32>
  // expected-error @+1 {{must not appear in the inference form}}
  %4 = mobileone.squeeze_excite %3 reduce <"r.weight"> <"r.bias">
      expand <"e.weight"> <"e.bias"> {hidden = 2} : tensor<1x8x8x4xf32>
  // expected-error @+1 {{must return vectors and results of 'mobileone.write_output', but operand 0 is neither}}
  return %4 : tensor<1x8x8x4xf32>
}

// -----

// expected-error @+1 {{must be a single block}}
func.func private @declaration(tensor<1x8x8x4xf32>)

// -----

func.func @two_shapes(%a: tensor<1x4x4x2xf32>) -> tensor<1x3xf32> {
  %0 = mobileone.read_input %a nhwc
      : tensor<1x4x4x2xf32> -> tensor<1x4x4x2xf32>
  %1 = mobileone.global_average_pool %0
      : tensor<1x4x4x2xf32> -> tensor<1x2xf32>
  // expected-error @+1 {{needs the weight "v" of shape [5], but its shape is [3]}}
  %2 = mobileone.linear %1 filter <"l"> bias <"v">
      : tensor<1x2xf32> -> tensor<1x5xf32>
  %3 = mobileone.linear %2 filter <"k"> bias <"v">
      : tensor<1x5xf32> -> tensor<1x3xf32>
  return %3 : tensor<1x3xf32>
}
