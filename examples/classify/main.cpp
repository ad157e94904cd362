// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "digits.h"
#include "mobileone/runtime.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

static std::vector<uint8_t> read(const std::string &path, size_t headerBytes) {
  std::ifstream file(path, std::ios::binary);
  file.ignore(headerBytes);
  return {std::istreambuf_iterator<char>(file), {}};
}

static long argmax(const float *v) { return std::max_element(v, v + 10) - v; }

int main(int argc, char **argv) {
  const std::string prefix = argc > 1 ? argv[1] : "examples/models/digits";
  const auto images = read(prefix + "_images.idx", 16);
  const auto labels = read(prefix + "_labels.idx", 8);
  const auto expected = read(prefix + "_logits.f32", 0);
  const size_t count = labels.size();
  if (!count || images.size() != count * DIGITS_INPUT_BYTES ||
      expected.size() != count * DIGITS_LOGITS_BYTES)
    return std::fprintf(stderr, "cannot read %s_*\n", prefix.c_str()), 1;
  mobileone::Session session(digits);
  size_t correct = 0, agreeing = 0;
  float logits[10], reference[10], difference = 0;
  std::vector<std::chrono::nanoseconds> times;
  for (size_t i = 0; i < count; ++i) {
    const auto start = std::chrono::steady_clock::now();
    if (!session ||
        !session.run({{&images[i * DIGITS_INPUT_BYTES], DIGITS_INPUT_BYTES}},
                     {logits}))
      return std::fprintf(stderr, "%s\n", session.error()), 1;
    times.push_back(std::chrono::steady_clock::now() - start);
    std::memcpy(reference, &expected[i * sizeof reference], sizeof reference);
    for (int c = 0; c < 10; ++c)
      difference = std::max(difference, std::abs(logits[c] - reference[c]));
    correct += argmax(logits) == labels[i];
    agreeing += argmax(logits) == argmax(reference);
  }
  std::sort(times.begin(), times.end());
  const double percent = 100.0 / count;
  std::printf("accuracy: %.2f%% of %zu images\n", percent * correct, count);
  std::printf("agreement with PyTorch: %.4g%%, logits within %.1g\n",
              percent * agreeing, difference);
  std::printf("latency, one thread: min %.1f us, median %.1f us\n",
              times[0].count() * 1e-3, times[count / 2].count() * 1e-3);
  return agreeing == count ? 0 : 1;
}
