// RUN: mobileone-opt %s -verify-planned-form -split-input-file -verify-diagnostics

module attributes {mobileone.target = "x86-64", mobileone.arena_bytes = 2048 : i64} {
  func.func @good(%0: tensor<1x4x4x16xf32>) -> tensor<1x10xf32> {
    %1 = mobileone.kernel "conv"(%0) attributes {weight_offsets = array<i64: 0, 1024>, borders = array<i64: 0>, offsets = array<i64: 0>, schedule = "generic.any"} {
    ^bb0(%a: tensor<1x4x4x16xf32>):
      %r = mobileone.read_input %a nhwc : tensor<1x4x4x16xf32> -> tensor<1x4x4x16xf32>
      %3 = mobileone.conv %r filter<"p.weight"> bias<"p.bias"> {kernel = 1, stride = 1, padding = 0, groups = 1}
          : tensor<1x4x4x16xf32> -> tensor<1x4x4x16xf32>
      mobileone.yield %3 : tensor<1x4x4x16xf32>
    } : (tensor<1x4x4x16xf32>) -> tensor<1x4x4x16xf32>
    %2 = mobileone.kernel "conv_2"(%1) attributes {weight_offsets = array<i64: 0, 1024>, borders = array<i64: 0>, offsets = array<i64: 1024>, schedule = "generic.any"} {
    ^bb0(%a: tensor<1x4x4x16xf32>):
      %3 = mobileone.conv %a filter<"p.weight"> bias<"p.bias"> {kernel = 1, stride = 1, padding = 0, groups = 1}
          : tensor<1x4x4x16xf32> -> tensor<1x4x4x16xf32>
      mobileone.yield %3 : tensor<1x4x4x16xf32>
    } : (tensor<1x4x4x16xf32>) -> tensor<1x4x4x16xf32>
    %5 = mobileone.kernel "linear"(%2) attributes {weight_offsets = array<i64: 0, 1024>, borders = array<i64: 0>, offsets = array<i64: -1>, schedule = "generic.any"} {
    ^bb0(%a: tensor<1x4x4x16xf32>):
      %3 = mobileone.global_average_pool %a : tensor<1x4x4x16xf32> -> tensor<1x16xf32>
      %4 = mobileone.linear %3 filter<"l.weight"> bias<"l.bias"> : tensor<1x16xf32> -> tensor<1x10xf32>
      mobileone.yield %4 : tensor<1x10xf32>
    } : (tensor<1x4x4x16xf32>) -> tensor<1x10xf32>
    return %5 : tensor<1x10xf32>
  }
}

// -----

module attributes {mobileone.target = "x86-64", mobileone.arena_bytes = 2048 : i64} {
  func.func @no_weights(%0: tensor<1x4x4x16xf32>) -> tensor<1x10xf32> {
    // expected-error @below {{has no weight_offsets: run pack-weights first}}
    %1 = mobileone.kernel "conv"(%0) attributes {borders = array<i64: 0>, offsets = array<i64: 0>, schedule = "generic.any"} {
    ^bb0(%a: tensor<1x4x4x16xf32>):
      %r = mobileone.read_input %a nhwc : tensor<1x4x4x16xf32> -> tensor<1x4x4x16xf32>
      %3 = mobileone.conv %r filter<"p.weight"> bias<"p.bias"> {kernel = 1, stride = 1, padding = 0, groups = 1}
          : tensor<1x4x4x16xf32> -> tensor<1x4x4x16xf32>
      mobileone.yield %3 : tensor<1x4x4x16xf32>
    } : (tensor<1x4x4x16xf32>) -> tensor<1x4x4x16xf32>
    %2 = mobileone.kernel "conv_2"(%1) attributes {weight_offsets = array<i64: 0, 1024>, borders = array<i64: 0>, offsets = array<i64: 1024>, schedule = "generic.any"} {
    ^bb0(%a: tensor<1x4x4x16xf32>):
      %3 = mobileone.conv %a filter<"p.weight"> bias<"p.bias"> {kernel = 1, stride = 1, padding = 0, groups = 1}
          : tensor<1x4x4x16xf32> -> tensor<1x4x4x16xf32>
      mobileone.yield %3 : tensor<1x4x4x16xf32>
    } : (tensor<1x4x4x16xf32>) -> tensor<1x4x4x16xf32>
    %5 = mobileone.kernel "linear"(%2) attributes {weight_offsets = array<i64: 0, 1024>, borders = array<i64: 0>, offsets = array<i64: -1>, schedule = "generic.any"} {
    ^bb0(%a: tensor<1x4x4x16xf32>):
      %3 = mobileone.global_average_pool %a : tensor<1x4x4x16xf32> -> tensor<1x16xf32>
      %4 = mobileone.linear %3 filter<"l.weight"> bias<"l.bias"> : tensor<1x16xf32> -> tensor<1x10xf32>
      mobileone.yield %4 : tensor<1x10xf32>
    } : (tensor<1x4x4x16xf32>) -> tensor<1x10xf32>
    return %5 : tensor<1x10xf32>
  }
}

