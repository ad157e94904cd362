//===- KernelCounts.cpp - What each kernel executed -----------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Estimate/KernelCounts.h"

#include "compiler/Estimate/InstructionDecoder.h"

using namespace mobileone;

static std::nullopt_t report(const std::string &message,
                             DiagnosticList &diagnostics) {
  diagnostics.error(ErrorKind::BadInput, "executed instructions", message);
  return std::nullopt;
}

static std::unique_ptr<InstructionDecoder>
decoderFor(const BlockCounts &counts, DiagnosticList &diagnostics) {
  auto decoder = InstructionDecoder::create(counts.architecture);
  if (!decoder)
    report("are for '" + escapeForDisplay(counts.architecture) +
               "', which is neither aarch64 nor x86_64",
           diagnostics);
  return decoder;
}

std::optional<std::map<std::string, OperationCounts>>
mobileone::countByFunction(const BlockCounts &counts, const CodeImage &image,
                           DiagnosticList &diagnostics) {
  auto decoder = decoderFor(counts, diagnostics);
  if (!decoder)
    return std::nullopt;
  std::optional<uint64_t> base = image.findBase(counts);
  if (!base)
    return report("none are of the model", diagnostics);
  std::map<std::string, OperationCounts> functions;
  uint64_t unknown = 0;
  for (const ExecutedBlock &block : counts.blocks)
    // Addresses below the base wrap around, to where no function is.
    if (std::string name = image.functionAt(block.address - *base);
        !name.empty())
      functions[name].add(decoder->count(block, unknown), block.count);
  if (unknown)
    return report(std::to_string(unknown) +
                      " bytes are no instructions that LLVM knows",
                  diagnostics);
  return functions;
}

std::optional<OperationCounts>
mobileone::countAll(const BlockCounts &counts, uint64_t &unknown,
                    DiagnosticList &diagnostics) {
  auto decoder = decoderFor(counts, diagnostics);
  if (!decoder)
    return std::nullopt;
  OperationCounts total;
  unknown = 0;
  for (const ExecutedBlock &block : counts.blocks)
    total.add(decoder->count(block, unknown), block.count);
  return total;
}
