// RUN: mobileone-opt %s -split-input-file -verify-diagnostics

func.func @rank(%a: tensor<1x8x4xf32>) {
  // expected-error @+1 {{'mobileone.relu' op input must be tensor<n x height x width x channels x f32>, but is 'tensor<1x8x4xf32>'}}
  %0 = mobileone.relu %a : tensor<1x8x4xf32>
  return
}

// -----

func.func @no_image(%a: tensor<0x8x8x4xf32>) {
  // expected-error @+1 {{input must be tensor<n x height x width x channels x f32>, but is 'tensor<0x8x8x4xf32>'}}
  %0 = mobileone.relu %a : tensor<0x8x8x4xf32>
  return
}

// -----

func.func @image_batch(%a: tensor<2x3x8x8xf32>) {
  // expected-error @+1 {{input and result must have equal extents in nchw and nhwc, but are 'tensor<2x3x8x8xf32>' and 'tensor<1x8x8x3xf32>'}}
  %0 = mobileone.read_input %a nchw
      : tensor<2x3x8x8xf32> -> tensor<1x8x8x3xf32>
  return
}

// -----

func.func @conv_batch(%a: tensor<2x8x8x4xf32>) {
  // expected-error @+1 {{result batch must be 2, but is 1}}
  %0 = mobileone.conv %a filter <"f">
      {kernel = 1, stride = 1, padding = 0, groups = 1}
      : tensor<2x8x8x4xf32> -> tensor<1x8x8x4xf32>
  return
}

// -----

func.func @pool_batch(%a: tensor<2x8x8x4xf32>) {
  // expected-error @+1 {{result batch must be 2, but is 3}}
  %0 = mobileone.global_average_pool %a
      : tensor<2x8x8x4xf32> -> tensor<3x4xf32>
  return
}

// -----

func.func @linear_batch(%a: tensor<2x8xf32>) {
  // expected-error @+1 {{result batch must be 2, but is 1}}
  %0 = mobileone.linear %a filter <"f"> bias <"b">
      : tensor<2x8xf32> -> tensor<1x4xf32>
  return
}

// -----

func.func @row_sums_batch(%a: tensor<2x8x8x4xf32>) {
  // expected-error @+1 {{result batch must be 2, but is 1}}
  %0 = mobileone.row_sums %a : tensor<2x8x8x4xf32> -> tensor<1x8x4xf32>
  return
}

// -----

func.func @excite_batch(%a: tensor<2x8x4xf32>) {
  // expected-error @+1 {{result batch must be 2, but is 1}}
  %0 = mobileone.excite %a reduce <"a"> <"b"> expand <"c"> <"d">
      {hidden = 2, pixels = 64} : tensor<2x8x4xf32> -> tensor<1x4xf32>
  return
}

// -----

func.func @gate_batch(%a: tensor<2x8x8x4xf32>, %g: tensor<1x4xf32>) {
  // expected-error @+1 {{gate batch must be 2, but is 1}}
  %0 = mobileone.scale %a by %g : tensor<2x8x8x4xf32>, tensor<1x4xf32>
  return
}

// -----

func.func @element_type(%a: tensor<1x8x8x4xf16>) {
  // expected-error @+1 {{input must be tensor<n x height x width x channels x f32>, but is}}
  %0 = mobileone.relu %a : tensor<1x8x8x4xf16>
  return
}

// -----

func.func @dynamic(%a: tensor<1x?x8x4xf32>) {
  // expected-error @+1 {{input must be tensor<n x height x width x channels x f32>, but is}}
  %0 = mobileone.relu %a : tensor<1x?x8x4xf32>
  return
}

// -----

func.func @epsilon(%a: tensor<1x8x8x4xf32>) {
  // expected-error @+1 {{'epsilon' must be finite and not negative}}
  %0 = mobileone.batch_norm %a scale <"s"> shift <"t"> mean <"m">
      variance <"v"> {epsilon = -1.0} : tensor<1x8x8x4xf32>
  return
}

