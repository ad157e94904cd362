// RUN: mobileone-opt %s -random-weights -remember-results -form-kernels -compare-results | FileCheck %s
// RUN: mobileone-opt %s -random-weights -remember-results -form-kernels=fuse=false -compare-results | FileCheck %s -check-prefix=SINGLE

// The image is read by the first convolution; a depthwise convolution and the
// pointwise one that alone reads it are one kernel; so are pool and classifier.

// CHECK-LABEL: func.func @chain
// CHECK: %[[STEM:.*]] = mobileone.kernel "stage0"(%arg0)
// CHECK-NEXT: ^bb0
// CHECK-NEXT: mobileone.read_input
// CHECK-NEXT: mobileone.conv
// CHECK-NEXT: mobileone.yield
// CHECK: %[[BLOCK:.*]] = mobileone.kernel "stage1_0_stage1_1"(%[[STEM]])
// CHECK-NEXT: ^bb0
// CHECK-NEXT: mobileone.conv {{.*}}groups = 8
// CHECK-NEXT: mobileone.conv {{.*}}kernel = 1
// CHECK-NEXT: mobileone.yield
// CHECK: %[[LOGITS:.*]] = mobileone.kernel "linear"(%[[BLOCK]])
// CHECK-NEXT: ^bb0
// CHECK-NEXT: mobileone.global_average_pool
// CHECK-NEXT: mobileone.linear
// CHECK-NEXT: mobileone.yield
// CHECK: return %[[LOGITS]]

