//===- latency.cpp - Times a model library for the comparison -------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Serves the line protocol of benchmarks/peers/protocol.py for the model that
// it is compiled for: MODEL is the model's name, MODEL_HEADER its header.
//
//===----------------------------------------------------------------------===//

#include MODEL_HEADER
#include "mobileone/runtime.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

static std::vector<char> readFile(const char *path, size_t bytes) {
  std::vector<char> data(bytes);
  FILE *file = std::fopen(path, "rb");
  if (!file || std::fread(data.data(), 1, bytes, file) != bytes) {
    std::fprintf(stderr, "%s: cannot read %zu bytes\n", path, bytes);
    std::exit(3);
  }
  std::fclose(file);
  return data;
}

static void check(mobileone_status status) {
  if (status == MOBILEONE_OK)
    return;
  std::fprintf(stderr, "%s\n", mobileone_status_text(status));
  std::exit(1);
}

static void serve(mobileone_session *session, const void *const *inputs,
                  void *const *outputs, const std::vector<float> &logits) {
  using Clock = std::chrono::steady_clock;
  check(mobileone_run(session, inputs, outputs));
  std::cout << "ready" << std::endl;
  std::string verb, argument;
  while (std::cin >> verb >> argument) {
    if (verb == "run") {
      for (int i = 0, count = std::atoi(argument.c_str()); i < count; ++i) {
        Clock::time_point start = Clock::now();
        check(mobileone_run(session, inputs, outputs));
        std::chrono::nanoseconds time = Clock::now() - start;
        std::cout << (i ? " " : "") << time.count();
      }
      std::cout << std::endl;
    } else if (verb == "output") {
      FILE *file = std::fopen(argument.c_str(), "wb");
      std::fwrite(logits.data(), sizeof(float), logits.size(), file);
      std::fclose(file);
      std::cout << "ok" << std::endl;
    }
  }
}

int main(int argc, char **argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: %s INPUT.f32 THREADS\n", argv[0]);
    return 2;
  }
  const mobileone_model &model = MODEL;
  std::vector<char> image = readFile(argv[1], model.inputs[0].bytes);
  std::vector<float> logits(model.outputs[0].bytes / sizeof(float));
  mobileone_options options = mobileone_default_options();
  options.threads = std::atoi(argv[2]);
  mobileone_session *session;
  check(mobileone_session_create(&model, &options, &session));
  const void *inputs[] = {image.data()};
  void *outputs[] = {logits.data()};
  serve(session, inputs, outputs, logits);
  mobileone_session_destroy(session);
}
