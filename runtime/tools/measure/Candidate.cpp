//===- Candidate.cpp - The models of a request ----------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Candidate.h"

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
  mobileone_options options = mobileone_default_options();
  options.threads = request.threads;
  mobileone_status status =
      mobileone_session_create(&program.model, &options, &program.session);
  if (status != MOBILEONE_OK)
    return std::string(mobileone_status_text(status)) + " " +
           mobileone_last_error(nullptr);
  for (uint32_t i = 0; i < program.model.output_count; ++i)
    program.outputs.emplace_back(program.model.outputs[i].bytes);
  for (std::vector<uint8_t> &output : program.outputs)
    program.outputPointers.push_back(output.data());
  return "";
}

/// Where the inputs of `model` lie in `request`.
static std::string findInputs(Request &request, const mobileone_model &model,
                              std::vector<const void *> &inputs) {
  size_t offset = 0;
  for (uint32_t i = 0; i < model.input_count; ++i) {
    inputs.push_back(request.inputs.data() + offset);
    offset += model.inputs[i].bytes;
  }
  return offset == request.inputs.size() ? ""
                                         : "the inputs are not the model's";
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
  return findInputs(request, candidate.base.model, candidate.inputs);
}

std::string Candidate::run(LoadedProgram &program) {
  mobileone_status status = mobileone_run(program.session, inputs.data(),
                                          program.outputPointers.data());
  return status == MOBILEONE_OK
             ? ""
             : std::string(mobileone_status_text(status)) + " " +
                   mobileone_last_error(program.session);
}

} // namespace mobileone::measure
