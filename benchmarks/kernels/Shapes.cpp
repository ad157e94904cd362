//===- Shapes.cpp - Lists of kernels to measure ---------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "Shapes.h"

#include "test/schedules/RequestBuilder.h"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

using namespace mobileone::schedules;
using mobileone::schedules::testing::RequestBuilder;

/// Removes `prefix` from `body` and says whether it was there.
static bool takePrefix(std::string &body, const std::string &prefix) {
  if (body.compare(0, prefix.size(), prefix) != 0)
    return false;
  body.erase(0, prefix.size());
  return true;
}

static void addStem(RequestBuilder &b, const std::vector<int> &p) {
  int image = b.callerInput({p[0], p[1], p[2]}, true, ElementType::F32);
  b.output(b.conv(b.readInput(image, false), p[3], 3, p[4]), 1);
}

static bool addBody(RequestBuilder &b, std::string body,
                    const std::vector<int> &p) {
  if (body == "stem") {
    addStem(b, p);
    return true;
  }
  if (body == "excite") {
    b.output(b.excite(b.input({p[0], 1, p[1]}), p[2], p[3]));
    return true;
  }
  bool gated = takePrefix(body, "gated_");
  bool hasDepthwise =
      body == "block" || body == "depthwise" || body == "depthwise_sums";
  int value = b.input({p[0], p[1], p[2]}, hasDepthwise ? 1 : 0);
  if (gated)
    value = b.scale(value, b.input({p[0], 1, 1}));
  if (body == "block") {
    b.output(b.conv(b.depthwise(value, 3, p[4]), p[3], 1, 1), 1);
  } else if (body == "depthwise") {
    b.output(b.depthwise(value, 3, p[3]));
  } else if (body == "pointwise") {
    b.output(b.conv(value, p[3], 1, 1), 1);
  } else if (body == "depthwise_sums") {
    value = b.depthwise(value, 3, p[3], Activation::None);
    b.output(value);
    b.output(b.rowSums(value));
  } else if (body == "pointwise_sums") {
    value = b.conv(value, p[3], 1, 1, Activation::None);
    b.output(value, 1);
    b.output(b.rowSums(value));
  } else if (body == "pool_linear") {
    b.callerOutput(b.linear(b.pool(value), p[3]), false);
  } else {
    return false;
  }
  return true;
}

std::vector<ShapeLine> readShapes(const std::string &path,
                                  const std::string &machine) {
  std::vector<ShapeLine> shapes;
  std::ifstream file(path);
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    if (line.empty() || line[0] == '#')
      continue;
    std::istringstream words(line);
    int count = 0;
    std::string body;
    words >> count >> body;
    std::vector<int> parameters;
    for (int parameter; words >> parameter;)
      parameters.push_back(parameter);
    parameters.resize(6);
    RequestBuilder builder(machine);
    if (count < 1 || !addBody(builder, body, parameters)) {
      std::fprintf(stderr, "%s:%d: no such kernel: %s\n", path.c_str(), number,
                   line.c_str());
      std::exit(2);
    }
    shapes.push_back({count, line.substr(line.find(' ') + 1), builder.request});
  }
  if (shapes.empty()) {
    std::fprintf(stderr, "%s: no kernels\n", path.c_str());
    std::exit(2);
  }
  return shapes;
}