// SINGLE-LABEL: func.func @chain
// SINGLE-COUNT-6: mobileone.kernel
// SINGLE-NOT: mobileone.kernel
// SINGLE: return
func.func @chain(%image: tensor<1x3x8x8xf32>) -> tensor<1x10xf32> {
  %0 = mobileone.read_input %image nchw
      : tensor<1x3x8x8xf32> -> tensor<1x8x8x3xf32>
  %1 = mobileone.conv %0 filter<"s.weight"> bias<"s.bias"> {kernel = 3, stride = 2, padding = 1, groups = 1, activation = #mobileone<activation relu>}
      : tensor<1x8x8x3xf32> -> tensor<1x4x4x8xf32> loc("stem"("stage0"))
  %2 = mobileone.conv %1 filter<"d.weight"> bias<"d.bias"> {kernel = 3, stride = 1, padding = 1, groups = 8, activation = #mobileone<activation relu>}
      : tensor<1x4x4x8xf32> -> tensor<1x4x4x8xf32> loc("stages[0].blocks[0].depthwise"("stage1.0"))
  %3 = mobileone.conv %2 filter<"p.weight"> bias<"p.bias"> {kernel = 1, stride = 1, padding = 0, groups = 1, activation = #mobileone<activation relu>}
      : tensor<1x4x4x8xf32> -> tensor<1x4x4x12xf32> loc("stages[0].blocks[0].pointwise"("stage1.1"))
  %4 = mobileone.global_average_pool %3 : tensor<1x4x4x12xf32> -> tensor<1x12xf32> loc("heads[0]"("linear"))
  %5 = mobileone.linear %4 filter<"l.weight"> bias<"l.bias">
      : tensor<1x12xf32> -> tensor<1x10xf32> loc("heads[0]"("linear"))
  return %5 : tensor<1x10xf32>
}

// Sums are taken by the convolution that makes the rows; the scale is repeated
// in both kernels that read it, and so its result never reaches memory.

// CHECK-LABEL: func.func @squeeze_excite
// CHECK: %[[D:.*]]:2 = mobileone.kernel "stage1_0"
// CHECK: mobileone.conv
// CHECK-NEXT: mobileone.row_sums
// CHECK-NEXT: mobileone.yield
// CHECK: %[[GATE:.*]] = mobileone.kernel "stage1_0_2"(%[[D]]#1)
// CHECK-NEXT: ^bb0
// CHECK-NEXT: mobileone.excite
// CHECK-NEXT: mobileone.yield
// CHECK: mobileone.kernel "stage1_1"(%[[D]]#0, %[[GATE]])
// CHECK-NEXT: ^bb0
// CHECK-NEXT: mobileone.scale
// CHECK-NEXT: mobileone.conv
// CHECK-NEXT: mobileone.yield
// CHECK: mobileone.kernel "stage1_1_write"
// CHECK-NEXT: ^bb0
// CHECK-NEXT: mobileone.write_output
// CHECK: mobileone.kernel "stage1_0_features"(%[[D]]#0, %[[GATE]])
// CHECK-NEXT: ^bb0
// CHECK-NEXT: mobileone.scale
// CHECK-NEXT: mobileone.write_output
// CHECK-NEXT: mobileone.yield
func.func @squeeze_excite(%image: tensor<1x4x4x8xf32>) -> (tensor<1x4x4x12xf32>, tensor<1x8x4x4xf32>) {
  %0 = mobileone.read_input %image nhwc
      : tensor<1x4x4x8xf32> -> tensor<1x4x4x8xf32>
  %1 = mobileone.conv %0 filter<"d.weight"> bias<"d.bias"> {kernel = 3, stride = 1, padding = 1, groups = 8}
      : tensor<1x4x4x8xf32> -> tensor<1x4x4x8xf32> loc("d"("stage1.0"))
  %2 = mobileone.row_sums %1 : tensor<1x4x4x8xf32> -> tensor<1x4x8xf32> loc("d"("stage1.0"))
  %3 = mobileone.excite %2 reduce<"r.weight"> <"r.bias"> expand<"e.weight"> <"e.bias"> {hidden = 2, pixels = 16}
      : tensor<1x4x8xf32> -> tensor<1x8xf32> loc("d"("stage1.0"))
  %4 = mobileone.scale %1 by %3 {activation = #mobileone<activation relu>}
      : tensor<1x4x4x8xf32>, tensor<1x8xf32> loc("d"("stage1.0"))
  %5 = mobileone.conv %4 filter<"p.weight"> bias<"p.bias"> {kernel = 1, stride = 1, padding = 0, groups = 1}
      : tensor<1x4x4x8xf32> -> tensor<1x4x4x12xf32> loc("p"("stage1.1"))
  %6 = mobileone.write_output %5 nhwc
      : tensor<1x4x4x12xf32> -> tensor<1x4x4x12xf32> loc("h"("stage1_1.write"))
  %7 = mobileone.write_output %4 nchw
      : tensor<1x4x4x8xf32> -> tensor<1x8x4x4xf32> loc("h"("features"))
  return %6, %7 : tensor<1x4x4x12xf32>, tensor<1x8x4x4xf32>
}

// A depthwise convolution that has another reader, and a pool that two
// classifiers read, are kernels of their own.

// CHECK-LABEL: func.func @shared
// CHECK: mobileone.kernel "stage1_0"
// CHECK: mobileone.kernel "stage1_1"
// CHECK: mobileone.kernel "stage1_2"
// CHECK: %[[POOL:.*]] = mobileone.kernel "pool"
// CHECK-NEXT: ^bb0
// CHECK-NEXT: mobileone.global_average_pool
// CHECK-NEXT: mobileone.yield
// CHECK: mobileone.kernel "first"(%[[POOL]])
// CHECK: mobileone.kernel "second"(%[[POOL]])
func.func @shared(%image: tensor<1x4x4x8xf32>) -> (tensor<1x5xf32>, tensor<1x7xf32>) {
  %0 = mobileone.read_input %image nhwc
      : tensor<1x4x4x8xf32> -> tensor<1x4x4x8xf32>
  %1 = mobileone.conv %0 filter<"d.weight"> bias<"d.bias"> {kernel = 3, stride = 1, padding = 1, groups = 8}
      : tensor<1x4x4x8xf32> -> tensor<1x4x4x8xf32> loc("d"("stage1.0"))
  %2 = mobileone.conv %1 filter<"u.weight"> bias<"u.bias"> {kernel = 1, stride = 1, padding = 0, groups = 1}
      : tensor<1x4x4x8xf32> -> tensor<1x4x4x8xf32> loc("p"("stage1.1"))
  %3 = mobileone.conv %1 filter<"q.weight"> bias<"q.bias"> {kernel = 1, stride = 1, padding = 0, groups = 1}
      : tensor<1x4x4x8xf32> -> tensor<1x4x4x8xf32> loc("q"("stage1.2"))
  %4 = mobileone.global_average_pool %3 : tensor<1x4x4x8xf32> -> tensor<1x8xf32> loc("h"("pool"))
  %5 = mobileone.linear %4 filter<"f.weight"> bias<"f.bias"> : tensor<1x8xf32> -> tensor<1x5xf32> loc("h"("first"))
  %6 = mobileone.linear %4 filter<"g.weight"> bias<"g.bias"> : tensor<1x8xf32> -> tensor<1x7xf32> loc("h"("second"))
  %7 = mobileone.global_average_pool %2 : tensor<1x4x4x8xf32> -> tensor<1x8xf32> loc("h"("pool"))
  %8 = mobileone.linear %7 filter<"f.weight"> bias<"f.bias"> : tensor<1x8xf32> -> tensor<1x5xf32> loc("h"("third"))
  return %8, %6 : tensor<1x5xf32>, tensor<1x7xf32>
}
