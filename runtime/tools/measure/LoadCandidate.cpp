//===- LoadCandidate.cpp - The models of a request ------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LoadCandidate.h"

namespace mobileone::measure {

static std::string load(const Library &library, const std::string &symbol,
                        Request &request, LoadedProgram &program) {
  auto *model = static_cast<const mobileone_model *>(library(symbol));
  if (!model)
    return "the library has no " + symbol;
  program.model = *model;
  // As if they were inside, which is how libraries have them.
  if (request.model.empty() || !model->weights) {
    if (model->weights_bytes != request.weights.size())
      return "the weights are not the model's";
    program.model.weights = request.weights.data();
  }
  return program.open(request.threads);
}

std::string loadCandidate(Request &request, Candidate &candidate) {
  const Library &library = candidate.library;
  std::string problem = openLibrary(request.library, candidate.library);
  bool isPair = request.model.empty();
  if (problem.empty())
    problem = load(library, isPair ? "mobileone_measure_base" : request.model,
                   request, candidate.base);
  if (problem.empty() && isPair)
    problem =
        load(library, "mobileone_measure_variant", request, candidate.variant);
  if (!problem.empty())
    return problem;
  if (isPair && candidate.base.program().step_count !=
                    candidate.variant.program().step_count)
    return "the two models have different steps";
  return candidate.findInputs(request.inputs)
             ? ""
             : "the inputs are not the model's";
}

} // namespace mobileone::measure
