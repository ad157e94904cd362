//===- LoadStreams.h - Weights four vectors at a time -----------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_CODEGEN_LOADSTREAMS_H
#define MOBILEONE_CODEGEN_LOADSTREAMS_H

namespace llvm {
class Function;
} // namespace llvm

namespace mobileone {

/// Makes the innermost loops of `function`, code for arm64, load what they read
/// in a row, packed weights, by instructions that load four vectors and move
/// the address on: half as many as pairs, and no addition.
///
///   %p = start + 128 * iteration       %p = phi [start], [%end]
///   %a = load %p                   ->  {%a, %b, %c, %d} = ld1x4 %p
///   %b = load %p + 16                  %next = %p + 64
///   ...                                ...
///
/// A row is all that lies between an address of one iteration and the same one
/// of the next, 128 bytes or more.
///
/// Code generation would load early what loads wait for, and has no registers
/// for that beside a tile of sums. What is loaded stays where it is used first,
/// and a quad is loaded when the sums that use the one before are done; the
/// processor runs ahead by itself.
void loadStreams(llvm::Function &function);

} // namespace mobileone

#endif // MOBILEONE_CODEGEN_LOADSTREAMS_H
