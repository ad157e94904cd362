//===- OutputSummary.h - What a model said ----------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TOOLS_OUTPUTSUMMARY_H
#define MOBILEONE_TOOLS_OUTPUTSUMMARY_H

#include "compiler/Tools/ModelBuffers.h"

#include <string>
#include <vector>

namespace mobileone {

/// "NCHW", "NHWC", "NC" of a mobileone_layout.
const char *layoutName(uint32_t layout);

/// The values of an f32 output.
std::vector<float> outputValues(const ModelBuffers &buffers, size_t index);

/// Vectors: each image's five largest with their softmax; maps: shape and
/// range.
std::string outputsAsText(const ModelBuffers &buffers);

/// {"logits": {"shape": [1, 10], "layout": "NC", "values": [...]}}
std::string outputsAsJson(const ModelBuffers &buffers);

} // namespace mobileone

#endif // MOBILEONE_TOOLS_OUTPUTSUMMARY_H
