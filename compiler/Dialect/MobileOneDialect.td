//===- MobileOneDialect.td -*- tablegen -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_DIALECT_TD
#define MOBILEONE_DIALECT_TD

include "mlir/IR/OpBase.td"

def MobileOne_Dialect : Dialect {
  let name = "mobileone";
  let cppNamespace = "::mobileone";
  let summary = "Convolutional networks of the MobileOne family";
  let description = [{
    One dialect for three forms of a network: as trained (parallel branches,
    batch norms), as inferred (a plain feed-forward chain), and as planned
    (kernels with schedules and memory).

    Activations are `tensor<n x height x width x channels x f32>`, vectors
    `tensor<n x channels x f32>`, sums per row
    `tensor<n x height x channels x f32>`, of n images that no operation mixes.
    The element type says what values are rounded to in memory: in the
    inference form it may be f16.
    Weights never appear in the IR: it names them.
  }];
  let useDefaultAttributePrinterParser = 1;
}

class MobileOne_Op<string mnemonic, list<Trait> traits = []>
    : Op<MobileOne_Dialect, mnemonic, traits>;

#endif // MOBILEONE_DIALECT_TD
