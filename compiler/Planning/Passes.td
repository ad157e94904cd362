//===- Passes.td - Planning passes -*- tablegen -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_PLANNING_PASSES_TD
#define MOBILEONE_PLANNING_PASSES_TD

include "mlir/Pass/PassBase.td"

def FormKernels : Pass<"form-kernels", "::mlir::func::FuncOp"> {
  let summary = "Group operations into the kernels that compute them";
  let description = [{
    Moves every operation of the inference form into a `mobileone.kernel`:

    - an image is read by the convolution that follows (the stem);
    - a depthwise convolution and the pointwise one that alone reads it are one
      kernel;
    - sums over rows are taken by the convolution that makes the rows;
    - a scale by a gate is repeated in every kernel that reads it, so that
      scaled activations never reach memory;
    - a pool and the linear layer that alone reads it are one kernel.

    ```mlir
    %d = mobileone.conv %x ... {groups = 16}
    %p = mobileone.conv %d ... {kernel = 1}
    ```
    becomes
    ```mlir
    %p = mobileone.kernel "stage1_0_stage1_1" (%x) {
    ^bb0(%a: tensor<...>):
      %d = mobileone.conv %a ... {groups = 16}
      %r = mobileone.conv %d ... {kernel = 1}
      mobileone.yield %r : tensor<...>
    } : (tensor<...>) -> tensor<...>
    ```
  }];
  let options = [
    Option<"fuse", "fuse", "bool", "true",
           "Put several operations into a kernel; off: one each">
  ];
  let dependentDialects = ["::mobileone::MobileOneDialect"];
}

def ChooseAccumulators : Pass<"choose-accumulators", "::mlir::ModuleOp"> {
  let summary = "Add up in half precision where that is accurate enough";
  let description = [{
    For machines with arithmetic in half precision. Measures each layer that
    multiplies halves by halves: sums of random windows, like activations after a
    ReLU, are made in half precision in the order of kernels, with the layer's
    weights, and compared with exact ones. Errors of layers are independent, so
    their squares add up; layers become `accumulator = f16`, those first that
    save the most multiply-adds for their error, as long as the whole stays
    within `bound`, relative to the root mean square of the values. The rest adds
    up in f32.

    ```mlir
    %1 = mobileone.conv %0 ... {filter_type = f16, ...}
    ```
    becomes
    ```mlir
    %1 = mobileone.conv %0 ... {accumulator = f16, filter_type = f16, ...}
    ```
  }];
  // See createChooseAccumulatorsPass.
  let constructor = "nullptr";
  let options = [
    Option<"bound", "bound", "double", "1e-2",
           "Largest error of the network, as an estimate">
  ];
}

def SelectSchedules : Pass<"select-schedules", "::mlir::ModuleOp"> {
  let summary = "Choose a schedule for every kernel";
  let description = [{
    Asks the schedules of the target's family which one serves a kernel, and
    writes its name and what it decided into the kernel:

    ```mlir
    %1 = mobileone.kernel "stage1_0" (%0) { ... }
    ```
    becomes
    ```mlir
    %1 = mobileone.kernel "stage1_0" (%0) attributes {
        schedule = "x86.conv", parameters = {panel = 32}} { ... }
    ```

    The module remembers the target: `mobileone.target`. Where there is a record
    of tuning for the kernel, its parameters go to the schedule, and the kernel is
    `tuned`.
  }];
  // With records: createSelectSchedulesPass.
  let options = [
    Option<"target", "target", "std::string", [{"x86-64-v3"}],
           "Device to plan for">,
    Option<"family", "family", "std::string", [{""}],
           "Family of schedules instead of the target's own, e.g. generic">
  ];
  let dependentDialects = ["::mobileone::MobileOneDialect"];
}

def PackWeights : Pass<"pack-weights", "::mlir::ModuleOp"> {
  let summary = "Lay weights out as the kernels read them";
  let description = [{
    Rounds weights to f32 or to their `filter_type`, lays each out as its kernel's schedule wants it, and
    writes where they lie into the kernels. The blob lives outside of the IR; one
    is shared by all targets of a library.

    ```mlir
    %1 = mobileone.kernel "stage1_0" (%0)
        attributes {schedule = "x86.conv", ...} { ... }
    ```
    becomes
    ```mlir
    %1 = mobileone.kernel "stage1_0" (%0)
        attributes {schedule = "x86.conv", weight_offsets = array<i64: 0, 4096>,
                    ...} { ... }
    ```
  }];
  // See createPackWeightsPass.
  let constructor = "nullptr";
}

def PlanArena : Pass<"plan-arena", "::mlir::ModuleOp"> {
  let summary = "Place activations in memory";
  let description = [{
    Gives every result of a kernel its border of zeros (`borders`) and its place
    in the arena (`offsets`; -1 for a result of the model, which goes into the
    caller's memory). The module remembers the arena's size:
    `mobileone.arena_bytes`. The algorithm is in ArenaPlanner.h.
  }];
  let options = [
    Option<"dump", "dump", "bool", "false", "Print the plan to stderr">
  ];
  let dependentDialects = ["::mobileone::MobileOneDialect"];
}

def VerifyPlannedForm : Pass<"verify-planned-form", "::mlir::ModuleOp"> {
  let summary = "Check what code generation relies on";
  let description = [{
    Every operation of a function is a kernel with a schedule that serves it,
    offsets of weights, and memory; no two values that are alive at the same
    time share memory; every result of the model comes from a kernel of its own.
  }];
}

#endif // MOBILEONE_PLANNING_PASSES_TD
