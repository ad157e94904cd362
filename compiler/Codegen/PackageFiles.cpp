//===- PackageFiles.cpp - How build systems find a model ------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/PackageFiles.h"

#include "runtime/include/mobileone/model_abi.h"

#include "fmt/format.h"
#include "llvm/TargetParser/Triple.h"

using namespace mobileone;

std::string mobileone::printCMakeConfig(const std::string &name) {
  constexpr const char *text = R"(# find_package({0} CONFIG PATHS <this folder>)
# target_link_libraries(app PRIVATE mobileone::{0})
#
# The runtime comes from its own package, mobileone_runtime: installed, on
# CMAKE_PREFIX_PATH, or part of the same build.
include(CMakeFindDependencyMacro)
if(TARGET mobileone_runtime)
  set(_{0}_runtime mobileone_runtime)
else()
  find_dependency(mobileone_runtime CONFIG)
  set(_{0}_runtime mobileone::mobileone_runtime)
endif()

if(NOT TARGET mobileone::{0})
  add_library(mobileone::{0} STATIC IMPORTED)
  set_target_properties(mobileone::{0} PROPERTIES
    IMPORTED_LOCATION "${{CMAKE_CURRENT_LIST_DIR}}/lib{0}.a"
    INTERFACE_INCLUDE_DIRECTORIES "${{CMAKE_CURRENT_LIST_DIR}}"
    INTERFACE_LINK_LIBRARIES "${{_{0}_runtime}};m")
endif()
unset(_{0}_runtime)
)";
  return fmt::format(fmt::runtime(text), name);
}

std::string mobileone::printPkgConfig(const std::string &name,
                                      const std::string &version,
                                      const Target &target) {
  constexpr const char *text =
      R"(# Compile with --cflags, link with --libs; the runtime
# (libmobileone_runtime.a, mobileone/*.h) must be on the compiler's paths.
folder=${{pcfiledir}}

Name: {0}
Description: {0}, a network compiled by mobileonec
Version: {1}
Cflags: -I${{folder}}
Libs: ${{folder}}/lib{0}.a -lmobileone_runtime{2}
)";
  std::string libraries = systemLibraries(target);
  return fmt::format(fmt::runtime(text), name, version,
                     (libraries.empty() ? "" : " ") + libraries);
}

std::string mobileone::systemLibraries(const Target &target) {
  if (llvm::Triple(target.triple).isOSDarwin())
    return "";
  return target.level == MOBILEONE_LEVEL_CUDA ? "-ldl -lm -pthread"
                                              : "-lm -pthread";
}