// -----

func.func @empty_add() {
  // expected-error @+1 {{expected 1 or more operands, but found 0}}
  %0 = mobileone.add : tensor<1x8x8x4xf32>
  return
}

// -----

func.func @image_type(%a: tensor<1x3x8x8xi8>) {
  // expected-error @+1 {{input must be a 4-d tensor of f32 or ui8, but is 'tensor<1x3x8x8xi8>'}}
  %0 = mobileone.read_input %a nchw
      : tensor<1x3x8x8xi8> -> tensor<1x8x8x3xf32>
  return
}

// -----

func.func @u8_layout(%a: tensor<1x3x8x8xui8>) {
  // expected-error @+1 {{input of ui8 must be nhwc}}
  %0 = mobileone.read_input %a nchw
      : tensor<1x3x8x8xui8> -> tensor<1x8x8x3xf32>
  return
}

// -----

func.func @mean_alone(%a: tensor<1x3x8x8xf32>) {
  // expected-error @+1 {{'mean' and 'standard_deviation' must come together}}
  %0 = mobileone.read_input %a nchw {mean = array<f64: 1.0, 2.0, 3.0>}
      : tensor<1x3x8x8xf32> -> tensor<1x8x8x3xf32>
  return
}

// -----

func.func @mean_count(%a: tensor<1x3x8x8xf32>) {
  // expected-error @+1 {{'mean' must have one value per channel, 3, but has 1}}
  %0 = mobileone.read_input %a nchw
      {mean = array<f64: 1.0>, standard_deviation = array<f64: 1.0, 1.0, 1.0>}
      : tensor<1x3x8x8xf32> -> tensor<1x8x8x3xf32>
  return
}

// -----

func.func @deviation_zero(%a: tensor<1x1x8x8xf32>) {
  // expected-error @+1 {{'standard_deviation' must be finite and positive}}
  %0 = mobileone.read_input %a nchw
      {mean = array<f64: 1.0>, standard_deviation = array<f64: 0.0>}
      : tensor<1x1x8x8xf32> -> tensor<1x8x8x1xf32>
  return
}

// -----

func.func @mean_finite(%a: tensor<1x1x8x8xf32>) {
  // expected-error @+1 {{'mean' must be finite}}
  %0 = mobileone.read_input %a nchw
      {mean = array<f64: 0x7FF0000000000000>,
       standard_deviation = array<f64: 1.0>}
      : tensor<1x1x8x8xf32> -> tensor<1x8x8x1xf32>
  return
}

// -----

func.func @image_extents(%a: tensor<1x3x8x9xf32>) {
  // expected-error @+1 {{input and result must have equal extents in nchw and nhwc, but are 'tensor<1x3x8x9xf32>' and 'tensor<1x9x8x3xf32>'}}
  %0 = mobileone.read_input %a nchw
      : tensor<1x3x8x9xf32> -> tensor<1x9x8x3xf32>
  return
}

// -----

func.func @output_extents(%a: tensor<1x8x9x3xf32>) {
  // expected-error @+1 {{result and input must have equal extents in nchw and nhwc}}
  %0 = mobileone.write_output %a nchw
      : tensor<1x8x9x3xf32> -> tensor<1x8x9x3xf32>
  return
}

// -----

func.func @output_type(%a: tensor<1x8x9x3xf32>) {
  // expected-error @+1 {{result must be a 4-d tensor of f32, but is 'tensor<1x8x9x3xf64>'}}
  %0 = mobileone.write_output %a nhwc
      : tensor<1x8x9x3xf32> -> tensor<1x8x9x3xf64>
  return
}

// -----

func.func @kernel_size(%a: tensor<1x8x8x4xf32>) {
  // expected-error @+1 {{'kernel' must be at least 1, but is 0}}
  %0 = mobileone.conv %a filter <"w">
      {kernel = 0, stride = 1, padding = 0, groups = 1}
      : tensor<1x8x8x4xf32> -> tensor<1x8x8x4xf32>
  return
}

