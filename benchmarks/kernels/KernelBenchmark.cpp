//===- KernelBenchmark.cpp - Times the kernels of networks ----------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Runs the kernels of a network one after another as a model would: weights of
// its own for every step in one block, activations in two alternating buffers,
// so that a kernel meets the caches as it does in a model. Each kernel's time
// is its best over all runs, next to the peak measured in between.
//
//   kernel-benchmark benchmarks/shapes/mobileone_s0.txt --machine x86-64-v4
//
//===----------------------------------------------------------------------===//

#include "CompiledKernel.h"
#include "Peak.h"
#include "Shapes.h"

#include "HalideRuntime.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sched.h>

using namespace mobileone::schedules;

namespace {

struct Options {
  std::vector<std::string> shapes;
  std::string machine = "x86-64-v4", folder, json;
  std::vector<std::string> parameters;
  int runs = 100, core = -1;
};

/// 2 MiB aligned memory filled with small numbers.
float *allocate(size_t bytes) {
  size_t page = size_t(2) << 20;
  void *memory = std::aligned_alloc(page, (bytes + page) / page * page);
  std::fill_n(static_cast<float *>(memory), bytes / 4, 0.01f);
  return static_cast<float *>(memory);
}

size_t floatsOf(const Operand &operand) {
  size_t last = 0;
  int b = operand.border;
  last += size_t(operand.storedChannels) * operand.strides[0];
  last += size_t(operand.shape.width + 2 * b) * operand.strides[1];
  last += size_t(operand.shape.height + 2 * b) * operand.strides[2];
  return (last + 15) / 16 * 16;
}

/// An argument of a call, ready to be passed.
struct Argument {
  halide_buffer_t buffer = {};
  halide_dimension_t dimensions[3];
};

/// One tile's arguments.
struct Call {
  std::vector<Argument> arguments;
  std::vector<void *> pointers;
};

/// One step of the network.
struct Step {
  const CompiledKernel *kernel;
  int line;
  std::vector<Call> tiles;
  double best = 1e9;
  std::vector<double> times;
};

/// Where the operands of a step lie.
struct Memory {
  float *source, *target, *scratch, *weights;
};

Argument makeArgument(const Operand &operand, float *memory, int dimension,
                      int min, int extent, bool fromStart) {
  Argument argument;
  int extents[] = {operand.storedChannels, operand.shape.width,
                   operand.shape.height};
  int64_t first = int64_t(operand.border) *
                  (operand.strides[1] + int64_t(operand.strides[2]));
  for (int d = 0; d < 3; ++d) {
    argument.dimensions[d] = {0, extents[d], operand.strides[d], 0};
    if (d != dimension)
      continue;
    argument.dimensions[d].min = min;
    argument.dimensions[d].extent = std::min(extent, extents[d] - min);
    first += fromStart ? 0 : int64_t(min) * operand.strides[d];
  }
  bool isBytes = operand.type == ElementType::U8;
  argument.buffer.type =
      isBytes ? halide_type_of<uint8_t>() : halide_type_of<float>();
  argument.buffer.host =
      reinterpret_cast<uint8_t *>(memory) + first * (isBytes ? 1 : 4);
  argument.buffer.dimensions = 3;
  return argument;
}

Call makeCall(const CompiledKernel &kernel, Memory memory, int tile) {
  const KernelLayout &layout = kernel.layout;
  int dimension = layout.tileDimension, extent = layout.tileExtent;
  int min = dimension < 0 ? 0 : tile * extent;
  Call call;
  for (const Operand &operand : kernel.request.inputs) {
    call.arguments.push_back(
        makeArgument(operand, memory.source, -1, 0, 0, false));
    memory.source += floatsOf(operand);
  }
  for (const WeightPacking &packing : layout.weights) {
    call.arguments.push_back(
        makeArgument(packedOperand(packing), memory.weights, -1, 0, 0, false));
    memory.weights += floatsOf(packedOperand(packing));
  }
  for (const ScratchBuffer &scratch : layout.scratch) {
    bool follows = scratch.followsTile && dimension >= 0;
    call.arguments.push_back(makeArgument(scratch.operand, memory.scratch,
                                          follows ? dimension : -1, min, extent,
                                          true));
    memory.scratch += floatsOf(scratch.operand);
  }
  for (const KernelOutput &output : kernel.request.outputs) {
    call.arguments.push_back(makeArgument(output.operand, memory.target,
                                          dimension, min, extent, false));
    memory.target += floatsOf(output.operand);
  }
  return call;
}

void linkPointers(Call &call) {
  for (Argument &argument : call.arguments) {
    argument.buffer.dim = argument.dimensions;
    call.pointers.push_back(&argument.buffer);
  }
}

size_t weightFloats(const CompiledKernel &kernel) {
  size_t total = 0;
  for (const WeightPacking &packing : kernel.layout.weights)
    total += floatsOf(packedOperand(packing));
  return total;
}

/// All steps of the network with their memory.
std::vector<Step> makeSteps(const std::vector<ShapeLine> &lines,
                            const std::vector<CompiledKernel> &kernels) {
  size_t buffer = 0, scratch = 0, weights = 0;
  for (size_t i = 0; i < lines.size(); ++i) {
    size_t inputs = 0, outputs = 0, strips = 0;
    for (const Operand &operand : kernels[i].request.inputs)
      inputs += floatsOf(operand);
    for (const KernelOutput &output : kernels[i].request.outputs)
      outputs += floatsOf(output.operand);
    for (const ScratchBuffer &strip : kernels[i].layout.scratch)
      strips += floatsOf(strip.operand);
    buffer = std::max({buffer, inputs, outputs});
    scratch = std::max(scratch, strips);
    weights += lines[i].count * weightFloats(kernels[i]);
  }
  Memory memory = {allocate(buffer * 4), allocate(buffer * 4),
                   allocate(scratch * 4), allocate(weights * 4)};
  std::vector<Step> steps;
  for (size_t i = 0; i < lines.size(); ++i)
    for (int n = 0; n < lines[i].count; ++n) {
      Step step{&kernels[i], int(i), {}, 1e9, {}};
      for (int tile = 0; tile < kernels[i].layout.tileCount; ++tile)
        step.tiles.push_back(makeCall(kernels[i], memory, tile));
      memory.weights += weightFloats(kernels[i]);
      std::swap(memory.source, memory.target);
      steps.push_back(std::move(step));
    }
  for (Step &step : steps)
    for (Call &call : step.tiles)
      linkPointers(call);
  return steps;
}

double runStep(Step &step) {
  auto start = std::chrono::steady_clock::now();
  for (Call &call : step.tiles)
    step.kernel->function(call.pointers.data());
  std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
  return time.count();
}

struct Result {
  double peak = 0.0, total = 1e9; ///< Multiply-adds a second; seconds.
};

Result measure(std::vector<Step> &steps, int runs, int vectorBytes) {
  Result result;
  for (int run = 0; run < runs; ++run) {
    if (run % 5 == 0)
      result.peak = std::max(result.peak, measurePeak(vectorBytes));
    double total = 0.0;
    for (Step &step : steps) {
      double time = runStep(step);
      step.best = std::min(step.best, time);
      step.times.push_back(time);
      total += time;
    }
    result.total = std::min(result.total, total);
  }
  return result;
}

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + values.size() / 2,
                   values.end());
  return values[values.size() / 2];
}

