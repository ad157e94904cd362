//===- PlannedOps.td -*- tablegen -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// What planning adds: squeeze-excite in parts, and kernels.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_PLANNEDOPS_TD
#define MOBILEONE_PLANNEDOPS_TD

include "compiler/Dialect/MobileOneAttributes.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def MobileOne_RowSumsOp : MobileOne_Op<"row_sums", [Pure]> {
  let summary = "Sums over each row: the part of pooling that tiles can share";
  let description = [{
    Example:

    ```mlir
    %1 = mobileone.row_sums %0 : tensor<1x7x9x64xf32> -> tensor<1x7x64xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($input) `->` type($result)";
  let hasVerifier = 1;
}

def MobileOne_ExciteOp : MobileOne_Op<"excite", [Pure]> {
  let summary = "A gate per channel from sums per row";
  let description = [{
    `sigmoid(expand(relu(reduce(sum over rows / pixels))))`, with filters
    rounded to `filter_type`, which is f32 where it is absent.

    Example:

    ```mlir
    %1 = mobileone.excite %0 reduce <"s.reduce.weight"> <"s.reduce.bias">
        expand <"s.expand.weight"> <"s.expand.bias"> {hidden = 4, pixels = 63}
        : tensor<1x7x64xf32> -> tensor<1x64xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input,
    MobileOne_WeightAttr:$reduce_filter, MobileOne_WeightAttr:$reduce_bias,
    MobileOne_WeightAttr:$expand_filter, MobileOne_WeightAttr:$expand_bias,
    MobileOne_IntegerAttr:$hidden, MobileOne_IntegerAttr:$pixels,
    OptionalAttr<TypeAttr>:$filter_type);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = [{
    $input `reduce` $reduce_filter $reduce_bias `expand` $expand_filter
    $expand_bias attr-dict `:` type($input) `->` type($result)
  }];
  let hasVerifier = 1;
  // In f32, as networks are trained.
  let builders = [OpBuilder<(ins "::mlir::Type":$result, "::mlir::Value":$input,
      "::mobileone::WeightAttr":$reduce_filter,
      "::mobileone::WeightAttr":$reduce_bias,
      "::mobileone::WeightAttr":$expand_filter,
      "::mobileone::WeightAttr":$expand_bias, "int64_t":$hidden,
      "int64_t":$pixels), [{
    build($_builder, $_state, result, input, reduce_filter, reduce_bias,
          expand_filter, expand_bias, hidden, pixels, /*filter_type=*/nullptr);
  }]>];
}

def MobileOne_ScaleOp : MobileOne_Op<"scale",
    [Pure, AllTypesMatch<["input", "result"]>]> {
  let summary = "Activations times a gate per channel";
  let description = [{
    Example:

    ```mlir
    %2 = mobileone.scale %0 by %1 {activation = #mobileone<activation relu>}
        : tensor<1x8x8x64xf32>, tensor<1x64xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input, AnyRankedTensor:$gate,
    DefaultValuedAttr<MobileOne_ActivationAttr,
                      "::mobileone::Activation::None">:$activation);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = [{
    $input `by` $gate attr-dict `:` type($input) `,` type($gate)
  }];
  let hasVerifier = 1;
}

def MobileOne_KernelOp : MobileOne_Op<"kernel",
    [Pure, IsolatedFromAbove, SingleBlock]> {
  let summary = "Operations that one kernel computes";
  let description = [{
    The body's arguments are the inputs; `mobileone.yield` ends it. Planning
    adds, pass by pass:

    - `schedule`, `parameters`: which schedule makes the kernel and what it
      chose, `tuned` if the choice comes from a record (select-schedules);
    - `weight_offsets`: bytes into the packed weights, per weight operand
      (pack-weights);
    - `borders`: pixels of zeros around each result, `offsets`: bytes into the
      arena of each result, or -1 for an output of the model (plan-arena).

    Example:

    ```mlir
    %1 = mobileone.kernel "stage1_0" (%0) {
    ^bb0(%a: tensor<1x8x8x16xf32>):
      %d = mobileone.conv %a ...
      %p = mobileone.conv %d ...
      mobileone.yield %p : tensor<1x8x8x24xf32>
    } : (tensor<1x8x8x16xf32>) -> tensor<1x8x8x24xf32>
    ```
  }];
  let arguments = (ins StrAttr:$name, Variadic<AnyRankedTensor>:$inputs,
    OptionalAttr<StrAttr>:$schedule, OptionalAttr<DictionaryAttr>:$parameters,
    OptionalAttr<DenseI64ArrayAttr>:$weight_offsets,
    OptionalAttr<DenseI64ArrayAttr>:$borders,
    OptionalAttr<DenseI64ArrayAttr>:$offsets, UnitAttr:$tuned);
  let results = (outs Variadic<AnyRankedTensor>:$results);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $name `(` $inputs `)` attr-dict-with-keyword $body
    `:` functional-type($inputs, $results)
  }];
  let hasVerifier = 1;
}

def MobileOne_YieldOp : MobileOne_Op<"yield",
    [Pure, Terminator, HasParent<"KernelOp">]> {
  let summary = "The results of a kernel";
  let arguments = (ins Variadic<AnyRankedTensor>:$results);
  let assemblyFormat = "($results^ `:` type($results))? attr-dict";
}

#endif // MOBILEONE_PLANNEDOPS_TD
