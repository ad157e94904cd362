//===- Request.h - What is to be measured -----------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A request is one stream of bytes: lines of text, an empty line, blobs.
//
//   mobileone-measure 1
//   threads 1          threads that compute
//   pairs 40           runs of each of the two models at most
//   seconds 0.5        time for them
//   limit 20           seconds until the process ends itself
//   library 123456     bytes of a shared object
//   weights 8612345    bytes of packed weights
//   inputs 602112      bytes of the model's inputs, one after another
//   expected 4000      bytes of its outputs, or 0 to compare with nothing
//   model NAME         runs this one and prints what it computes
//   note ...           for people and wrappers
//
// Without `model` the shared object exports two models with equal steps,
// weights apart: `mobileone_measure_base` and `mobileone_measure_variant`. With
// it, it may be an object file for Apple's systems as well, and weights that it
// has inside are not sent.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_RUNTIME_TOOLS_MEASURE_REQUEST_H
#define MOBILEONE_RUNTIME_TOOLS_MEASURE_REQUEST_H

#include "AlignedBytes.h"

#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

namespace mobileone::measure {

struct Request {
  unsigned threads = 1, pairs = 1, limit = 60;
  double seconds = 0;
  std::string model; ///< Its name, or "" for two to compare.
  std::vector<uint8_t> library;
  AlignedBytes weights, inputs, expected;
};

/// Reads a request; what is wrong with it, or "".
std::string readRequest(std::FILE *stream, Request &request);

} // namespace mobileone::measure

#endif // MOBILEONE_RUNTIME_TOOLS_MEASURE_REQUEST_H