// -----

func.func @stride(%a: tensor<1x8x8x4xf32>) {
  // expected-error @+1 {{'stride' must be at least 1, but is 0}}
  %0 = mobileone.conv %a filter <"w">
      {kernel = 1, stride = 0, padding = 0, groups = 1}
      : tensor<1x8x8x4xf32> -> tensor<1x8x8x4xf32>
  return
}

// -----

func.func @padding(%a: tensor<1x8x8x4xf32>) {
  // expected-error @+1 {{'padding' must be at least 0, but is -1}}
  %0 = mobileone.conv %a filter <"w">
      {kernel = 1, stride = 1, padding = -1, groups = 1}
      : tensor<1x8x8x4xf32> -> tensor<1x8x8x4xf32>
  return
}

// -----

func.func @groups(%a: tensor<1x8x8x4xf32>) {
  // expected-error @+1 {{'groups' must be 1 or the number of input channels, 4, but is 2}}
  %0 = mobileone.conv %a filter <"w">
      {kernel = 1, stride = 1, padding = 0, groups = 2}
      : tensor<1x8x8x4xf32> -> tensor<1x8x8x4xf32>
  return
}

// -----

func.func @depthwise_outputs(%a: tensor<1x8x8x4xf32>) {
  // expected-error @+1 {{of 4 groups must have as many output channels, but has 8}}
  %0 = mobileone.conv %a filter <"w">
      {kernel = 1, stride = 1, padding = 0, groups = 4}
      : tensor<1x8x8x4xf32> -> tensor<1x8x8x8xf32>
  return
}

// -----

func.func @kernel_fits(%a: tensor<1x2x8x4xf32>) {
  // expected-error @+1 {{kernel must fit into the padded input's height, 2, but is 3}}
  %0 = mobileone.conv %a filter <"w">
      {kernel = 3, stride = 1, padding = 0, groups = 1}
      : tensor<1x2x8x4xf32> -> tensor<1x1x6x4xf32>
  return
}

// -----

func.func @conv_width(%a: tensor<1x8x9x4xf32>) {
  // expected-error @+1 {{result width (input + 2 * padding - kernel) / stride + 1 must be 5, but is 4}}
  %0 = mobileone.conv %a filter <"w">
      {kernel = 3, stride = 2, padding = 1, groups = 1}
      : tensor<1x8x9x4xf32> -> tensor<1x4x4x4xf32>
  return
}

// -----

func.func @hidden(%a: tensor<1x8x8x4xf32>) {
  // expected-error @+1 {{'hidden' must be at least 1, but is 0}}
  %0 = mobileone.squeeze_excite %a reduce <"r"> <"s"> expand <"e"> <"f">
      {hidden = 0} : tensor<1x8x8x4xf32>
  return
}

// -----

func.func @pool(%a: tensor<1x8x8x4xf32>) {
  // expected-error @+1 {{result channels must be 4, but is 5}}
  %0 = mobileone.global_average_pool %a
      : tensor<1x8x8x4xf32> -> tensor<1x5xf32>
  return
}

// -----

func.func @linear(%a: tensor<1x8x8x4xf32>) {
  // expected-error @+1 {{input must be tensor<n x channels x f32 or f16>, but is 'tensor<1x8x8x4xf32>'}}
  %0 = mobileone.linear %a filter <"w"> bias <"b">
      : tensor<1x8x8x4xf32> -> tensor<1x5xf32>
  return
}

// -----

func.func @row_sums_height(%a: tensor<1x7x8x4xf32>) {
  // expected-error @+1 {{result height must be 7, but is 8}}
  %0 = mobileone.row_sums %a : tensor<1x7x8x4xf32> -> tensor<1x8x4xf32>
  return
}

// -----

func.func @row_sums_channels(%a: tensor<1x7x8x4xf32>) {
  // expected-error @+1 {{result channels must be 4, but is 8}}
  %0 = mobileone.row_sums %a : tensor<1x7x8x4xf32> -> tensor<1x7x8xf32>
  return
}

