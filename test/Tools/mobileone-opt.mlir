// RUN: mobileone-opt %s -weights %inputs/tiny_k5/weights.train.apple.safetensors -fold-batch-norm | FileCheck %s
// RUN: not mobileone-opt %s -weights %t.missing.safetensors -fold-batch-norm 2>&1 | FileCheck %s --check-prefix=MISSING
// RUN: mobileone-opt --help | FileCheck %s --check-prefix=HELP

// HELP: OVERVIEW: passes of the mobileone compiler
// HELP: or are made by the
// HELP-NEXT: pass --random-weights=seed=N
// HELP: --random-weights
// HELP: --reparameterize

// MISSING: error: {{.*}}.missing.safetensors:

// CHECK-LABEL: func.func @stem
func.func @stem(%a: tensor<1x96x160x3xf32>) -> tensor<1x48x80x8xf32> {
  // CHECK: mobileone.conv %{{.*}} filter <"stage0.rbr_conv.0.conv.folded.weight">
  %0 = mobileone.conv %a filter <"stage0.rbr_conv.0.conv.weight">
      {kernel = 3, stride = 2, padding = 1, groups = 1}
      : tensor<1x96x160x3xf32> -> tensor<1x48x80x8xf32>
  %1 = mobileone.batch_norm %0 scale <"stage0.rbr_conv.0.bn.weight">
      shift <"stage0.rbr_conv.0.bn.bias">
      mean <"stage0.rbr_conv.0.bn.running_mean">
      variance <"stage0.rbr_conv.0.bn.running_var"> {epsilon = 1.0e-5}
      : tensor<1x48x80x8xf32>
  return %1 : tensor<1x48x80x8xf32>
}
