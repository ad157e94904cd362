//===- ShippedRecords.cpp - The records that this compiler ships ----------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Planning/ScheduleRecords.h"
#include "compiler/Planning/ShippedRecordTexts.h"

#include "llvm/Support/ErrorHandling.h"

using namespace mobileone;

/// Those of files that have the name of their target; others are a device's,
/// for its owner to choose.
static std::vector<ScheduleRecords> parseAll() {
  std::vector<ScheduleRecords> all;
  for (const ShippedRecordText &each : shippedRecordTexts()) {
    DiagnosticList diagnostics;
    std::string name = std::string("schedules/devices/") + each.name + ".json";
    std::optional<ScheduleRecords> records =
        parseScheduleRecords(each.text, name, diagnostics);
    if (!records)
      llvm::report_fatal_error(diagnostics.str().c_str());
    if (records->target == each.name)
      all.push_back(std::move(*records));
  }
  return all;
}

const std::vector<ScheduleRecords> &mobileone::shippedScheduleRecords() {
  static const std::vector<ScheduleRecords> records = parseAll();
  return records;
}
