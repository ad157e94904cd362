//===- MobileOneOps.td -*- tablegen -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

// The dialect's operations, by the form in which they first appear.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_OPS_TD
#define MOBILEONE_OPS_TD

include "compiler/Dialect/TrainingOps.td"
include "compiler/Dialect/InferenceOps.td"
include "compiler/Dialect/PlannedOps.td"

#endif // MOBILEONE_OPS_TD
