//===- compare.cpp - Times one network compiled in several ways -----------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
//   compare NAME SECONDS LABEL=model.so ...
//
// Each shared object holds the network NAME. Runs them in turns on one thread,
// checks that they agree with the first, and prints each one's minimum and
// median with its speed relative to the first.
//
//===----------------------------------------------------------------------===//

#include "mobileone/runtime.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <string>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

struct Variant {
  std::string label;
  mobileone_session *session = nullptr;
  std::vector<std::vector<float>> outputs;
  std::vector<void *> outputPointers;
  std::vector<double> milliseconds;
};

[[noreturn]] void fail(const char *what) {
  std::fprintf(stderr, "%s\n", what);
  std::exit(1);
}

const mobileone_model *loadModel(const char *path, const char *name) {
  void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (!library)
    fail(dlerror());
  auto model = static_cast<const mobileone_model *>(dlsym(library, name));
  if (!model)
    fail(dlerror());
  return model;
}

std::vector<std::vector<char>> randomInputs(const mobileone_model &model) {
  std::vector<std::vector<char>> inputs;
  for (uint32_t i = 0; i < model.input_count; ++i) {
    std::vector<char> input(model.inputs[i].bytes);
    bool isFloat = model.inputs[i].type.code == MOBILEONE_CODE_FLOAT;
    for (size_t at = 0; at < input.size(); at += isFloat ? 4 : 1) {
      float value = float(std::rand() % 2001 - 1000) / 500;
      if (isFloat)
        std::memcpy(&input[at], &value, 4);
      else
        input[at] = char(std::rand());
    }
    inputs.push_back(std::move(input));
  }
  return inputs;
}

Variant makeVariant(const std::string &argument, const char *name,
                    const mobileone_model *&model) {
  size_t split = argument.find('=');
  if (split == std::string::npos)
    fail("expected LABEL=model.so");
  Variant variant;
  variant.label = argument.substr(0, split);
  model = loadModel(argument.c_str() + split + 1, name);
  if (mobileone_session_create(model, nullptr, &variant.session))
    fail(mobileone_last_error(nullptr));
  for (uint32_t i = 0; i < model->output_count; ++i)
    variant.outputs.emplace_back(model->outputs[i].bytes / 4);
  for (std::vector<float> &output : variant.outputs)
    variant.outputPointers.push_back(output.data());
  return variant;
}

void run(Variant &variant, const std::vector<const void *> &inputs) {
  Clock::time_point start = Clock::now();
  if (mobileone_run(variant.session, inputs.data(),
                    variant.outputPointers.data()))
    fail(mobileone_last_error(variant.session));
  std::chrono::duration<double, std::milli> time = Clock::now() - start;
  variant.milliseconds.push_back(time.count());
}

double largestDifference(const Variant &a, const Variant &b) {
  double largest = 0;
  for (size_t i = 0; i < a.outputs.size(); ++i)
    for (size_t j = 0; j < a.outputs[i].size(); ++j)
      largest = std::max(largest,
                         std::abs(double(a.outputs[i][j]) - b.outputs[i][j]) /
                             (1 + std::abs(double(a.outputs[i][j]))));
  return largest;
}

} // namespace

int main(int count, char **arguments) {
  if (count < 4)
    fail("usage: compare NAME SECONDS LABEL=model.so ...");
  std::vector<Variant> variants;
  const mobileone_model *model = nullptr;
  for (int i = 3; i < count; ++i)
    variants.push_back(makeVariant(arguments[i], arguments[1], model));
  std::vector<std::vector<char>> data = randomInputs(*model);
  std::vector<const void *> inputs;
  for (const std::vector<char> &input : data)
    inputs.push_back(input.data());
  double seconds = std::atof(arguments[2]);
  for (Clock::time_point start = Clock::now();
       std::chrono::duration<double>(Clock::now() - start).count() < seconds;)
    for (Variant &variant : variants)
      run(variant, inputs);
  double first = 0;
  for (Variant &variant : variants) {
    std::sort(variant.milliseconds.begin(), variant.milliseconds.end());
    double minimum = variant.milliseconds.front();
    first = first > 0 ? first : minimum;
    double difference = largestDifference(variants.front(), variant);
    std::printf("%-10s min %8.3f ms  median %8.3f ms  speed %5.1f%%  "
                "difference %.1e\n",
                variant.label.c_str(), minimum,
                variant.milliseconds[variant.milliseconds.size() / 2],
                100 * first / minimum, difference);
    if (!(difference <= 1e-3))
      fail("the outputs differ");
  }
}
