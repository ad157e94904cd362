//===- InferenceOps.td -*- tablegen -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// Operations of the plain feed-forward network; a network as trained uses them
// too.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_INFERENCEOPS_TD
#define MOBILEONE_INFERENCEOPS_TD

include "compiler/Dialect/MobileOneAttributes.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def MobileOne_ReadInputOp : MobileOne_Op<"read_input", [Pure]> {
  let summary = "The caller's image as normalized activations";
  let description = [{
    Brings the caller's tensor (f32 or u8, NCHW or NHWC) to NHWC f32:
    `(v - mean[c]) / standard_deviation[c]`. Without `mean` and
    `standard_deviation` values stay as they are.

    Example:

    ```mlir
    %0 = mobileone.read_input %image nchw
        : tensor<1x3x224x224xf32> -> tensor<1x224x224x3xf32>
    %0 = mobileone.read_input %image nhwc
        {mean = array<f64: 123.7, 116.3, 103.5>,
         standard_deviation = array<f64: 58.4, 57.1, 57.4>}
        : tensor<1x224x224x3xui8> -> tensor<1x224x224x3xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input, MobileOne_LayoutAttr:$layout,
    OptionalAttr<DenseF64ArrayAttr>:$mean,
    OptionalAttr<DenseF64ArrayAttr>:$standard_deviation);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = [{
    $input $layout attr-dict `:` type($input) `->` type($result)
  }];
  let hasVerifier = 1;
}

def MobileOne_ConvOp : MobileOne_Op<"conv", [Pure]> {
  let summary = "2-D convolution with a square kernel and zero padding";
  let description = [{
    The filter has the shape [outputs, inputs / groups, kernel, kernel], the
    bias [outputs]. `groups` is 1 or, for a depthwise convolution, the number of
    channels. A branch that is being merged may have no bias.

    The filter is rounded to `filter_type`, products are added up in
    `accumulator`; both are f32 where they are absent.

    Example:

    ```mlir
    %1 = mobileone.conv %0 filter <"f"> bias <"b">
        {kernel = 3, stride = 2, padding = 1, groups = 16,
         activation = #mobileone<activation relu>}
        : tensor<1x8x8x16xf32> -> tensor<1x4x4x16xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input, MobileOne_WeightAttr:$filter,
    OptionalAttr<MobileOne_WeightAttr>:$bias, MobileOne_IntegerAttr:$kernel,
    MobileOne_IntegerAttr:$stride, MobileOne_IntegerAttr:$padding,
    MobileOne_IntegerAttr:$groups,
    DefaultValuedAttr<MobileOne_ActivationAttr,
                      "::mobileone::Activation::None">:$activation,
    OptionalAttr<TypeAttr>:$filter_type, OptionalAttr<TypeAttr>:$accumulator);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = [{
    $input `filter` $filter (`bias` $bias^)? attr-dict
    `:` type($input) `->` type($result)
  }];
  let hasVerifier = 1;
  // In f32, as networks are trained.
  let builders = [OpBuilder<(ins "::mlir::Type":$result, "::mlir::Value":$input,
      "::mobileone::WeightAttr":$filter, "::mobileone::WeightAttr":$bias,
      "int64_t":$kernel, "int64_t":$stride, "int64_t":$padding,
      "int64_t":$groups, "::mobileone::Activation":$activation), [{
    build($_builder, $_state, result, input, filter, bias, kernel, stride,
          padding, groups, activation, /*filter_type=*/nullptr,
          /*accumulator=*/nullptr);
  }]>];
  let extraClassDeclaration = [{
    int64_t getInputChannels();
    int64_t getOutputChannels();
    /// Each output channel reads its own input channel only.
    bool isDepthwise() {
      return getGroups() == getInputChannels() &&
             getOutputChannels() == getInputChannels();
    }
    bool isPointwise() { return getKernel() == 1 && !isDepthwise(); }
    /// [outputs, inputs / groups, kernel, kernel].
    ::llvm::SmallVector<int64_t, 4> getFilterShape();
  }];
}

def MobileOne_SqueezeExciteOp : MobileOne_Op<"squeeze_excite",
    [Pure, AllTypesMatch<["input", "result"]>]> {
  let summary = "Channel attention";
  let description = [{
    `activation(x * sigmoid(expand(relu(reduce(mean of x over pixels)))))` with
    two layers with bias; `reduce` has the shape [hidden, channels, 1, 1],
    `expand` [channels, hidden, 1, 1].

    Example:

    ```mlir
    %1 = mobileone.squeeze_excite %0 reduce <"s.reduce.weight">
        <"s.reduce.bias"> expand <"s.expand.weight"> <"s.expand.bias">
        {hidden = 4, activation = #mobileone<activation relu>}
        : tensor<1x8x8x64xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input,
    MobileOne_WeightAttr:$reduce_filter, MobileOne_WeightAttr:$reduce_bias,
    MobileOne_WeightAttr:$expand_filter, MobileOne_WeightAttr:$expand_bias,
    MobileOne_IntegerAttr:$hidden,
    DefaultValuedAttr<MobileOne_ActivationAttr,
                      "::mobileone::Activation::None">:$activation);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = [{
    $input `reduce` $reduce_filter $reduce_bias `expand` $expand_filter
    $expand_bias attr-dict `:` type($result)
  }];
  let hasVerifier = 1;
}

def MobileOne_GlobalAveragePoolOp
    : MobileOne_Op<"global_average_pool", [Pure]> {
  let summary = "Mean over all pixels";
  let description = [{
    Example:

    ```mlir
    %1 = mobileone.global_average_pool %0
        : tensor<1x7x7x64xf32> -> tensor<1x64xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
  let hasVerifier = 1;
}

def MobileOne_LinearOp : MobileOne_Op<"linear", [Pure]> {
  let summary = "Fully connected layer with bias";
  let description = [{
    The filter has the shape [outputs, inputs], the bias [outputs].
    `filter_type` and `accumulator` are a convolution's.

    Example:

    ```mlir
    %1 = mobileone.linear %0 filter <"linear.weight"> bias <"linear.bias">
        : tensor<1x64xf32> -> tensor<1x10xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input, MobileOne_WeightAttr:$filter,
    MobileOne_WeightAttr:$bias, OptionalAttr<TypeAttr>:$filter_type,
    OptionalAttr<TypeAttr>:$accumulator);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = [{
    $input `filter` $filter `bias` $bias attr-dict
    `:` type($input) `->` type($result)
  }];
  let hasVerifier = 1;
  // In f32, as networks are trained.
  let builders = [OpBuilder<(ins "::mlir::Type":$result, "::mlir::Value":$input,
      "::mobileone::WeightAttr":$filter, "::mobileone::WeightAttr":$bias), [{
    build($_builder, $_state, result, input, filter, bias,
          /*filter_type=*/nullptr, /*accumulator=*/nullptr);
  }]>];
}

def MobileOne_WriteOutputOp : MobileOne_Op<"write_output", [Pure]> {
  let summary = "Activations in the caller's layout";
  let description = [{
    Example:

    ```mlir
    %1 = mobileone.write_output %0 nchw
        : tensor<1x7x7x64xf32> -> tensor<1x64x7x7xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input, MobileOne_LayoutAttr:$layout);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = [{
    $input $layout attr-dict `:` type($input) `->` type($result)
  }];
  let hasVerifier = 1;
}

#endif // MOBILEONE_INFERENCEOPS_TD