// -----

func.func @excite_input(%a: tensor<1x4xf32>) {
  // expected-error @+1 {{input must be tensor<n x height x channels x f32 or f16>, but is 'tensor<1x4xf32>'}}
  %0 = mobileone.excite %a reduce <"r"> <"s"> expand <"e"> <"f">
      {hidden = 1, pixels = 8} : tensor<1x4xf32> -> tensor<1x4xf32>
  return
}

// -----

func.func @excite_pixels(%a: tensor<1x7x4xf32>) {
  // expected-error @+1 {{'pixels' must be at least 1, but is 0}}
  %0 = mobileone.excite %a reduce <"r"> <"s"> expand <"e"> <"f">
      {hidden = 1, pixels = 0} : tensor<1x7x4xf32> -> tensor<1x4xf32>
  return
}

// -----

func.func @scale_gate(%a: tensor<1x7x8x4xf32>, %g: tensor<1x8xf32>) {
  // expected-error @+1 {{gate channels must be 4, but is 8}}
  %0 = mobileone.scale %a by %g : tensor<1x7x8x4xf32>, tensor<1x8xf32>
  return
}

// -----

func.func @kernel_name(%a: tensor<1x7x8x4xf32>) {
  // expected-error @+1 {{name must be a C identifier, but is "stage1.0"}}
  %0 = mobileone.kernel "stage1.0" (%a) {
  ^bb0(%b: tensor<1x7x8x4xf32>):
    mobileone.yield %b : tensor<1x7x8x4xf32>
  } : (tensor<1x7x8x4xf32>) -> tensor<1x7x8x4xf32>
  return
}

// -----

func.func @kernel_arguments(%a: tensor<1x7x8x4xf32>) {
  // expected-error @+1 {{body's arguments must have the types of the inputs}}
  %0 = mobileone.kernel "k" (%a) {
  ^bb0(%b: tensor<1x7x8x5xf32>):
    mobileone.yield %b : tensor<1x7x8x5xf32>
  } : (tensor<1x7x8x4xf32>) -> tensor<1x7x8x5xf32>
  return
}

// -----

func.func @kernel_results(%a: tensor<1x7x8x4xf32>) {
  // expected-error @+1 {{body must yield the types of the results}}
  %0 = mobileone.kernel "k" (%a) {
  ^bb0(%b: tensor<1x7x8x4xf32>):
    // expected-note @+1 {{yields here}}
    mobileone.yield %b, %b : tensor<1x7x8x4xf32>, tensor<1x7x8x4xf32>
  } : (tensor<1x7x8x4xf32>) -> tensor<1x7x8x4xf32>
  return
}

// -----

func.func @kernel_body(%a: tensor<1x7x8x4xf32>) {
  // expected-error @+1 {{body must consist of what a kernel can compute}}
  %0 = mobileone.kernel "k" (%a) {
  ^bb0(%b: tensor<1x7x8x4xf32>):
    // expected-note @+1 {{'mobileone.relu' is not}}
    %1 = mobileone.relu %b : tensor<1x7x8x4xf32>
    mobileone.yield %1 : tensor<1x7x8x4xf32>
  } : (tensor<1x7x8x4xf32>) -> tensor<1x7x8x4xf32>
  return
}

// -----

func.func @kernel_terminator(%a: tensor<1x7x8x4xf32>) {
  // expected-error @+1 {{body must end in mobileone.yield}}
  %0 = "mobileone.kernel"(%a) <{name = "k"}> ({
  ^bb0(%b: tensor<1x7x8x4xf32>):
    func.return
  }) : (tensor<1x7x8x4xf32>) -> tensor<1x7x8x4xf32>
  return
}

// -----

