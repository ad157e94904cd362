// swift-tools-version:5.5
// @MODELS@, compiled by mobileonec @VERSION@.

import PackageDescription

let package = Package(
  name: "@PACKAGE@",
  platforms: [@PLATFORMS@],
  products: [
    .library(name: "@PACKAGE@Models", targets: ["@PACKAGE@Models"])
  ],
  targets: [
    // The compiled models and the headers in C.
    .binaryTarget(name: "@PACKAGE@Library", path: "@PACKAGE@Library.xcframework"),
    // The runtime, compiled with the app.
    .target(
      name: "@PACKAGE@Runtime",
      publicHeadersPath: "include",
      cxxSettings: [.headerSearchPath("runtime/include")],
      linkerSettings: [.linkedLibrary("c++")]
    ),
    // What apps import.
    .target(
      name: "@PACKAGE@Models",
      dependencies: ["@PACKAGE@Library", "@PACKAGE@Runtime"],
      resources: [@RESOURCES@]
    ),
  ],
  cxxLanguageStandard: .cxx17
)