// -----

module attributes {mobileone.target = "x86-64", mobileone.arena_bytes = 2048 : i64} {
  func.func @unaligned_weights(%0: tensor<1x4x4x16xf32>) -> tensor<1x10xf32> {
    // expected-error @below {{weight offset 1000 is not a multiple of 64}}
    %1 = mobileone.kernel "conv"(%0) attributes {weight_offsets = array<i64: 0, 1000>, borders = array<i64: 0>, offsets = array<i64: 0>, schedule = "generic.any"} {
    ^bb0(%a: tensor<1x4x4x16xf32>):
      %r = mobileone.read_input %a nhwc : tensor<1x4x4x16xf32> -> tensor<1x4x4x16xf32>
      %3 = mobileone.conv %r filter<"p.weight"> bias<"p.bias"> {kernel = 1, stride = 1, padding = 0, groups = 1}
          : tensor<1x4x4x16xf32> -> tensor<1x4x4x16xf32>
      mobileone.yield %3 : tensor<1x4x4x16xf32>
    } : (tensor<1x4x4x16xf32>) -> tensor<1x4x4x16xf32>
    %2 = mobileone.kernel "conv_2"(%1) attributes {weight_offsets = array<i64: 0, 1024>, borders = array<i64: 0>, offsets = array<i64: 1024>, schedule = "generic.any"} {
    ^bb0(%a: tensor<1x4x4x16xf32>):
      %3 = mobileone.conv %a filter<"p.weight"> bias<"p.bias"> {kernel = 1, stride = 1, padding = 0, groups = 1}
          : tensor<1x4x4x16xf32> -> tensor<1x4x4x16xf32>
      mobileone.yield %3 : tensor<1x4x4x16xf32>
    } : (tensor<1x4x4x16xf32>) -> tensor<1x4x4x16xf32>
    %5 = mobileone.kernel "linear"(%2) attributes {weight_offsets = array<i64: 0, 1024>, borders = array<i64: 0>, offsets = array<i64: -1>, schedule = "generic.any"} {
    ^bb0(%a: tensor<1x4x4x16xf32>):
      %3 = mobileone.global_average_pool %a : tensor<1x4x4x16xf32> -> tensor<1x16xf32>
      %4 = mobileone.linear %3 filter<"l.weight"> bias<"l.bias"> : tensor<1x16xf32> -> tensor<1x10xf32>
      mobileone.yield %4 : tensor<1x10xf32>
    } : (tensor<1x4x4x16xf32>) -> tensor<1x10xf32>
    return %5 : tensor<1x10xf32>
  }
}

// -----

module attributes {mobileone.target = "x86-64", mobileone.arena_bytes = 2048 : i64} {
  func.func @no_memory(%0: tensor<1x4x4x16xf32>) -> tensor<1x10xf32> {
    // expected-error @below {{has no offsets and borders: run plan-arena first}}
    %1 = mobileone.kernel "conv"(%0) attributes {weight_offsets = array<i64: 0, 1024>, schedule = "generic.any"} {
    ^bb0(%a: tensor<1x4x4x16xf32>):
      %r = mobileone.read_input %a nhwc : tensor<1x4x4x16xf32> -> tensor<1x4x4x16xf32>
      %3 = mobileone.conv %r filter<"p.weight"> bias<"p.bias"> {kernel = 1, stride = 1, padding = 0, groups = 1}
          : tensor<1x4x4x16xf32> -> tensor<1x4x4x16xf32>
      mobileone.yield %3 : tensor<1x4x4x16xf32>
    } : (tensor<1x4x4x16xf32>) -> tensor<1x4x4x16xf32>
    %2 = mobileone.kernel "conv_2"(%1) attributes {weight_offsets = array<i64: 0, 1024>, borders = array<i64: 0>, offsets = array<i64: 1024>, schedule = "generic.any"} {
    ^bb0(%a: tensor<1x4x4x16xf32>):
      %3 = mobileone.conv %a filter<"p.weight"> bias<"p.bias"> {kernel = 1, stride = 1, padding = 0, groups = 1}
          : tensor<1x4x4x16xf32> -> tensor<1x4x4x16xf32>
      mobileone.yield %3 : tensor<1x4x4x16xf32>
    } : (tensor<1x4x4x16xf32>) -> tensor<1x4x4x16xf32>
    %5 = mobileone.kernel "linear"(%2) attributes {weight_offsets = array<i64: 0, 1024>, borders = array<i64: 0>, offsets = array<i64: -1>, schedule = "generic.any"} {
    ^bb0(%a: tensor<1x4x4x16xf32>):
      %3 = mobileone.global_average_pool %a : tensor<1x4x4x16xf32> -> tensor<1x16xf32>
      %4 = mobileone.linear %3 filter<"l.weight"> bias<"l.bias"> : tensor<1x16xf32> -> tensor<1x10xf32>
      mobileone.yield %4 : tensor<1x10xf32>
    } : (tensor<1x4x4x16xf32>) -> tensor<1x10xf32>
    return %5 : tensor<1x10xf32>
  }
}

