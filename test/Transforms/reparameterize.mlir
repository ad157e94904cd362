// RUN: mobileone-opt %s -random-weights -remember-results -reparameterize -compare-results | FileCheck %s
// RUN: mobileone-opt %s -random-weights -remember-results -reparameterize -form-kernels -compare-results | FileCheck %s --check-prefix=KERNELS

// CHECK-LABEL: func.func @model
// CHECK-NEXT: %[[INPUT:.*]] = mobileone.read_input
// CHECK-NEXT: %[[CONV:.*]] = mobileone.conv %[[INPUT]] filter <"stage1.0.reparam_conv.weight"> bias <"stage1.0.reparam_conv.bias"> {groups = 4 : i64, kernel = 3 : i64, padding = 1 : i64, stride = 1 : i64}
// CHECK-NEXT: %[[SUMS:.*]] = mobileone.row_sums %[[CONV]]
// CHECK-NEXT: %[[GATE:.*]] = mobileone.excite %[[SUMS]]
// CHECK-NEXT: %[[SCALED:.*]] = mobileone.scale %[[CONV]] by %[[GATE]] {activation = #mobileone<activation relu>}
// CHECK-NEXT: %[[POOLED:.*]] = mobileone.global_average_pool %[[SCALED]]
// CHECK-NEXT: return %[[POOLED]]

// KERNELS: mobileone.kernel
func.func @model(%a: tensor<1x4x6x5xf32>) -> tensor<1x4xf32> {
  %0 = mobileone.read_input %a nchw
      : tensor<1x4x6x5xf32> -> tensor<1x6x5x4xf32>
  %1 = mobileone.conv %0 filter <"stage1.0.rbr_conv.0.conv.weight">
      {kernel = 3, stride = 1, padding = 1, groups = 4}
      : tensor<1x6x5x4xf32> -> tensor<1x6x5x4xf32>
  %2 = mobileone.batch_norm %1 scale <"stage1.0.rbr_conv.0.bn.weight">
      shift <"stage1.0.rbr_conv.0.bn.bias">
      mean <"stage1.0.rbr_conv.0.bn.running_mean">
      variance <"stage1.0.rbr_conv.0.bn.running_var"> {epsilon = 1.0e-5}
      : tensor<1x6x5x4xf32>
  %3 = mobileone.conv %0 filter <"stage1.0.rbr_scale.conv.weight">
      {kernel = 1, stride = 1, padding = 0, groups = 4}
      : tensor<1x6x5x4xf32> -> tensor<1x6x5x4xf32>
  %4 = mobileone.batch_norm %3 scale <"stage1.0.rbr_scale.bn.weight">
      shift <"stage1.0.rbr_scale.bn.bias">
      mean <"stage1.0.rbr_scale.bn.running_mean">
      variance <"stage1.0.rbr_scale.bn.running_var"> {epsilon = 1.0e-5}
      : tensor<1x6x5x4xf32>
  %5 = mobileone.batch_norm %0 scale <"stage1.0.rbr_skip.weight">
      shift <"stage1.0.rbr_skip.bias"> mean <"stage1.0.rbr_skip.running_mean">
      variance <"stage1.0.rbr_skip.running_var"> {epsilon = 1.0e-5}
      : tensor<1x6x5x4xf32>
  %6 = mobileone.add %2, %4, %5 : tensor<1x6x5x4xf32>
  %7 = mobileone.squeeze_excite %6 reduce <"stage1.0.se.reduce.weight">
      <"stage1.0.se.reduce.bias"> expand <"stage1.0.se.expand.weight">
      <"stage1.0.se.expand.bias"> {hidden = 2} : tensor<1x6x5x4xf32>
  %8 = mobileone.relu %7 : tensor<1x6x5x4xf32>
  %9 = mobileone.global_average_pool %8
      : tensor<1x6x5x4xf32> -> tensor<1x4xf32>
  return %9 : tensor<1x4xf32>
}
