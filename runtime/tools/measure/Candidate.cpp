//===- Candidate.cpp - Two models from a shared object --------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Candidate.h"

#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <unistd.h>

namespace mobileone::measure {

/// Opens `library` by way of a file that is gone afterwards.
static void *open(const std::vector<uint8_t> &library, std::string &problem) {
  const char *folder = std::getenv("TMPDIR");
  std::string path =
      std::string(folder ? folder : "/tmp") + "/mobileone-measure-XXXXXX";
  int file = mkstemp(path.data());
  if (file < 0) {
    problem = "no temporary file: " + path + ": " + std::strerror(errno);
    return nullptr;
  }
  size_t done = 0;
  while (done < library.size()) {
    ssize_t count = write(file, &library[done], library.size() - done);
    if (count <= 0)
      break;
    done += size_t(count);
  }
  close(file);
  void *handle = done == library.size()
                     ? dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL)
                     : nullptr;
  if (done < library.size())
    problem = "cannot write " + path;
  else if (!handle)
    problem = dlerror();
  unlink(path.c_str());
  return handle;
}

static std::string load(void *library, const char *symbol, Request &request,
                        LoadedProgram &program) {
  auto *model = static_cast<const mobileone_model *>(dlsym(library, symbol));
  if (!model)
    return std::string("the library has no ") + symbol;
  program.model = *model;
  // As if they were inside, which is how libraries have them.
  if (model->weights_bytes != request.weights.size())
    return "the weights are not the model's";
  program.model.weights = request.weights.data();
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

std::string loadCandidate(Request &request, Candidate &candidate) {
  std::string problem;
  void *library = open(request.library, problem);
  if (!library)
    return problem;
  problem = load(library, "mobileone_measure_base", request, candidate.base);
  if (problem.empty())
    problem =
        load(library, "mobileone_measure_variant", request, candidate.variant);
  if (!problem.empty())
    return problem;
  if (candidate.base.program().step_count !=
      candidate.variant.program().step_count)
    return "the two models have different steps";
  size_t offset = 0;
  for (uint32_t i = 0; i < candidate.base.model.input_count; ++i) {
    candidate.inputs.push_back(request.inputs.data() + offset);
    offset += candidate.base.model.inputs[i].bytes;
  }
  return offset == request.inputs.size() ? ""
                                         : "the inputs are not the model's";
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
