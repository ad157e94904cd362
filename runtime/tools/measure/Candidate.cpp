//===- Candidate.cpp - Two models to compare ------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Candidate.h"

namespace mobileone::measure {

std::string LoadedProgram::open(unsigned threads) {
  mobileone_options options = mobileone_default_options();
  options.threads = threads;
  mobileone_status status =
      mobileone_session_create(&model, &options, &session);
  if (status != MOBILEONE_OK)
    return std::string(mobileone_status_text(status)) + " " +
           mobileone_last_error(nullptr);
  for (uint32_t i = 0; i < model.output_count; ++i)
    outputs.emplace_back(model.outputs[i].bytes);
  for (std::vector<uint8_t> &output : outputs)
    outputPointers.push_back(output.data());
  return "";
}

bool Candidate::findInputs(AlignedBytes &bytes) {
  size_t offset = 0;
  for (uint32_t i = 0; i < base.model.input_count; ++i) {
    inputs.push_back(bytes.data() + offset);
    offset += base.model.inputs[i].bytes;
  }
  return offset == bytes.size();
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
