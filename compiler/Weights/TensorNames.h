//===- TensorNames.h - Lists of tensor names in messages --------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_WEIGHTS_TENSORNAMES_H
#define MOBILEONE_WEIGHTS_TENSORNAMES_H

#include <cstddef>
#include <string>
#include <vector>

namespace mobileone {

/// More names than this are grouped.
constexpr size_t mostSingleNames = 24;

bool hasSuffix(const std::string &text, const std::string &suffix);

/// `names` for a message, one a line. Of dozens, those that differ in numbers
/// only share a line: "stage1.*.rbr_skip.bias (34, the first is
/// stage1.1.rbr_skip.bias)".
std::string listNames(const std::vector<std::string> &names);

} // namespace mobileone

#endif // MOBILEONE_WEIGHTS_TENSORNAMES_H
