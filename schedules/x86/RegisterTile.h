//===- RegisterTile.h - x86-64's rule ---------------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef MOBILEONE_SCHEDULES_X86_REGISTERTILE_H
#define MOBILEONE_SCHEDULES_X86_REGISTERTILE_H

#include "schedules/vector/RegisterTile.h"

namespace mobileone::schedules {

extern const MachineRule x86Rule;

} // namespace mobileone::schedules

#endif // MOBILEONE_SCHEDULES_X86_REGISTERTILE_H
