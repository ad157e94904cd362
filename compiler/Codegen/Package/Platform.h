//===- Platform.h - What a library was made for -----------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_CODEGEN_PACKAGE_PLATFORM_H
#define MOBILEONE_CODEGEN_PACKAGE_PLATFORM_H

#include <optional>
#include <string>

namespace mobileone {

/// What decides whether a static library links into a program.
struct Platform {
  enum class System { Linux, Android, IOS, IOSSimulator, MacOS };

  System system;
  std::string architecture; ///< "arm64" or "x86_64".
  /// The oldest operating system that it runs on: "14.0" of iOS and macOS, the
  /// API level of Android; empty for Linux.
  std::string minimumVersion;

  /// "linux-x86_64", "android-arm64", "ios-arm64", "ios-arm64-simulator",
  /// "macos-arm64": names a folder, in the way of XCFrameworks.
  std::string identifier() const;

  bool isApple() const {
    return system == System::IOS || system == System::IOSSimulator ||
           system == System::MacOS;
  }
};

/// The platform of LLVM's `triple`, or nothing for one that no package serves.
std::optional<Platform> platformOfTriple(const std::string &triple);

} // namespace mobileone

#endif // MOBILEONE_CODEGEN_PACKAGE_PLATFORM_H
