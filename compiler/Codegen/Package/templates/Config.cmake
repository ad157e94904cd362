# find_package(@PACKAGE@ CONFIG), with this package's folder on CMAKE_PREFIX_PATH,
# gives the targets @TARGETS@.
# Each brings its header and the runtime, mobileone::mobileone_runtime, along.
set(_@PACKAGE@_platforms @PLATFORMS@)

# What this project is built for, under the names that the folders have.
set(_@PACKAGE@_processor "${CMAKE_SYSTEM_PROCESSOR}")
if(APPLE AND CMAKE_OSX_ARCHITECTURES)
  set(_@PACKAGE@_processor "${CMAKE_OSX_ARCHITECTURES}")
endif()
if(_@PACKAGE@_processor MATCHES "^(aarch64|arm64|ARM64)$")
  set(_@PACKAGE@_processor arm64)
elseif(_@PACKAGE@_processor MATCHES "^(x86_64|AMD64|amd64)$")
  set(_@PACKAGE@_processor x86_64)
endif()
string(TOLOWER "${CMAKE_SYSTEM_NAME}-${_@PACKAGE@_processor}" _@PACKAGE@_platform)
string(REPLACE "darwin-" "macos-" _@PACKAGE@_platform "${_@PACKAGE@_platform}")
if(CMAKE_SYSTEM_NAME STREQUAL "iOS" AND CMAKE_OSX_SYSROOT MATCHES "[Ss]imulator")
  string(APPEND _@PACKAGE@_platform "-simulator")
endif()
if(NOT _@PACKAGE@_platform IN_LIST _@PACKAGE@_platforms)
  set(@PACKAGE@_FOUND FALSE)
  set(@PACKAGE@_NOT_FOUND_MESSAGE
    "@PACKAGE@ holds libraries for ${_@PACKAGE@_platforms}, not for ${_@PACKAGE@_platform}")
  return()
endif()

# The runtime is compiled with this project's compiler, and so fits its system;
# packages share it.
get_filename_component(_@PACKAGE@_root "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
if(NOT TARGET mobileone::mobileone_runtime)
  if(NOT TARGET mobileone_runtime)
    if(NOT CMAKE_CXX_COMPILER_LOADED)
      enable_language(CXX)
    endif()
    add_subdirectory("${_@PACKAGE@_root}/runtime"
      "${CMAKE_BINARY_DIR}/mobileone_runtime" EXCLUDE_FROM_ALL)
  endif()
  add_library(mobileone::mobileone_runtime ALIAS mobileone_runtime)
endif()

foreach(_@PACKAGE@_model IN ITEMS @MODELS@)
  if(NOT TARGET mobileone::${_@PACKAGE@_model})
    add_library(mobileone::${_@PACKAGE@_model} STATIC IMPORTED)
    set_target_properties(mobileone::${_@PACKAGE@_model} PROPERTIES
      IMPORTED_LOCATION
        "${_@PACKAGE@_root}/lib/${_@PACKAGE@_platform}/lib${_@PACKAGE@_model}.a"
      INTERFACE_INCLUDE_DIRECTORIES
        "${_@PACKAGE@_root}/include/${_@PACKAGE@_platform}"
      INTERFACE_LINK_LIBRARIES "mobileone::mobileone_runtime;m")
  endif()
  set(@PACKAGE@_${_@PACKAGE@_model}_FOUND TRUE)
  # For the app to map, where the model has its weights in a file.
  set(@PACKAGE@_${_@PACKAGE@_model}_WEIGHTS_FILE
    "${_@PACKAGE@_root}/weights/${_@PACKAGE@_platform}/${_@PACKAGE@_model}.weights.bin")
  if(NOT EXISTS "${@PACKAGE@_${_@PACKAGE@_model}_WEIGHTS_FILE}")
    unset(@PACKAGE@_${_@PACKAGE@_model}_WEIGHTS_FILE)
  endif()
endforeach()

foreach(_@PACKAGE@_model IN LISTS @PACKAGE@_FIND_COMPONENTS)
  if(@PACKAGE@_FIND_REQUIRED_${_@PACKAGE@_model} AND NOT @PACKAGE@_${_@PACKAGE@_model}_FOUND)
    set(@PACKAGE@_FOUND FALSE)
    set(@PACKAGE@_NOT_FOUND_MESSAGE "@PACKAGE@ holds no model ${_@PACKAGE@_model}")
  endif()
endforeach()
