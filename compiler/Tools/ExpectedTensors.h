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

/// How many images the input of `expected` holds; 0 without one.
int64_t countImages(const ExpectedTensors &expected);

/// [n, c, h, w] to [n, h, w, c].
ReferenceTensor toChannelsLast(const ReferenceTensor &tensor);

/// `tensor` as the model has it: brought from NCHW to `layout`, unless only as
/// it is does it have `shape`.
ReferenceTensor toLayout(const ReferenceTensor &tensor, uint32_t layout,
                         const std::vector<int64_t> &shape);

/// Makes the images of the tensor called `input`, as NCHW or in the model's
/// layout, the model's first ones, and fills the rest of its batch by `seed`.
/// Reports BadInput: another shape, values that the input's type does not have.
bool setExpectedInput(const ExpectedTensors &expected, uint64_t seed,
                      ModelBuffers &buffers, DiagnosticList &diagnostics);

/// The inputs as the interpreter takes them.
std::vector<ReferenceTensor> referenceInputs(const ModelBuffers &buffers);

} // namespace mobileone

#endif // MOBILEONE_TOOLS_EXPECTEDTENSORS_H
