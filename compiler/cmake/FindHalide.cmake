# Finds the Halide that the PyPI wheel carries, without its CMake package, which
# wants Python's development files. Defines the imported target Halide::Halide.
#
# Looked for in the build folder's virtual environment first, then wherever
# Halide_ROOT says.

file(GLOB _halide_wheels
  "${CMAKE_BINARY_DIR}/venv/lib/python3*/site-packages/halide")
find_path(Halide_INCLUDE_DIR Halide.h HINTS ${_halide_wheels} ${Halide_ROOT}
  PATH_SUFFIXES include)
find_library(Halide_LIBRARY Halide HINTS ${_halide_wheels} ${Halide_ROOT}
  PATH_SUFFIXES lib64 lib)

if(Halide_INCLUDE_DIR)
  set(Halide_VERSION "")
  foreach(part MAJOR MINOR PATCH)
    file(STRINGS "${Halide_INCLUDE_DIR}/Halide.h" _halide_line LIMIT_COUNT 1
      REGEX "^#define HALIDE_VERSION_${part} [0-9]+")
    string(REGEX MATCH "[0-9]+$" _halide_number "${_halide_line}")
    list(APPEND Halide_VERSION "${_halide_number}")
  endforeach()
  list(JOIN Halide_VERSION "." Halide_VERSION)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Halide
  REQUIRED_VARS Halide_LIBRARY Halide_INCLUDE_DIR
  VERSION_VAR Halide_VERSION
  REASON_FAILURE_MESSAGE "pip install halide==21.0.0, or set Halide_ROOT")

if(Halide_FOUND AND NOT TARGET Halide::Halide)
  add_library(Halide::Halide SHARED IMPORTED)
  set_target_properties(Halide::Halide PROPERTIES
    IMPORTED_LOCATION "${Halide_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${Halide_INCLUDE_DIR}")
endif()
