//===- Border.h - Zeros around activations ----------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_RUNTIME_BORDER_H
#define MOBILEONE_RUNTIME_BORDER_H

#include "mobileone/model_abi.h"

namespace mobileone::runtime {

inline bool hasBorder(const mobileone_operand &operand) {
  return operand.border_left | operand.border_right | operand.border_above |
         operand.border_below;
}

/// Writes the part of `operand`'s border that belongs to tile `tile` of
/// `tileCount`. Together the tiles write it all, each byte once: where tiles
/// cut rows, every tile has the columns beside its rows, the first the rows
/// above, the last those below; else tile 0 has everything. `address` is that
/// of the operand's first element.
void zeroBorder(const mobileone_operand &operand, uint8_t *address,
                uint32_t tile, uint32_t tileCount);

} // namespace mobileone::runtime

#endif // MOBILEONE_RUNTIME_BORDER_H
