//===- Target.h - Devices as data -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A device is a table of facts: one file that defines it, one line in Devices.h
// and in TargetList.cpp. Nothing else in the compiler knows a device by name.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TARGET_TARGET_H
#define MOBILEONE_TARGET_TARGET_H

#include "compiler/Support/Diagnostics.h"
#include "schedules/KernelRequest.h"

#include <cstdint>
#include <string>
#include <vector>

namespace mobileone {

struct Target {
  std::string name;        ///< "x86-64-v4": what `--target` takes.
  std::string description; ///< One line for `mobileonec targets`.
  /// LLVM's: "x86_64-unknown-linux-gnu"; of a GPU that of its machine.
  std::string triple;
  std::string cpu;      ///< LLVM's `target-cpu`.
  std::string features; ///< LLVM's `target-features`, on top of the cpu's.
  /// LLVM's `prefer-vector-width` in bits.
  unsigned vectorBits = 128;
  /// The runtime's mobileone_level: when a program may be chosen at load.
  uint32_t level = 0;
  /// LLVM's names of the features that a machine must have to run its code;
  /// where none are named, the runtime finds out.
  std::vector<std::string> neededFeatures;
  /// A GPU's compute capability, major * 10 + minor; 0 elsewhere.
  uint32_t capability = 0;
  /// For tests: on no list that users see.
  bool isHidden = false;
  /// What schedules see; `machine.halideTarget` is Halide's target.
  schedules::Machine machine;
};

/// Every device, best level of an architecture last.
const std::vector<Target> &allTargets();

/// The device called `name`; "host" is the best one that this machine runs.
/// Null after reporting an Unsupported error that suggests a name.
const Target *findTarget(const std::string &name, DiagnosticList &diagnostics);

/// Whether `target` is a GPU. The runtime's code and the tables of a library
/// are for the processor beside it.
bool isGpu(const Target &target);

/// Whether both run one program, in forms for each: GPUs of one maker.
bool shareProgram(const Target &one, const Target &other);

/// Those of `targets` that a library has programs for: of those that share one
/// the first.
std::vector<const Target *>
programTargets(const std::vector<const Target *> &targets);

/// The devices of a comma-separated list, best level first, the oldest GPU
/// first, each once, and fit for one library: GPUs go with the machines that
/// the others are. Empty after errors.
std::vector<const Target *> findTargets(const std::string &list,
                                        DiagnosticList &diagnostics);

/// `target` for iOS `version`, "15.0", and later; others as they are. Null
/// after a Usage error: that is no version, or one before arm64 was alone.
const Target *withMinimumIos(const Target &target, const std::string &version,
                             DiagnosticList &diagnostics);

/// Whether `target` is for iOS, its simulator included.
bool isForIos(const Target &target);

/// Whether code for all of `targets` can go into one library, which has one
/// triple; reports Unsupported if not.
bool fitOneLibrary(const std::vector<const Target *> &targets,
                   DiagnosticList &diagnostics);

/// Whether this machine, CPU and operating system, runs code for `target`; of
/// a GPU what the processor beside it does.
bool runsOnHost(const Target &target);

/// Whether `target` is for a machine of this architecture and system which has
/// instructions that this one lacks.
bool exceedsHost(const Target &target);

/// The best device that this machine runs, no GPU, or null.
const Target *hostTarget();

} // namespace mobileone

#endif // MOBILEONE_TARGET_TARGET_H
