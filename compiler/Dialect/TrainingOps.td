//===- TrainingOps.td -*- tablegen -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// Operations that only a network as trained has.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TRAININGOPS_TD
#define MOBILEONE_TRAININGOPS_TD

include "compiler/Dialect/MobileOneAttributes.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def MobileOne_BatchNormOp : MobileOne_Op<"batch_norm",
    [Pure, AllTypesMatch<["input", "result"]>]> {
  let summary = "Batch normalization with running statistics";
  let description = [{
    `(x - mean) / sqrt(variance + epsilon) * scale + shift`, per channel.

    Example:

    ```mlir
    %1 = mobileone.batch_norm %0 scale <"a.weight"> shift <"a.bias">
        mean <"a.running_mean"> variance <"a.running_var">
        {epsilon = 1.0e-5 : f64} : tensor<1x8x8x16xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input, MobileOne_WeightAttr:$scale,
    MobileOne_WeightAttr:$shift, MobileOne_WeightAttr:$mean,
    MobileOne_WeightAttr:$variance, F64Attr:$epsilon);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = [{
    $input `scale` $scale `shift` $shift `mean` $mean `variance` $variance
    attr-dict `:` type($result)
  }];
  let hasVerifier = 1;
}

def MobileOne_AddOp : MobileOne_Op<"add",
    [Pure, SameOperandsAndResultType]> {
  let summary = "The sum of parallel branches";
  let description = [{
    Every layer as trained ends its branches in one of these, a layer with a
    single branch too, so that one rule merges them all.

    Example:

    ```mlir
    %3 = mobileone.add %0, %1, %2 : tensor<1x8x8x16xf32>
    ```
  }];
  let arguments = (ins Variadic<AnyRankedTensor>:$inputs);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = "$inputs attr-dict `:` type($result)";
  let hasVerifier = 1;
  let hasCanonicalizer = 1;
}

def MobileOne_ReluOp : MobileOne_Op<"relu",
    [Pure, SameOperandsAndResultType]> {
  let summary = "max(x, 0)";
  let description = [{
    In the inference form activations are attributes of the op before.

    Example:

    ```mlir
    %1 = mobileone.relu %0 : tensor<1x8x8x16xf32>
    ```
  }];
  let arguments = (ins AnyRankedTensor:$input);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = "$input attr-dict `:` type($result)";
  let hasVerifier = 1;
  let hasFolder = 1;
}

#endif // MOBILEONE_TRAININGOPS_TD
