//===- DeviceKernels.cpp - Kernels to code for GPUs -----------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/Gpu/DeviceKernels.h"

#include "compiler/Codegen/ChildProcesses.h"
#include "compiler/Codegen/Gpu/LaunchReader.h"
#include "compiler/Codegen/HalideErrors.h"
#include "schedules/HalideKernel.h"

#include "nlohmann/json.hpp"

#include <cctype>
#include <cstring>
#include <fstream>
#include <map>
#include <stdexcept>

using namespace mobileone;
using Json = nlohmann::json;

static bool isInName(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '$';
}

/// Gives entries their new names wherever they are in `code`; the names of
/// PTX's parameters begin with them.
static std::string
renameEntries(const std::string &code,
              const std::map<std::string, std::string> &names) {
  std::string renamed;
  for (size_t i = 0; i < code.size();) {
    size_t end = i;
    while (end < code.size() && isInName(code[end]))
      ++end;
    if (end == i) {
      renamed += code[i++];
      continue;
    }
    std::string word = code.substr(i, end - i);
    std::string entry = word.substr(0, word.rfind("_param_"));
    auto found = names.find(entry);
    renamed +=
        found == names.end() ? word : found->second + word.substr(entry.size());
    i = end;
  }
  return renamed;
}

/// The kernel's buffers in the order of its operands.
static std::vector<std::string>
bufferNames(const schedules::HalideKernel &kernel) {
  std::vector<std::string> names;
  for (const Halide::Argument &argument : kernel.arguments)
    names.push_back(argument.name);
  for (const Halide::Func &output : kernel.pipeline.outputs())
    names.push_back(output.name());
  return names;
}

DeviceKernel mobileone::compileDeviceKernel(const KernelJob &job) {
  schedules::HalideKernel kernel;
  job.schedule->build(job.request, job.layout, kernel);
  Halide::Target target(job.request.machine.halideTarget +
                        "-no_runtime-no_asserts-no_bounds_query");
  Halide::Module module = kernel.pipeline.compile_to_module(
      kernel.arguments, job.symbol, target, Halide::LinkageType::External);
  DeviceKernel result;
  result.launches = readLaunches(module, bufferNames(kernel));
  std::map<std::string, std::string> names;
  for (Launch &launch : result.launches) {
    std::string name = job.symbol + "_" + std::to_string(names.size());
    names[launch.entry] = name;
    launch.entry = name;
  }
  result.code = renameEntries(readDeviceCode(module), names);
  return result;
}

static Json toJson(const DeviceKernel &kernel) {
  Json launches = Json::array();
  for (const Launch &launch : kernel.launches) {
    Json arguments = Json::array();
    for (const mobileone_launch_argument &argument : launch.arguments)
      arguments.push_back({argument.operand, argument.bytes, argument.value});
    launches.push_back({{"entry", launch.entry},
                        {"grid", launch.grid},
                        {"block", launch.block},
                        {"shared_bytes", launch.sharedBytes},
                        {"arguments", std::move(arguments)}});
  }
  return {{"code", kernel.code}, {"launches", std::move(launches)}};
}

static DeviceKernel fromJson(const Json &json) {
  DeviceKernel kernel;
  kernel.code = json["code"];
  for (const Json &each : json["launches"]) {
    Launch launch;
    launch.entry = each["entry"];
    launch.grid = each["grid"];
    launch.block = each["block"];
    launch.sharedBytes = each["shared_bytes"];
    for (const Json &argument : each["arguments"])
      launch.arguments.push_back({argument[0], argument[1], argument[2]});
    kernel.launches.push_back(std::move(launch));
  }
  return kernel;
}

/// In a child: the result goes through the file `path`.
static std::string writeDeviceKernel(const KernelJob &job,
                                     const std::string &path) {
  return withHalideErrors([&] {
    std::ofstream file(path);
    file << toJson(compileDeviceKernel(job));
    file.close();
    if (!file)
      throw std::runtime_error("the code cannot be written");
  });
}

std::optional<std::vector<DeviceKernel>> mobileone::compileDeviceKernels(
    const std::vector<KernelJob> &jobs, unsigned parallel,
    const KernelProgress &progress, DiagnosticList &diagnostics) {
  std::vector<ChildTask> tasks;
  for (const KernelJob &job : jobs)
    tasks.push_back([&job](const std::string &path) {
      return writeDeviceKernel(job, path);
    });
  std::vector<std::string> texts;
  if (!collectKernels(jobs, runInChildren(tasks, parallel, progress), texts,
                      diagnostics))
    return std::nullopt;
  std::vector<DeviceKernel> kernels;
  for (const std::string &text : texts)
    kernels.push_back(fromJson(Json::parse(text)));
  return kernels;
}

/// Of OpenCL C what goes before the first kernel, of PTX the directives about
/// the module: the same for every kernel, but for extensions.
static size_t endOfPreamble(const std::string &code) {
  for (const char *start :
       {".address_size 64\n", "_at_least_one_kernel(int x) { }\n"})
    if (size_t found = code.find(start); found != std::string::npos)
      return found + std::strlen(start);
  throw std::runtime_error("device code of another form");
}

std::string mobileone::joinDeviceCode(const std::vector<std::string> &codes) {
  std::string joined;
  for (const std::string &code : codes) {
    size_t body = endOfPreamble(code);
    joined += joined.empty() ? code : code.substr(body);
  }
  return joined;
}
