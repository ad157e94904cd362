//===- ExpectedTensors.h - Tensors computed elsewhere -----------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TOOLS_EXPECTEDTENSORS_H
#define MOBILEONE_TOOLS_EXPECTEDTENSORS_H

#include "compiler/Reference/ReferenceTensor.h"
#include "compiler/Support/Diagnostics.h"
#include "compiler/Tools/ModelBuffers.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace mobileone {

/// Tensors by name; maps are NCHW or as the model has them. `input` is the
/// model's input; others are called as the model's outputs, or "stem",
/// "stage1", ...
using ExpectedTensors = std::map<std::string, ReferenceTensor>;

/// All tensors of a safetensors file. Reports BadInput.
std::optional<ExpectedTensors> readExpectedTensors(const std::string &path,
                                                   DiagnosticList &diagnostics);

/// [1, c, h, w] to [1, h, w, c].
ReferenceTensor toChannelsLast(const ReferenceTensor &tensor);

/// `tensor` as the model has it: brought from NCHW to `layout`, unless only as
/// it is does it have `shape`.
ReferenceTensor toLayout(const ReferenceTensor &tensor, uint32_t layout,
                         const std::vector<int64_t> &shape);

/// Makes the tensor called `input`, one image as NCHW or in the model's layout,
/// the model's input. Reports BadInput: another shape, values that the
/// input's type does not have.
bool setExpectedInput(const ExpectedTensors &expected, ModelBuffers &buffers,
                      DiagnosticList &diagnostics);

/// The inputs as the interpreter takes them.
std::vector<ReferenceTensor> referenceInputs(const ModelBuffers &buffers);

} // namespace mobileone

#endif // MOBILEONE_TOOLS_EXPECTEDTENSORS_H
