//===- OpenClProgram.cpp - Kernels in OpenCL C ----------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "OpenClProgram.h"

#include <cstdlib>

#if __has_include(<CL/cl.h>)

#define CL_TARGET_OPENCL_VERSION 200
#include <CL/cl.h>
#include <dlfcn.h>
#include <map>

using namespace mobileone::standin;

// The library is loaded at run time, so that the stand-in builds and works, but
// for running kernels, where there is none.
#define OPENCL_FUNCTIONS(FUNCTION)                                             \
  FUNCTION(clGetPlatformIDs)                                                   \
  FUNCTION(clGetDeviceIDs)                                                     \
  FUNCTION(clGetDeviceInfo)                                                    \
  FUNCTION(clCreateContext)                                                    \
  FUNCTION(clCreateCommandQueueWithProperties)                                 \
  FUNCTION(clSVMAlloc)                                                         \
  FUNCTION(clSVMFree)                                                          \
  FUNCTION(clCreateProgramWithSource)                                          \
  FUNCTION(clBuildProgram)                                                     \
  FUNCTION(clGetProgramBuildInfo)                                              \
  FUNCTION(clCreateKernel)                                                     \
  FUNCTION(clGetKernelInfo)                                                    \
  FUNCTION(clGetKernelArgInfo)                                                 \
  FUNCTION(clSetKernelArg)                                                     \
  FUNCTION(clSetKernelArgSVMPointer)                                           \
  FUNCTION(clEnqueueNDRangeKernel)                                             \
  FUNCTION(clFinish)

namespace {

struct Platform {
#define OPENCL_FIELD(name) decltype(&::name) name = nullptr;
  OPENCL_FUNCTIONS(OPENCL_FIELD)
  cl_device_id device = nullptr;
  cl_context context = nullptr;
  cl_command_queue queue = nullptr;