func.func @kernel_borders(%a: tensor<1x7x8x4xf32>) {
  // expected-error @+1 {{'borders' must have one value per result, 1, but has 2}}
  %0 = mobileone.kernel "k" (%a) attributes {borders = array<i64: 0, 1>} {
  ^bb0(%b: tensor<1x7x8x4xf32>):
    mobileone.yield %b : tensor<1x7x8x4xf32>
  } : (tensor<1x7x8x4xf32>) -> tensor<1x7x8x4xf32>
  return
}

// -----

func.func @kernel_offsets(%a: tensor<1x7x8x4xf32>) {
  // expected-error @+1 {{'offsets' must have one value per result, 1, but has 0}}
  %0 = mobileone.kernel "k" (%a) attributes {offsets = array<i64>} {
  ^bb0(%b: tensor<1x7x8x4xf32>):
    mobileone.yield %b : tensor<1x7x8x4xf32>
  } : (tensor<1x7x8x4xf32>) -> tensor<1x7x8x4xf32>
  return
}

// -----

func.func @kernel_weights(%a: tensor<1x7x8x4xf32>) {
  // expected-error @+1 {{'weight_offsets' must have one value per weight in the body, 2, but has 1}}
  %0 = mobileone.kernel "k" (%a) attributes {weight_offsets = array<i64: 0>} {
  ^bb0(%b: tensor<1x7x8x4xf32>):
    %1 = mobileone.conv %b filter <"w"> bias <"v">
        {kernel = 1, stride = 1, padding = 0, groups = 1}
        : tensor<1x7x8x4xf32> -> tensor<1x7x8x4xf32>
    mobileone.yield %1 : tensor<1x7x8x4xf32>
  } : (tensor<1x7x8x4xf32>) -> tensor<1x7x8x4xf32>
  return
}

// -----

func.func @wide_activations(%a: tensor<1x8x8x4xf64>) {
  // expected-error @+1 {{input must be tensor<n x height x width x channels x f32 or f16>, but is}}
  %0 = mobileone.global_average_pool %a
      : tensor<1x8x8x4xf64> -> tensor<1x4xf32>
  return
}

// -----

func.func @filter_type(%a: tensor<1x4xf32>) {
  // expected-error @+1 {{'filter_type' must be f32 or f16, but is 'f64'}}
  %0 = mobileone.linear %a filter <"w"> bias <"b"> {filter_type = f64}
      : tensor<1x4xf32> -> tensor<1x5xf32>
  return
}

// -----

func.func @gate_filter_type(%a: tensor<1x7x4xf32>) {
  // expected-error @+1 {{'filter_type' must be f32 or f16, but is 'i8'}}
  %0 = mobileone.excite %a reduce <"r"> <"s"> expand <"e"> <"f">
      {hidden = 1, pixels = 8, filter_type = i8}
      : tensor<1x7x4xf32> -> tensor<1x4xf32>
  return
}

// -----

func.func @accumulator(%a: tensor<1x4xf32>) {
  // expected-error @+1 {{'accumulator' must be f32 or f16, but is 'f64'}}
  %0 = mobileone.linear %a filter <"w"> bias <"b"> {accumulator = f64}
      : tensor<1x4xf32> -> tensor<1x5xf32>
  return
}

// -----

func.func @narrow_accumulator(%a: tensor<1x8x8x4xf32>) {
  // expected-error @+1 {{'accumulator' of f16 needs input and 'filter_type' of f16}}
  %0 = mobileone.conv %a filter <"w"> bias <"b">
      {kernel = 1, stride = 1, padding = 0, groups = 1, filter_type = f16,
       accumulator = f16} : tensor<1x8x8x4xf32> -> tensor<1x8x8x4xf32>
  return
}

// -----

func.func @narrow_accumulator_of_wide_filter(%a: tensor<1x8x8x4xf16>) {
  // expected-error @+1 {{'accumulator' of f16 needs input and 'filter_type' of f16}}
  %0 = mobileone.conv %a filter <"w"> bias <"b">
      {kernel = 1, stride = 1, padding = 0, groups = 1, accumulator = f16}
      : tensor<1x8x8x4xf16> -> tensor<1x8x8x4xf16>
  return
}
