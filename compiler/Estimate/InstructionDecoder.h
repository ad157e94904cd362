//===- InstructionDecoder.h - Which instruction does what -------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_ESTIMATE_INSTRUCTIONDECODER_H
#define MOBILEONE_ESTIMATE_INSTRUCTIONDECODER_H

#include "compiler/Estimate/BlockCounts.h"
#include "compiler/Estimate/OperationCounts.h"

#include <memory>
#include <string>

namespace mobileone {

/// Classifies machine code by LLVM's description of the instructions.
class InstructionDecoder {
public:
  /// For "aarch64" or "x86_64", as QEMU and LLVM call them; null for others.
  static std::unique_ptr<InstructionDecoder>
  create(const std::string &architecture);
  ~InstructionDecoder();

  /// What running `block` once takes. `unknown` grows by the bytes that are no
  /// instructions.
  OperationCounts count(const ExecutedBlock &block, uint64_t &unknown) const;

private:
  struct State;
  explicit InstructionDecoder(std::unique_ptr<State> state);
  std::unique_ptr<State> state;
};

} // namespace mobileone

#endif // MOBILEONE_ESTIMATE_INSTRUCTIONDECODER_H