nlohmann::json report(const std::string &path, const Options &options,
                      const std::vector<ShapeLine> &lines,
                      const std::vector<Step> &steps, const Result &result) {
  nlohmann::json json = {{"shapes", path},
                         {"machine", options.machine},
                         {"peak_gflops", result.peak * 2e-9},
                         {"kernels", nlohmann::json::array()}};
  fmt::print("{} {}: peak {:.1f} GFLOP/s\n", path, options.machine,
             result.peak * 2e-9);
  fmt::print("{:<44}{:>5}{:>6}{:>10}{:>10}{:>10}{:>7}\n", "kernel", "count",
             "tiles", "min us", "median us", "GFLOP/s", "% peak");
  double sum = 0.0, work = 0.0;
  for (size_t i = 0; i < lines.size(); ++i) {
    double best = 0.0, middle = 0.0;
    const CompiledKernel *kernel = nullptr;
    for (const Step &step : steps) {
      if (step.line != int(i))
        continue;
      kernel = step.kernel;
      best += step.best / lines[i].count;
      middle += median(step.times) / lines[i].count;
    }
    double adds = double(multiplyAdds(kernel->request));
    sum += best * lines[i].count;
    work += adds * lines[i].count;
    double rate = adds / best;
    fmt::print("{:<44}{:>5}{:>6}{:>10.1f}{:>10.1f}{:>10.1f}{:>7.1f}\n",
               lines[i].text, lines[i].count, kernel->layout.tileCount,
               best * 1e6, middle * 1e6, rate * 2e-9, 100 * rate / result.peak);
    json["kernels"].push_back({{"kernel", lines[i].text},
                               {"schedule", kernel->layout.schedule},
                               {"count", lines[i].count},
                               {"tiles", kernel->layout.tileCount},
                               {"min_us", best * 1e6},
                               {"median_us", middle * 1e6},
                               {"percent_of_peak", 100 * rate / result.peak}});
  }
  fmt::print("sum of minima {:.3f} ms, best run {:.3f} ms, floor {:.3f} ms: "
             "{:.1f}% of peak\n\n",
             sum * 1e3, result.total * 1e3, work / result.peak * 1e3,
             100 * work / result.peak / sum);
  json["sum_ms"] = sum * 1e3;
  json["best_run_ms"] = result.total * 1e3;
  json["floor_ms"] = work / result.peak * 1e3;
  return json;
}