// -----

module attributes {mobileone.target = "x86-64", mobileone.arena_bytes = 2048 : i64} {
  func.func @wrong_border(%0: tensor<1x4x4x16xf32>) -> tensor<1x10xf32> {
    // expected-error @below {{result 0 has a border of 0, its readers need 1}}
    %1 = mobileone.kernel "conv"(%0) attributes {weight_offsets = array<i64: 0, 1024>, borders = array<i64: 0>, offsets = array<i64: 0>, schedule = "generic.any"} {
    ^bb0(%a: tensor<1x4x4x16xf32>):
      %r = mobileone.read_input %a nhwc : tensor<1x4x4x16xf32> -> tensor<1x4x4x16xf32>
      %3 = mobileone.conv %r filter<"p.weight"> bias<"p.bias"> {kernel = 1, stride = 1, padding = 0, groups = 1}
          : tensor<1x4x4x16xf32> -> tensor<1x4x4x16xf32>
      mobileone.yield %3 : tensor<1x4x4x16xf32>
    } : (tensor<1x4x4x16xf32>) -> tensor<1x4x4x16xf32>
    %2 = mobileone.kernel "conv_2"(%1) attributes {weight_offsets = array<i64: 0, 1024>, borders = array<i64: 0>, offsets = array<i64: 1024>, schedule = "generic.any"} {
    ^bb0(%a: tensor<1x4x4x16xf32>):
      %3 = mobileone.conv %a filter<"p.weight"> bias<"p.bias"> {kernel = 3, stride = 1, padding = 1, groups = 1}
          : tensor<1x4x4x16xf32> -> tensor<1x4x4x16xf32>
      mobileone.yield %3 : tensor<1x4x4x16xf32>
    } : (tensor<1x4x4x16xf32>) -> tensor<1x4x4x16xf32>
    %5 = mobileone.kernel "linear"(%2) attributes {weight_offsets = array<i64: 0, 1024>, borders = array<i64: 0>, offsets = array<i64: -1>, schedule = "generic.any"} {
    ^bb0(%a: tensor<1x4x4x16xf32>):
      %3 = mobileone.global_average_pool %a : tensor<1x4x4x16xf32> -> tensor<1x16xf32>
      %4 = mobileone.linear %3 filter<"l.weight"> bias<"l.bias"> : tensor<1x16xf32> -> tensor<1x10xf32>
      mobileone.yield %4 : tensor<1x10xf32>
    } : (tensor<1x4x4x16xf32>) -> tensor<1x10xf32>
    return %5 : tensor<1x10xf32>
  }
}

// -----

