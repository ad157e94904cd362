// RUN: mobileone-opt %s -random-weights -remember-results -compare-results | FileCheck %s
// RUN: not mobileone-opt %s -random-weights -remember-results -random-weights=seed=2 -compare-results 2>&1 | FileCheck %s --check-prefix=DIFFERS
// RUN: not mobileone-opt %s -random-weights -compare-results 2>&1 | FileCheck %s --check-prefix=NOTHING
// RUN: not mobileone-opt %s -remember-results 2>&1 | FileCheck %s --check-prefix=WEIGHTS

// CHECK: func.func @f
// DIFFERS: error: result 0 differs by {{.*}}, more than
// NOTHING: error: has no remembered results
// WEIGHTS: w: there is no such weight
func.func @f(%a: tensor<1x1x2x1xf32>) -> tensor<1x1x2x1xf32> {
  %0 = mobileone.conv %a filter <"w"> bias <"v">
      {kernel = 1, stride = 1, padding = 0, groups = 1}
      : tensor<1x1x2x1xf32> -> tensor<1x1x2x1xf32>
  return %0 : tensor<1x1x2x1xf32>
}