  Platform() {
    void *library = dlopen("libOpenCL.so.1", RTLD_NOW | RTLD_LOCAL);
    if (!library)
      return;
#define OPENCL_LOAD(name)                                                      \
  name = reinterpret_cast<decltype(name)>(dlsym(library, #name));              \
  if (!name)                                                                   \
    return;
    OPENCL_FUNCTIONS(OPENCL_LOAD)
    findDevice();
    if (!device)
      return;
    context = clCreateContext(nullptr, 1, &device, nullptr, nullptr, nullptr);
    queue =
        clCreateCommandQueueWithProperties(context, device, nullptr, nullptr);
  }

  /// A CPU that shares memory with its host.
  void findDevice() {
    cl_platform_id platforms[8];
    cl_uint count = 0;
    if (clGetPlatformIDs(8, platforms, &count) != CL_SUCCESS)
      return;
    for (cl_uint i = 0; i < count && i < 8 && !device; ++i) {
      cl_device_id found;
      cl_device_svm_capabilities svm = 0;
      if (clGetDeviceIDs(platforms[i], CL_DEVICE_TYPE_CPU, 1, &found,
                         nullptr) == CL_SUCCESS &&
          clGetDeviceInfo(found, CL_DEVICE_SVM_CAPABILITIES, sizeof(svm), &svm,
                          nullptr) == CL_SUCCESS &&
          (svm & CL_DEVICE_SVM_COARSE_GRAIN_BUFFER))
        device = found;
    }
  }
};

Platform &platform() {
  // Never destroyed: PoCL's threads live to the end of the process.
  static Platform &instance = *new Platform;
  return instance;
}

/// Bytes of a number's type, "int" or a pointer's.
size_t bytesOfType(const std::string &name) {
  static const std::map<std::string, size_t> sizes = {
      {"char", 1}, {"uchar", 1}, {"short", 2}, {"ushort", 2},
      {"half", 2}, {"int", 4},   {"uint", 4},  {"float", 4},
      {"long", 8}, {"ulong", 8}, {"double", 8}};
  auto size = sizes.find(name);
  return size == sizes.end() ? 0 : size->second;
}

class Kernel : public OpenClKernel {
public:
  explicit Kernel(cl_kernel kernel) : kernel(kernel) {
    cl_uint count = 0;
    platform().clGetKernelInfo(kernel, CL_KERNEL_NUM_ARGS, sizeof(count),
                               &count, nullptr);
    for (cl_uint i = 0; i < count; ++i)
      describe(i);
  }

  size_t argumentCount() const override {
    size_t count = 0;
    for (const Parameter &parameter : parameters)
      count += !parameter.isLocal;
    return count;
  }

  std::string run(const unsigned grid[3], const unsigned block[3],
                  unsigned sharedBytes,
                  const KernelArguments &arguments) override {
    Platform &cl = platform();
    size_t next = 0;
    for (cl_uint i = 0; i < parameters.size(); ++i) {
      const Parameter &parameter = parameters[i];
      cl_int result;
      if (parameter.isLocal)
        result = cl.clSetKernelArg(kernel, i, sharedBytes ? sharedBytes : 1,
                                   nullptr);
      else if (parameter.isAddress)
        result = cl.clSetKernelArgSVMPointer(
            kernel, i, reinterpret_cast<void *>(arguments[next++]));
      else
        result =
            cl.clSetKernelArg(kernel, i, parameter.bytes, &arguments[next++]);
      if (result != CL_SUCCESS)
        return "argument " + std::to_string(i) + " of a kernel: OpenCL error " +
               std::to_string(result);
    }
    size_t global[3], local[3];
    for (int d = 0; d < 3; ++d) {
      local[d] = block[d];
      global[d] = size_t(grid[d]) * block[d];
    }
    cl_int result = cl.clEnqueueNDRangeKernel(
        cl.queue, kernel, 3, nullptr, global, local, 0, nullptr, nullptr);
    if (result == CL_SUCCESS)
      result = cl.clFinish(cl.queue);
    return result == CL_SUCCESS
               ? ""
               : "a launch: OpenCL error " + std::to_string(result);
  }

private:
  struct Parameter {
    bool isLocal, isAddress;
    size_t bytes;
  };

  void describe(cl_uint index) {
    Platform &cl = platform();
    cl_kernel_arg_address_qualifier space = CL_KERNEL_ARG_ADDRESS_PRIVATE;
    cl.clGetKernelArgInfo(kernel, index, CL_KERNEL_ARG_ADDRESS_QUALIFIER,
                          sizeof(space), &space, nullptr);
    char type[64] = "";
    cl.clGetKernelArgInfo(kernel, index, CL_KERNEL_ARG_TYPE_NAME, sizeof(type),
                          type, nullptr);
    parameters.push_back({space == CL_KERNEL_ARG_ADDRESS_LOCAL,
                          space == CL_KERNEL_ARG_ADDRESS_GLOBAL ||
                              space == CL_KERNEL_ARG_ADDRESS_CONSTANT,
                          bytesOfType(type)});
  }

  cl_kernel kernel;
  std::vector<Parameter> parameters;
};

class Program : public OpenClProgram {
public:
  explicit Program(cl_program program) : program(program) {}

  OpenClKernel *kernel(const std::string &name) override {
    std::unique_ptr<Kernel> &known = kernels[name];
    cl_int result = CL_SUCCESS;
    if (!known) {
      cl_kernel kernel =
          platform().clCreateKernel(program, name.c_str(), &result);
      if (result == CL_SUCCESS)
        known = std::make_unique<Kernel>(kernel);
    }
    return known.get();
  }

private:
  cl_program program;
  std::map<std::string, std::unique_ptr<Kernel>> kernels;
};

} // namespace

bool mobileone::standin::hasOpenClPlatform() {
  return platform().queue != nullptr;
}

void *mobileone::standin::allocateShared(size_t bytes) {
  if (!hasOpenClPlatform())
    return std::aligned_alloc(256, (bytes + 255) / 256 * 256);
  return platform().clSVMAlloc(platform().context, CL_MEM_READ_WRITE, bytes,
                               128);
}

void mobileone::standin::freeShared(void *memory) {
  if (hasOpenClPlatform())
    platform().clSVMFree(platform().context, memory);
  else
    std::free(memory);
}

OpenClProgram *mobileone::standin::buildOpenCl(const char *source,
                                               std::string &log) {
  static auto &programs = *new std::map<std::string, Program>;
  auto known = programs.find(source);
  if (known != programs.end())
    return &known->second;
  Platform &cl = platform();
  cl_int result;
  cl_program program =
      cl.clCreateProgramWithSource(cl.context, 1, &source, nullptr, &result);
  if (result != CL_SUCCESS) {
    log = "OpenCL error " + std::to_string(result);
    return nullptr;
  }
  // Halide's OpenCL code asks by these names how much constant memory it may
  // use.
  result =
      cl.clBuildProgram(program, 1, &cl.device,
                        "-cl-kernel-arg-info -D MAX_CONSTANT_BUFFER_SIZE=0 "
                        "-D MAX_CONSTANT_ARGS=0",
                        nullptr, nullptr);
  if (result == CL_SUCCESS)
    return &programs.emplace(source, Program(program)).first->second;
  size_t bytes = 0;
  cl.clGetProgramBuildInfo(program, cl.device, CL_PROGRAM_BUILD_LOG, 0, nullptr,
                           &bytes);
  log.resize(bytes);
  cl.clGetProgramBuildInfo(program, cl.device, CL_PROGRAM_BUILD_LOG, bytes,
                           log.data(), nullptr);
  return nullptr;
}

#else

using namespace mobileone::standin;

bool mobileone::standin::hasOpenClPlatform() { return false; }

void *mobileone::standin::allocateShared(size_t bytes) {
  return std::aligned_alloc(256, (bytes + 255) / 256 * 256);
}

void mobileone::standin::freeShared(void *memory) { std::free(memory); }

std::unique_ptr<OpenClProgram> mobileone::standin::buildOpenCl(const char *,
                                                               std::string &) {
  return nullptr;
}

#endif
