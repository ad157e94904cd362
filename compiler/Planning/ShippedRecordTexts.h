//===- ShippedRecordTexts.h - schedules/devices as text ---------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Defined by a source that EmbedRecords.cmake writes.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_PLANNING_SHIPPEDRECORDTEXTS_H
#define MOBILEONE_PLANNING_SHIPPEDRECORDTEXTS_H

#include <vector>

namespace mobileone {

struct ShippedRecordText {
  const char *name; ///< Of the file, without ".json".
  const char *text;
};

const std::vector<ShippedRecordText> &shippedRecordTexts();

} // namespace mobileone

#endif // MOBILEONE_PLANNING_SHIPPEDRECORDTEXTS_H
