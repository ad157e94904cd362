# add_subdirectory(<this folder> @PACKAGE@) from the CMakeLists.txt of an app's
# native code gives the targets mobileone::<model>: @MODELS@.
# Each brings its header and the runtime along, which the app's NDK compiles.
cmake_minimum_required(VERSION 3.16)
project(@PACKAGE@ LANGUAGES C CXX)

set(abis @ABIS@)
if(NOT ANDROID_ABI IN_LIST abis)
  message(FATAL_ERROR "@PACKAGE@ holds libraries for the ABIs ${abis}, not for "
    "'${ANDROID_ABI}': choose them with abiFilters in build.gradle")
endif()
if(ANDROID_PLATFORM_LEVEL AND ANDROID_PLATFORM_LEVEL LESS @LEVEL@)
  message(FATAL_ERROR "@PACKAGE@ needs API level @LEVEL@, not "
    "${ANDROID_PLATFORM_LEVEL}: raise minSdk in build.gradle")
endif()

if(NOT TARGET mobileone_runtime)
  add_subdirectory(runtime EXCLUDE_FROM_ALL)
endif()

foreach(model IN ITEMS @MODELS@)
  add_library(mobileone::${model} STATIC IMPORTED GLOBAL)
  set_target_properties(mobileone::${model} PROPERTIES
    IMPORTED_LOCATION
      "${CMAKE_CURRENT_SOURCE_DIR}/lib/${ANDROID_ABI}/lib${model}.a"
    INTERFACE_INCLUDE_DIRECTORIES
      "${CMAKE_CURRENT_SOURCE_DIR}/include/${ANDROID_ABI}"
    INTERFACE_LINK_LIBRARIES "mobileone_runtime;m")
endforeach()
