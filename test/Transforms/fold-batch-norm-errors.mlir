// RUN: mobileone-opt %s -fold-batch-norm -verify-diagnostics

func.func @without_weights(%a: tensor<1x5x5x3xf32>) {
  // expected-error @+1 {{needs the weight "c.weight" of shape [4, 3, 3, 3], but there is none}}
  %0 = mobileone.conv %a filter <"c.weight">
      {kernel = 3, stride = 2, padding = 1, groups = 1}
      : tensor<1x5x5x3xf32> -> tensor<1x3x3x4xf32>
  return
}