std::map<std::string, int> parseParameters(const Options &options) {
  std::map<std::string, int> parameters;
  for (const std::string &text : options.parameters) {
    size_t equals = text.find('=');
    if (equals != std::string::npos)
      parameters[text.substr(0, equals)] = std::stoi(text.substr(equals + 1));
  }
  return parameters;
}

nlohmann::json benchmark(const std::string &path, const Options &options) {
  std::vector<ShapeLine> lines = readShapes(path, options.machine);
  std::vector<CompiledKernel> kernels;
  std::map<std::string, size_t> known;
  for (ShapeLine &line : lines) {
    line.request.parameters = parseParameters(options);
    size_t number = kernels.size();
    auto found = known.emplace(print(line.request), number);
    // The loader knows libraries by their paths.
    std::string name = std::filesystem::path(path).stem().string() + "_kernel" +
                       std::to_string(number);
    kernels.push_back(found.second
                          ? compileKernel(line.request, name, options.folder)
                          : kernels[found.first->second]);
  }
  std::vector<Step> steps = makeSteps(lines, kernels);
  Result result =
      measure(steps, options.runs, lines[0].request.machine.vectorBytes);
  return report(path, options, lines, steps, result);
}

void pin(int core) {
  if (core < 0)
    return;
  cpu_set_t cores;
  CPU_ZERO(&cores);
  CPU_SET(core, &cores);
  sched_setaffinity(0, sizeof(cores), &cores);
}

} // namespace

int main(int argc, char **argv) {
  Options options;
  CLI::App app{"Times the kernels of networks"};
  app.add_option("shapes", options.shapes, "Files in benchmarks/shapes")
      ->required()
      ->check(CLI::ExistingFile);
  app.add_option("--machine", options.machine, "x86-64-v3 or x86-64-v4");
  app.add_option("--runs", options.runs, "Runs of the network");
  app.add_option("--core", options.core, "Core to stay on");
  app.add_option("--set", options.parameters, "name=value for every schedule");
  app.add_option("--keep", options.folder, "Folder for the kernels' code");
  app.add_option("--json", options.json, "File for the results");
  CLI11_PARSE(app, argc, argv);
  std::string temporary =
      (std::filesystem::temp_directory_path() / "kernel-benchmark-XXXXXX")
          .string();
  bool keeps = !options.folder.empty();
  if (!keeps)
    options.folder = mkdtemp(temporary.data());
  std::filesystem::create_directories(options.folder);
  pin(options.core);
  nlohmann::json results = nlohmann::json::array();
  for (const std::string &path : options.shapes)
    results.push_back(benchmark(path, options));
  if (!options.json.empty())
    std::ofstream(options.json) << results.dump(2) << "\n";
  if (!keeps)
    std::filesystem::remove_all(options.folder);
  return 0;
}
