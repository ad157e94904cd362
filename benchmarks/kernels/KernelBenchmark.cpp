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

#include "Network.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
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
  bool hugeWeights = false;
};

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + values.size() / 2,
                   values.end());
  return values[values.size() / 2];
}

/// One kernel's part of the report: prints a line, returns JSON.
nlohmann::json reportKernel(const ShapeLine &line, int number,
                            const std::vector<Step> &steps, double peak) {
  double best = 0.0, middle = 0.0;
  const CompiledKernel *kernel = nullptr;
  for (const Step &step : steps) {
    if (step.line != number)
      continue;
    kernel = step.kernel;
    best += step.best / line.count;
    middle += median(step.times) / line.count;
  }
  double rate = double(multiplyAdds(kernel->request)) / best;
  fmt::print("{:<44}{:>5}{:>6}{:>10.1f}{:>10.1f}{:>10.1f}{:>7.1f}\n", line.text,
             line.count, kernel->layout.tileCount, best * 1e6, middle * 1e6,
             rate * 2e-9, 100 * rate / peak);
  return {{"kernel", line.text},
          {"schedule", kernel->layout.schedule},
          {"count", line.count},
          {"tiles", kernel->layout.tileCount},
          {"min_us", best * 1e6},
          {"median_us", middle * 1e6},
          {"percent_of_peak", 100 * rate / peak}};
}

nlohmann::json report(const std::string &path, const Options &options,
                      const std::vector<ShapeLine> &lines,
                      const std::vector<Step> &steps, const Result &result) {
  fmt::print("{} {}: peak {:.1f} GFLOP/s\n", path, options.machine,
             result.peak * 2e-9);
  fmt::print("{:<44}{:>5}{:>6}{:>10}{:>10}{:>10}{:>7}\n", "kernel", "count",
             "tiles", "min us", "median us", "GFLOP/s", "% peak");
  nlohmann::json kernels = nlohmann::json::array();
  for (size_t i = 0; i < lines.size(); ++i)
    kernels.push_back(reportKernel(lines[i], int(i), steps, result.peak));
  double sum = 0.0, work = 0.0;
  for (const Step &step : steps) {
    sum += step.best;
    work += double(multiplyAdds(step.kernel->request));
  }
  double floor = work / result.peak;
  fmt::print("sum of minima {:.3f} ms, best run {:.3f} ms, floor {:.3f} ms: "
             "{:.1f}% of peak\n\n",
             sum * 1e3, result.total * 1e3, floor * 1e3, 100 * floor / sum);
  return {{"shapes", path},
          {"machine", options.machine},
          {"peak_gflops", result.peak * 2e-9},
          {"kernels", kernels},
          {"sum_ms", sum * 1e3},
          {"best_run_ms", result.total * 1e3},
          {"floor_ms", floor * 1e3}};
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
  std::vector<Step> steps = makeSteps(lines, kernels, options.hugeWeights);
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
  app.add_flag("--huge-weights", options.hugeWeights, "Weights in huge pages");
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