module attributes {mobileone.target = "x86-64", mobileone.arena_bytes = 2048 : i64} {
  func.func @not_the_models(%0: tensor<1x4x4x16xf32>) -> tensor<1x10xf32> {
    // expected-error @below {{result 0 has offset -1 but is not a result of the model}}
    %1 = mobileone.kernel "conv"(%0) attributes {weight_offsets = array<i64: 0, 1024>, borders = array<i64: 0>, offsets = array<i64: -1>, schedule = "generic.any"} {
    ^bb0(%a: tensor<1x4x4x16xf32>):
      %r = mobileone.read_input %a nhwc : tensor<1x4x4x16xf32> -> tensor<1x4x4x16xf32>
      %3 = mobileone.conv %r filter<"p.weight"> bias<"p.bias"> {kernel = 1, stride = 1, padding = 0, groups = 1}
          : tensor<1x4x4x16xf32> -> tensor<1x4x4x16xf32>
      mobileone.yield %3 : tensor<1x4x4x16xf32>
    } : (tensor<1x4x4x16xf32>) -> tensor<1x4x4x16xf32>
    %2 = mobileone.kernel "conv_2"(%1) attributes {weight_offsets = array<i64: 0, 1024>, borders = array<i64: 0>, offsets = array<i64: 1024>, schedule = "generic.any"} {
    ^bb0(%a: tensor<1x4x4x16xf32>):
      %3 = mobileone.conv %a filter<"p.weight"> bias<"p.bias"> {kernel = 1, stride = 1, padding = 0, groups = 1}
          : tensor<1x4x4x16xf32> -> tensor<1x4x4x16xf32>
      mobileone.yield %3 : tensor<1x4x4x16xf32>
    } : (tensor<1x4x4x16xf32>) -> tensor<1x4x4x16xf32>
    %5 = mobileone.kernel "linear"(%2) attributes {weight_offsets = array<i64: 0, 1024>, borders = array<i64: 0>, offsets = array<i64: -1>, schedule = "generic.any"} {
    ^bb0(%a: tensor<1x4x4x16xf32>):
      %3 = mobileone.global_average_pool %a : tensor<1x4x4x16xf32> -> tensor<1x16xf32>
      %4 = mobileone.linear %3 filter<"l.weight"> bias<"l.bias"> : tensor<1x16xf32> -> tensor<1x10xf32>
      mobileone.yield %4 : tensor<1x10xf32>
    } : (tensor<1x4x4x16xf32>) -> tensor<1x10xf32>
    return %5 : tensor<1x10xf32>
  }
}

// -----

module attributes {mobileone.target = "x86-64", mobileone.arena_bytes = 2048 : i64} {
  // expected-error @below {{arena: conv_2 overlaps conv}}
  func.func @overlap(%0: tensor<1x4x4x16xf32>) -> tensor<1x10xf32> {
    %1 = mobileone.kernel "conv"(%0) attributes {weight_offsets = array<i64: 0, 1024>, borders = array<i64: 0>, offsets = array<i64: 0>, schedule = "generic.any"} {
    ^bb0(%a: tensor<1x4x4x16xf32>):
      %r = mobileone.read_input %a nhwc : tensor<1x4x4x16xf32> -> tensor<1x4x4x16xf32>
      %3 = mobileone.conv %r filter<"p.weight"> bias<"p.bias"> {kernel = 1, stride = 1, padding = 0, groups = 1}
          : tensor<1x4x4x16xf32> -> tensor<1x4x4x16xf32>
      mobileone.yield %3 : tensor<1x4x4x16xf32>
    } : (tensor<1x4x4x16xf32>) -> tensor<1x4x4x16xf32>
    %2 = mobileone.kernel "conv_2"(%1) attributes {weight_offsets = array<i64: 0, 1024>, borders = array<i64: 0>, offsets = array<i64: 0>, schedule = "generic.any"} {
    ^bb0(%a: tensor<1x4x4x16xf32>):
      %3 = mobileone.conv %a filter<"p.weight"> bias<"p.bias"> {kernel = 1, stride = 1, padding = 0, groups = 1}
          : tensor<1x4x4x16xf32> -> tensor<1x4x4x16xf32>
      mobileone.yield %3 : tensor<1x4x4x16xf32>
    } : (tensor<1x4x4x16xf32>) -> tensor<1x4x4x16xf32>
    %5 = mobileone.kernel "linear"(%2) attributes {weight_offsets = array<i64: 0, 1024>, borders = array<i64: 0>, offsets = array<i64: -1>, schedule = "generic.any"} {
    ^bb0(%a: tensor<1x4x4x16xf32>):
      %3 = mobileone.global_average_pool %a : tensor<1x4x4x16xf32> -> tensor<1x16xf32>
      %4 = mobileone.linear %3 filter<"l.weight"> bias<"l.bias"> : tensor<1x16xf32> -> tensor<1x10xf32>
      mobileone.yield %4 : tensor<1x10xf32>
    } : (tensor<1x4x4x16xf32>) -> tensor<1x10xf32>
    return %5 : tensor<1x10xf32>
  }
}

// -----

