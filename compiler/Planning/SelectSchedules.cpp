//===- SelectSchedules.cpp - Choose a schedule for every kernel -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Planning/KernelRequests.h"
#include "compiler/Planning/Passes.h"
#include "compiler/Planning/TunedSchedules.h"
#include "compiler/Target/Target.h"

namespace mobileone {
#define GEN_PASS_DEF_SELECTSCHEDULES
#include "compiler/Planning/Passes.h.inc"
} // namespace mobileone

using namespace mlir;
using namespace mobileone;

/// What the schedule chose, or a record for it, as attributes.
static DictionaryAttr parametersOf(Builder builder,
                                   const schedules::KernelRequest &request,
                                   const schedules::KernelLayout &layout) {
  std::map<std::string, int> all = layout.parameters;
  all.insert(request.parameters.begin(), request.parameters.end());
  SmallVector<NamedAttribute> parameters;
  for (const auto &[name, value] : all)
    parameters.push_back(
        builder.getNamedAttr(name, builder.getI64IntegerAttr(value)));
  return builder.getDictionaryAttr(parameters);
}

/// mobileone.kernel "stage1_0" (%0) { ... }
///   ->
/// mobileone.kernel "stage1_0" (%0)
///     attributes {schedule = "x86.conv", parameters = {panel = 32}} { ... }
static LogicalResult selectSchedule(KernelOp kernel,
                                    const schedules::Machine &machine,
                                    TunedSchedules *tuned) {
  schedules::KernelRequest request = requestOf(kernel, machine);
  const schedules::Schedule *schedule = schedules::selectSchedule(request);
  if (!schedule)
    return kernel.emitError("no schedule of the family '")
           << machine.family << "' serves this kernel";
  kernel.setSchedule(schedule->name);
  if (const std::map<std::string, int> *parameters =
          tuned ? tuned->find(request, *schedule) : nullptr) {
    request.parameters = *parameters;
    kernel.setTuned(true);
  }
  kernel.setParametersAttr(parametersOf(Builder(kernel.getContext()), request,
                                        schedule->layout(request)));
  return success();
}

namespace {

struct SelectSchedules : mobileone::impl::SelectSchedulesBase<SelectSchedules> {
  using SelectSchedulesBase::SelectSchedulesBase;
  SelectSchedules(const SelectSchedulesOptions &options, TunedSchedules *tuned)
      : SelectSchedulesBase(options), tuned(tuned) {}

  void runOnOperation() override {
    ModuleOp module = getOperation();
    DiagnosticList diagnostics;
    const Target *found = findTarget(target, diagnostics);
    if (!found) {
      module.emitError(diagnostics.all().front().message);
      return signalPassFailure();
    }
    Builder builder(module.getContext());
    module->setAttr(targetAttrName, builder.getStringAttr(found->name));
    // GPUs have a generic schedule of their own.
    if (!family.empty())
      module->setAttr(
          familyAttrName,
          builder.getStringAttr(
              isGpu(*found) ? found->machine.family + "-" + family : family));
    schedules::Machine machine = *machineOf(module);
    WalkResult result = module.walk([&](KernelOp kernel) {
      return failed(selectSchedule(kernel, machine, tuned))
                 ? WalkResult::interrupt()
                 : WalkResult::advance();
    });
    if (result.wasInterrupted())
      signalPassFailure();
  }

  TunedSchedules *tuned = nullptr;
};

} // namespace

std::unique_ptr<Pass>
mobileone::createSelectSchedulesPass(const SelectSchedulesOptions &options,
                                     TunedSchedules *tuned) {
  return std::make_unique<::SelectSchedules>(options, tuned);
}
