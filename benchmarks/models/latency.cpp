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
// `cold` leaves the first inference to a request.
//
//===----------------------------------------------------------------------===//

#include MODEL_HEADER
#include "mobileone/runtime.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <sys/resource.h>
#include <unistd.h>
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

using Clock = std::chrono::steady_clock;

static long long nanoseconds(Clock::duration time) {
  return std::chrono::nanoseconds(time).count();
}

static long long residentBytes() {
  long long pages = 0;
  if (FILE *file = std::fopen("/proc/self/statm", "r")) {
    if (std::fscanf(file, "%*d %lld", &pages) != 1)
      pages = 0;
    std::fclose(file);
  }
  return pages * sysconf(_SC_PAGESIZE);
}

static long pageFaults() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_minflt + usage.ru_majflt;
}

/// Answers requests until there are no more.
static void serve(mobileone_session *session, const void *const *inputs,
                  void *const *outputs, const std::vector<float> &logits) {
  std::string verb, argument;
  while (std::cin >> verb >> argument) {
    if (verb == "run") {
      for (int i = 0, count = std::atoi(argument.c_str()); i < count; ++i) {
        Clock::time_point start = Clock::now();
        check(mobileone_run(session, inputs, outputs));
        std::cout << (i ? " " : "") << nanoseconds(Clock::now() - start);
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
  bool isCold = argc == 4 && std::string(argv[3]) == "cold";
  if (argc != 3 && !isCold) {
    std::fprintf(stderr, "usage: %s INPUT.f32 THREADS [cold]\n", argv[0]);
    return 2;
  }
  const mobileone_model &model = MODEL;
  std::vector<char> image = readFile(argv[1], model.inputs[0].bytes);
  std::vector<float> logits(model.outputs[0].bytes / sizeof(float));
  mobileone_options options = mobileone_default_options();
  options.threads = std::atoi(argv[2]);
  const void *inputs[] = {image.data()};
  void *outputs[] = {logits.data()};

  long long startBytes = residentBytes();
  long faults = pageFaults();
  Clock::time_point start = Clock::now();
  mobileone_session *session;
  check(mobileone_session_create(&model, &options, &session));
  Clock::time_point loaded = Clock::now();
  if (!isCold)
    check(mobileone_run(session, inputs, outputs));
  Clock::time_point ready = Clock::now();
  std::printf("ready {\"import_ns\": 0, \"load_ns\": %lld, "
              "\"first_run_ns\": %lld, \"start_bytes\": %lld, "
              "\"imported_bytes\": %lld, \"page_faults\": %ld}\n",
              nanoseconds(loaded - start), nanoseconds(ready - loaded),
              startBytes, startBytes, pageFaults() - faults);
  std::fflush(stdout);
  serve(session, inputs, outputs, logits);
  mobileone_session_destroy(session);
}