module attributes {mobileone.target = "x86-64", mobileone.arena_bytes = 1024 : i64} {
  // expected-error @below {{arena: conv_2 ends at 2048, the arena at 1024}}
  func.func @too_small(%0: tensor<1x4x4x16xf32>) -> tensor<1x10xf32> {
    %1 = mobileone.kernel "conv"(%0) attributes {weight_offsets = array<i64: 0, 1024>, borders = array<i64: 0>, offsets = array<i64: 0>, schedule = "generic.any"} {
    ^bb0(%a: tensor<1x4x4x16xf32>):
      %r = mobileone.read_input %a nhwc : tensor<1x4x4x16xf32> -> tensor<1x4x4x16xf32>
      %3 = mobileone.conv %r filter<"p.weight"> bias<"p.bias"> {kernel = 1, stride = 1, padding = 0, groups = 1}
          : tensor<1x4x4x16xf32> -> tensor<1x4x4x16xf32>
      mobileone.yield %3 : tensor<1x4x4x16xf32>
    } : (tensor<1x4x4x16xf32>) -> tensor<1x4x4x16xf32>
    %2 = mobileone.kernel "conv_2"(%1) attributes {weight_offsets = array<i64: 0, 1024>, borders = array<i64: 0>, offsets = array<i64: 1024>, schedule = "generic.any"} {
    ^bb0(%a: tensor<1x4x4x16xf32>):
      %3 = mobileone.conv %a filter<"p.weight"> bias<"p.bias"> {kernel = 1, stride = 1, padding = 0, groups = 1}
          : tensor<1x4x4x16xf32> -> tensor<1x4x4x16xf32>
      mobileone.yield %3 : tensor<1x4x4x16xf32>
    } : (tensor<1x4x4x16xf32>) -> tensor<1x4x4x16xf32>
    %5 = mobileone.kernel "linear"(%2) attributes {weight_offsets = array<i64: 0, 1024>, borders = array<i64: 0>, offsets = array<i64: -1>, schedule = "generic.any"} {
    ^bb0(%a: tensor<1x4x4x16xf32>):
      %3 = mobileone.global_average_pool %a : tensor<1x4x4x16xf32> -> tensor<1x16xf32>
      %4 = mobileone.linear %3 filter<"l.weight"> bias<"l.bias"> : tensor<1x16xf32> -> tensor<1x10xf32>
      mobileone.yield %4 : tensor<1x10xf32>
    } : (tensor<1x4x4x16xf32>) -> tensor<1x10xf32>
    return %5 : tensor<1x10xf32>
  }
}

// -----

module attributes {mobileone.target = "x86-64"} {
  // expected-error @below {{has no arena: run plan-arena first}}
  func.func @no_arena(%0: tensor<1x16xf32>) -> tensor<1x16xf32> {
    return %0 : tensor<1x16xf32>
  }
}

// -----

module attributes {mobileone.target = "x86-64", mobileone.arena_bytes = 0 : i64} {
  func.func @no_kernel(%0: tensor<1x16xf32>) -> tensor<1x10xf32> {
    // expected-error @below {{is not in a kernel: run form-kernels first}}
    %1 = mobileone.linear %0 filter<"l.weight"> bias<"l.bias"> : tensor<1x16xf32> -> tensor<1x10xf32>
    return %1 : tensor<1x10xf32>
  }
}

// -----

module attributes {mobileone.target = "x86-64", mobileone.arena_bytes = 0 : i64} {
  func.func @argument(%0: tensor<1x16xf32>) -> tensor<1x16xf32> {
    // expected-error @below {{result 0 does not come from a kernel}}
    return %0 : tensor<1x16xf32>
  }
}

// -----

module attributes {mobileone.target = "x86-64", mobileone.arena_bytes = 0 : i64} {
  func.func @twice(%0: tensor<1x16xf32>) -> (tensor<1x10xf32>, tensor<1x10xf32>) {
    %1 = mobileone.kernel "linear"(%0) attributes {weight_offsets = array<i64: 0, 1024>, borders = array<i64: 0>, offsets = array<i64: -1>, schedule = "generic.any"} {
    ^bb0(%a: tensor<1x16xf32>):
      %2 = mobileone.linear %a filter<"l.weight"> bias<"l.bias"> : tensor<1x16xf32> -> tensor<1x10xf32>
      mobileone.yield %2 : tensor<1x10xf32>
    } : (tensor<1x16xf32>) -> tensor<1x10xf32>
    // expected-error @below {{result 0 is read or returned a second time}}
    return %1, %1 : tensor<1x10xf32>, tensor<1x10xf32>
  }
}
