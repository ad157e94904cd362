//===- Platform.cpp - What a library was made for -------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/Package/Platform.h"

#include "llvm/TargetParser/Triple.h"

using namespace mobileone;
using System = Platform::System;

std::string Platform::identifier() const {
  switch (system) {
  case System::Linux:
    return "linux-" + architecture;
  case System::Android:
    return "android-" + architecture;
  case System::IOS:
    return "ios-" + architecture;
  case System::IOSSimulator:
    return "ios-" + architecture + "-simulator";
  case System::MacOS:
    return "macos-" + architecture;
  }
  return "";
}

static std::optional<System> systemOf(const llvm::Triple &triple) {
  if (triple.isAndroid())
    return System::Android;
  if (triple.isOSLinux())
    return System::Linux;
  if (triple.isMacOSX())
    return System::MacOS;
  if (triple.getOS() == llvm::Triple::IOS)
    return triple.isSimulatorEnvironment() ? System::IOSSimulator : System::IOS;
  return std::nullopt;
}

/// "14.0": at least two numbers, as Apple's files have it.
static std::string appleVersion(const llvm::VersionTuple &version) {
  return llvm::VersionTuple(version.getMajor(), version.getMinor().value_or(0))
      .getAsString();
}

static std::string minimumVersion(const llvm::Triple &triple, System system) {
  llvm::VersionTuple version;
  switch (system) {
  case System::Linux:
    return "";
  case System::Android:
    return std::to_string(triple.getEnvironmentVersion().getMajor());
  case System::MacOS:
    triple.getMacOSXVersion(version);
    return appleVersion(version);
  case System::IOS:
  case System::IOSSimulator:
    return appleVersion(triple.getiOSVersion());
  }
  return "";
}

std::optional<Platform> mobileone::platformOfTriple(const std::string &text) {
  llvm::Triple triple(text);
  std::optional<System> system = systemOf(triple);
  bool isArm = triple.getArch() == llvm::Triple::aarch64;
  if (!system || (!isArm && triple.getArch() != llvm::Triple::x86_64))
    return std::nullopt;
  return Platform{*system, isArm ? "arm64" : "x86_64",
                  minimumVersion(triple, *system)};
}
