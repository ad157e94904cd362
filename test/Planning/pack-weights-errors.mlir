// RUN: mobileone-opt %s -weights=%inputs/tiny_se/weights.fused.apple.safetensors -pack-weights -split-input-file -verify-diagnostics

module {
  func.func @unscheduled(%0: tensor<1x16xf32>) -> tensor<1x10xf32> {
    // expected-error @below {{has no schedule: run select-schedules first}}
    %1 = mobileone.kernel "linear"(%0) {
    ^bb0(%a: tensor<1x16xf32>):
      %2 = mobileone.linear %a filter<"l.weight"> bias<"l.bias"> : tensor<1x16xf32> -> tensor<1x10xf32>
      mobileone.yield %2 : tensor<1x10xf32>
    } : (tensor<1x16xf32>) -> tensor<1x10xf32>
    return %1 : tensor<1x10xf32>
  }
}

// -----

module attributes {mobileone.target = "x86-64"} {
  func.func @unknown_schedule(%0: tensor<1x16xf32>) -> tensor<1x10xf32> {
    // expected-error @below {{there is no schedule 'x86.magic'}}
    %1 = mobileone.kernel "linear"(%0) attributes {schedule = "x86.magic"} {
    ^bb0(%a: tensor<1x16xf32>):
      %2 = mobileone.linear %a filter<"l.weight"> bias<"l.bias"> : tensor<1x16xf32> -> tensor<1x10xf32>
      mobileone.yield %2 : tensor<1x10xf32>
    } : (tensor<1x16xf32>) -> tensor<1x10xf32>
    return %1 : tensor<1x10xf32>
  }
}

// -----

module attributes {mobileone.target = "x86-64-v3"} {
  func.func @wrong_schedule(%0: tensor<1x16xf32>) -> tensor<1x10xf32> {
    // expected-error @below {{schedule 'x86.stem' does not serve this kernel's body}}
    %1 = mobileone.kernel "linear"(%0) attributes {schedule = "x86.stem"} {
    ^bb0(%a: tensor<1x16xf32>):
      %2 = mobileone.linear %a filter<"l.weight"> bias<"l.bias"> : tensor<1x16xf32> -> tensor<1x10xf32>
      mobileone.yield %2 : tensor<1x10xf32>
    } : (tensor<1x16xf32>) -> tensor<1x10xf32>
    return %1 : tensor<1x10xf32>
  }
}

// -----

module attributes {mobileone.target = "x86-64"} {
  func.func @no_weight(%0: tensor<1x16xf32>) -> tensor<1x10xf32> {
    // expected-error @below {{there is no weight 'l.weight'}}
    %1 = mobileone.kernel "linear"(%0) attributes {schedule = "generic.any"} {
    ^bb0(%a: tensor<1x16xf32>):
      %2 = mobileone.linear %a filter<"l.weight"> bias<"l.bias"> : tensor<1x16xf32> -> tensor<1x10xf32>
      mobileone.yield %2 : tensor<1x10xf32>
    } : (tensor<1x16xf32>) -> tensor<1x10xf32>
    return %1 : tensor<1x10xf32>
  }
}

// -----

module attributes {mobileone.target = "x86-64"} {
  func.func @wrong_shape(%0: tensor<1x16xf32>) -> tensor<1x10xf32> {
    // expected-error @below {{weight 'linear.weight' has 640 elements, expected 160}}
    %1 = mobileone.kernel "linear"(%0) attributes {schedule = "generic.any"} {
    ^bb0(%a: tensor<1x16xf32>):
      %2 = mobileone.linear %a filter<"linear.weight"> bias<"linear.bias"> : tensor<1x16xf32> -> tensor<1x10xf32>
      mobileone.yield %2 : tensor<1x10xf32>
    } : (tensor<1x16xf32>) -> tensor<1x10xf32>
    return %1 : tensor<1x10xf32>
  }
}
