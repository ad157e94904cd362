# Helpers for this project's CMakeLists.

if(NOT CMAKE_CXX_COMPILER_LAUNCHER)
  find_program(CCACHE_PROGRAM ccache)
  if(CCACHE_PROGRAM)
    set(CMAKE_C_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
    set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
  endif()
endif()

# mobileone_add_library(NAME SOURCES... [LINK LIBRARIES...])
#
# A static library of the compiler. Include paths start at the repository's root
# and, for generated files, at the build folder's.
function(mobileone_add_library name)
  cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
  add_library(${name} STATIC ${ARG_UNPARSED_ARGUMENTS})
  target_include_directories(${name} PUBLIC
    "${PROJECT_SOURCE_DIR}" "${PROJECT_BINARY_DIR}")
  target_compile_options(${name} PRIVATE -Wall -Wextra -Wno-unused-parameter)
  target_link_libraries(${name} PUBLIC ${ARG_LINK})
endfunction()

# LLVM's and MLIR's headers and their shared libraries.
add_library(MobileOneLLVM INTERFACE)
add_library(MobileOneMLIR INTERFACE)

function(mobileone_configure_llvm)
  target_include_directories(MobileOneLLVM SYSTEM INTERFACE ${LLVM_INCLUDE_DIRS})
  separate_arguments(definitions NATIVE_COMMAND "${LLVM_DEFINITIONS}")
  target_compile_definitions(MobileOneLLVM INTERFACE ${definitions})
  target_link_libraries(MobileOneLLVM INTERFACE LLVM)
  target_include_directories(MobileOneMLIR SYSTEM INTERFACE ${MLIR_INCLUDE_DIRS})
  target_link_libraries(MobileOneMLIR INTERFACE MobileOneLLVM MLIR)
endfunction()

# mobileone_add_unit_test(NAME SOURCES... [LINK LIBRARIES...])
#
# A GoogleTest program; lit finds it by its name, which ends in Tests.
function(mobileone_add_unit_test name)
  cmake_parse_arguments(ARG "" "" "LINK" ${ARGN})
  add_executable(${name} ${ARG_UNPARSED_ARGUMENTS})
  target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}")
  target_link_libraries(${name} PRIVATE ${ARG_LINK}
    GTest::gtest GTest::gmock GTest::gtest_main)
  set_target_properties(${name} PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/test/unit")
  add_dependencies(mobileone-tests ${name})
endfunction()
