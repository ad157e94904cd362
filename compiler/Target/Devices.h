//===- Devices.h - The devices, each in a file -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TARGET_DEVICES_H
#define MOBILEONE_TARGET_DEVICES_H

#include "compiler/Target/Target.h"

namespace mobileone {

Target makeX86_64();
Target makeX86_64V3();
Target makeX86_64V4();
Target makeArm64Linux();
Target makeArm64Android();
Target makeIPhone12();
Target makeIosSimulatorArm64();
Target makeMacOsArm64();
Target makeCudaSm80();
Target makeCudaSm86();
Target makeCudaSm89();
Target makeCudaSm90();
Target makeCudaSm100();
Target makeCudaSm120();
Target makeOpenCl();

} // namespace mobileone

#endif // MOBILEONE_TARGET_DEVICES_H
