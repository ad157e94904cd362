//===- ModelExecution.cpp - Where a compiled model runs -------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/ModelExecution.h"

#include <algorithm>

using namespace mobileone;

void ObservedStep::add(ObservedOperand operand) {
  auto known = std::find_if(
      operands.begin(), operands.end(),
      [&](const ObservedOperand &each) { return each.index == operand.index; });
  if (known == operands.end())
    operands.push_back(std::move(operand));
  else
    known->bytes.insert(known->bytes.end(), operand.bytes.begin(),
                        operand.bytes.end());
}
