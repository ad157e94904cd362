//===- Passes.td - From the training to the inference form -*- tablegen -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every pass here works on a whole module: weights are shared by all functions,
// and passes on functions could run at the same time. The store of weights is
// given to the pass by whoever creates it (Passes.h).
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TRANSFORMS_PASSES_TD
#define MOBILEONE_TRANSFORMS_PASSES_TD

include "mlir/Pass/PassBase.td"

class MobileOne_Pass<string flag> : Pass<flag, "::mlir::ModuleOp"> {
  // Passes are created by the functions in Passes.h.
  let constructor = "nullptr";
  let dependentDialects = ["::mobileone::MobileOneDialect"];
}

def FoldBatchNorm : MobileOne_Pass<"fold-batch-norm"> {
  let summary = "Fold batch norms into the convolutions before them";
  let description = [{
    Running statistics are constants, so a norm after a convolution only scales
    its filter and shifts its bias.

    ```mlir
    %1 = mobileone.conv %0 filter<"c.weight"> {...}
    %2 = mobileone.batch_norm %1 scale<"b.weight"> shift<"b.bias"> ...
    ```
    becomes
    ```mlir
    %2 = mobileone.conv %0 filter<"c.folded.weight"> bias<"c.folded.bias"> {...}
    ```
  }];
}

def SkipToConv : MobileOne_Pass<"skip-to-conv"> {
  let summary = "Turn skip branches into 1x1 convolutions";
  let description = [{
    A skip branch is a batch norm on the layer's input; it is the convolution
    with the identity as filter, of as many groups as the branches beside it,
    with the norm folded in.

    ```mlir
    %1 = mobileone.conv %0 ... {kernel = 3, groups = 16, ...}
    %2 = mobileone.batch_norm %0 scale<"skip.weight"> ...
    %3 = mobileone.add %1, %2
    ```
    becomes
    ```mlir
    %1 = mobileone.conv %0 ... {kernel = 3, groups = 16, ...}
    %2 = mobileone.conv %0 filter<"skip.conv.weight"> bias<"skip.conv.bias">
        {kernel = 1, groups = 16, padding = 0, stride = 1}
    %3 = mobileone.add %1, %2
    ```
  }];
}

def PadPointwiseTo3x3 : MobileOne_Pass<"pad-pointwise-to-3x3"> {
  let summary = "Pad small branch kernels to the size of their siblings";
  let description = [{
    The 1x1 branch of a layer with 3x3 branches reads the centre of their
    window. Zeros around its filter give it their shape, at any stride. Other
    odd sizes work the same way.

    ```mlir
    %1 = mobileone.conv %0 ... {kernel = 3, padding = 1, ...}
    %2 = mobileone.conv %0 filter<"s.weight"> {kernel = 1, padding = 0, ...}
    %3 = mobileone.add %1, %2
    ```
    becomes
    ```mlir
    %1 = mobileone.conv %0 ... {kernel = 3, padding = 1, ...}
    %2 = mobileone.conv %0 filter<"s.padded.weight">
        {kernel = 3, padding = 1, ...}
    %3 = mobileone.add %1, %2
    ```
  }];
}

def MergeParallelBranches : MobileOne_Pass<"merge-parallel-branches"> {
  let summary = "Merge convolutions of one shape on one input";
  let description = [{
    Convolution is linear in its filter: the sum of convolutions of the same
    input is the convolution with the sum of the filters. The new weights have
    the names that fused checkpoints use, after the layer in the sum's location.

    ```mlir
    %1 = mobileone.conv %0 filter<"a.weight"> bias<"a.bias"> {...}
    %2 = mobileone.conv %0 filter<"b.weight"> bias<"b.bias"> {...}
    %3 = mobileone.add %1, %2 loc("stages[0].blocks[0].depthwise"("stage1.0"))
    ```
    becomes
    ```mlir
    %3 = mobileone.conv %0 filter<"stage1.0.reparam_conv.weight">
        bias<"stage1.0.reparam_conv.bias"> {...}
    ```
  }];
}

def FuseActivation : MobileOne_Pass<"fuse-activation"> {
  let summary = "Make activations attributes of the operation before";
  let description = [{
    ```mlir
    %1 = mobileone.conv %0 ... {kernel = 3, ...}
    %2 = mobileone.relu %1
    ```
    becomes
    ```mlir
    %2 = mobileone.conv %0 ... {activation = relu, kernel = 3, ...}
    ```
  }];
}

def DecomposeSqueezeExcite : MobileOne_Pass<"decompose-squeeze-excite"> {
  let summary = "Split squeeze-excite where kernels can be cut";
  let description = [{
    Its mean needs every pixel before the first one can be scaled. In three
    parts, the sums join the kernel before and the scaling the kernel after.

    ```mlir
    %1 = mobileone.squeeze_excite %0 reduce<...> <...> expand<...> <...>
        {activation = relu, hidden = 4} : tensor<1x8x9x64xf32>
    ```
    becomes
    ```mlir
    %s = mobileone.row_sums %0
    %g = mobileone.excite %s reduce<...> <...> expand<...> <...>
        {hidden = 4, pixels = 72}
    %1 = mobileone.scale %0 by %g {activation = relu}
    ```
  }];
}

def LowerPrecision : MobileOne_Pass<"lower-precision"> {
  let summary = "Keep activations and filters in half precision";
  let description = [{
    What an operation computes is rounded to f16, filters are, and biases are
    not. The caller's tensors stay as they are, and so do sums over rows, which
    exceed the range of halves. Products are added up in f32.

    ```mlir
    %0 = mobileone.read_input %image nchw
        : tensor<1x3x8x8xf32> -> tensor<1x8x8x3xf32>
    %1 = mobileone.conv %0 filter<"f"> bias<"b"> {...}
        : tensor<1x8x8x3xf32> -> tensor<1x8x8x16xf32>
    ```
    becomes
    ```mlir
    %0 = mobileone.read_input %image nchw
        : tensor<1x3x8x8xf32> -> tensor<1x8x8x3xf16>
    %1 = mobileone.conv %0 filter<"f"> bias<"b"> {filter_type = f16, ...}
        : tensor<1x8x8x3xf16> -> tensor<1x8x8x16xf16>
    ```
  }];
}

def DropUnusedWeights : MobileOne_Pass<"drop-unused-weights"> {
  let summary = "Forget weights that the module no longer names";
  let description = [{
    Frees what the passes before computed on the way. Whatever compares with
    the network as trained must come before.
  }];
}

def VerifyTrainingForm : MobileOne_Pass<"verify-training-form"> {
  let summary = "Check the contract of the training form";
  let description = [{
    - A function starts with its only `read_input`.
    - It consists of the dialect's operations up to `write_output`; kernels and
      the parts of squeeze-excite do not appear.
    - Activations are operations, not attributes.
    - A convolution without bias is read by one `batch_norm` only, and a
      `batch_norm` by `add`s only.
    - Every weight is in the store and has the right shape.

    All violations are reported.
  }];
}

def VerifyInferenceForm : MobileOne_Pass<"verify-inference-form"> {
  let summary = "Check the contract of the inference form";
  let description = [{
    - A function starts with its only `read_input`.
    - It consists of `conv`, `row_sums`, `excite`, `scale`,
      `global_average_pool`, `linear` and `write_output`: no branch, no batch
      norm, no activation of its own.
    - Every convolution has a bias.
    - A function returns vectors and what `write_output` made.
    - Every weight is in the store and has the right shape.

    All violations are reported.
  }];
}

#endif // MOBILEONE_TRANSFORMS_PASSES_TD
