//===- KernelRequests.cpp - Kernels of the IR as requests -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Planning/KernelRequests.h"

#include "compiler/Dialect/Locations.h"
#include "compiler/Target/Target.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mobileone;
using schedules::KernelRequest;
using schedules::Operand;
using schedules::OpKind;
using schedules::Shape;
using schedules::WeightRole;

std::optional<schedules::Machine> mobileone::machineOf(Operation *op) {
  auto module =
      isa<ModuleOp>(op) ? cast<ModuleOp>(op) : op->getParentOfType<ModuleOp>();
  auto name = module->getAttrOfType<StringAttr>(targetAttrName);
  if (!name)
    return std::nullopt;
  for (const Target &target : allTargets()) {
    if (target.name != name.getValue())
      continue;
    schedules::Machine machine = target.machine;
    if (auto family = module->getAttrOfType<StringAttr>(familyAttrName))
      machine.family = family.str();
    return machine;
  }
  return std::nullopt;
}

llvm::SmallVector<Operation *> mobileone::bodyOf(KernelOp kernel) {
  llvm::SmallVector<Operation *> ops;
  for (Operation &op : kernel.getBody().front().without_terminator())
    ops.push_back(&op);
  return ops;
}

std::string mobileone::layersOf(llvm::ArrayRef<Operation *> ops) {
  llvm::SmallSetVector<llvm::StringRef, 4> parts;
  std::vector<std::string> layers;
  // Reading, scaling, summing are parts of the layers that need them.
  for (bool main : {true, false}) {
    for (Operation *op : ops)
      if (isa<ConvOp, LinearOp, ExciteOp>(op) == main)
        layers.push_back(layerOf(op->getLoc()));
    for (const std::string &layer : layers)
      if (!layer.empty())
        parts.insert(layer);
    if (!parts.empty())
      break;
  }
  return llvm::join(parts, "+");
}

static schedules::Activation activationOf(Activation activation) {
  return activation == Activation::ReLU ? schedules::Activation::ReLU
                                        : schedules::Activation::None;
}

static std::vector<float>
toFloats(std::optional<llvm::ArrayRef<double>> values) {
  return values ? std::vector<float>(values->begin(), values->end())
                : std::vector<float>();
}

/// `op` without its inputs and result.
static schedules::Op describe(Operation *operation) {
  schedules::Op op;
  llvm::TypeSwitch<Operation *>(operation)
      .Case([&](ReadInputOp read) {
        op.kind = OpKind::ReadInput;
        op.mean = toFloats(read.getMean());
        op.standardDeviation = toFloats(read.getStandardDeviation());
      })
      .Case([&](ConvOp conv) {
        op.kind = OpKind::Conv;
        op.activation = activationOf(conv.getActivation());
        op.kernel = int(conv.getKernel());
        op.stride = int(conv.getStride());
        op.padding = int(conv.getPadding());
        op.groups = int(conv.getGroups());
      })
      .Case([&](ScaleOp scale) {
        op.kind = OpKind::Scale;
        op.activation = activationOf(scale.getActivation());
      })
      .Case([&](RowSumsOp) { op.kind = OpKind::RowSums; })
      .Case([&](ExciteOp excite) {
        op.kind = OpKind::Excite;
        op.hidden = int(excite.getHidden());
        op.pixels = int(excite.getPixels());
      })
      .Case([&](GlobalAveragePoolOp) { op.kind = OpKind::GlobalAveragePool; })
      .Case([&](LinearOp) { op.kind = OpKind::Linear; })
      .Case([&](WriteOutputOp) { op.kind = OpKind::WriteOutput; });
  return op;
}

static schedules::ElementType elementTypeOf(std::optional<Type> type) {
  return type ? mobileone::elementTypeOf(*type) : schedules::ElementType::F32;
}

/// Sets the types of `op`'s result, filters and sums. Where the machine does
/// not calculate in halves, f32 takes their place.
static void describeTypes(Operation *operation,
                          const schedules::Machine &machine,
                          schedules::Op &op) {
  op.type = mobileone::elementTypeOf(
      cast<RankedTensorType>(operation->getResult(0).getType())
          .getElementType());
  llvm::TypeSwitch<Operation *>(operation)
      .Case<ConvOp, LinearOp>([&](auto layer) {
        op.weightType = elementTypeOf(layer.getFilterType());
        if (machine.halfArithmetic)
          op.accumulatorType = elementTypeOf(layer.getAccumulator());
      })
      .Case([&](ScaleOp) {
        if (machine.halfArithmetic)
          op.accumulatorType = op.type;
      })
      .Case([&](ExciteOp excite) {
        op.weightType = elementTypeOf(excite.getFilterType());
      });
}

/// The logical shape of a value within a kernel. What a write_output makes has
/// the shape of what it copies: (channel, x, y) whatever the layout.
static Shape logicalShape(Operation *op) {
  if (auto write = dyn_cast<WriteOutputOp>(op))
    return extentsOf(write.getInput());
  return extentsOf(op->getResult(0));
}

KernelRequest mobileone::requestOf(KernelOp kernel,
                                   const schedules::Machine &machine) {
  KernelRequest request;
  request.name = kernel.getName().str();
  request.machine = machine;
  request.images = imagesOf(kernel.getResult(0), machine);
  llvm::DenseMap<Value, int> numbers;
  for (auto [outside, inside] :
       llvm::zip(kernel.getInputs(), kernel.getBody().getArguments())) {
    numbers[inside] = int(numbers.size());
    request.inputs.push_back(operandOf(outside, machine));
  }
  for (Operation *operation : bodyOf(kernel)) {
    schedules::Op op = describe(operation);
    for (Value input : operation->getOperands())
      op.inputs.push_back(numbers.at(input));
    op.result = logicalShape(operation);
    describeTypes(operation, machine, op);
    numbers[operation->getResult(0)] = int(numbers.size());
    request.ops.push_back(std::move(op));
  }
  Operation *yield = kernel.getBody().front().getTerminator();
  for (auto [outside, inside] :
       llvm::zip(kernel.getResults(), yield->getOperands()))
    request.outputs.push_back(
        {numbers.at(inside), operandOf(outside, machine)});
  if (std::optional<DictionaryAttr> parameters = kernel.getParameters())
    for (NamedAttribute parameter : *parameters)
      request.parameters[parameter.getName().str()] =
          int(cast<IntegerAttr>(parameter.getValue()).getInt());
  return request;
}

WeightAttr mobileone::weightOf(Operation *op, WeightRole role) {
  if (auto conv = dyn_cast<ConvOp>(op))
    return role == WeightRole::Filter ? conv.getFilterAttr()
                                      : conv.getBiasAttr();
  if (auto linear = dyn_cast<LinearOp>(op))
    return role == WeightRole::Filter ? linear.getFilterAttr()
                                      : linear.getBiasAttr();
  auto excite = cast<ExciteOp>(op);
  switch (role) {
  case WeightRole::ReduceFilter:
    return excite.getReduceFilterAttr();
  case WeightRole::ReduceBias:
    return excite.getReduceBiasAttr();
  case WeightRole::ExpandFilter:
    return excite.getExpandFilterAttr();
  default:
    return excite.getExpandBiasAttr();
  }
}

std::optional<PlannedKernel> mobileone::plannedKernelOf(KernelOp kernel) {
  std::optional<schedules::Machine> machine = machineOf(kernel);
  if (!machine || !kernel.getSchedule()) {
    kernel.emitError("has no schedule: run select-schedules first");
    return std::nullopt;
  }
  PlannedKernel planned;
  planned.request = requestOf(kernel, *machine);
  planned.schedule = schedules::findSchedule(kernel.getSchedule()->str());
  if (!planned.schedule) {
    kernel.emitError("there is no schedule '") << *kernel.getSchedule() << "'";
    return std::nullopt;
  }
  if (!planned.schedule->matches(planned.request)) {
    kernel.emitError("schedule '")
        << *kernel.getSchedule() << "' does not serve this kernel's body";
    return std::nullopt;
  }
  planned.layout = planned.schedule->layout(planned.request);
  return planned;
}

Tuning mobileone::tuningOf(KernelOp kernel) {
  if (kernel.getTuned())
    return Tuning::Tuned;
  std::optional<PlannedKernel> planned = plannedKernelOf(kernel);
  if (!planned || parametersOf(*planned->schedule, planned->request).empty())
    return Tuning::Fixed;
  return Tuning::Default;
}

const char *mobileone::tuningName(Tuning tuning) {
  switch (tuning) {
  case Tuning::Fixed:
    return "fixed";
  case Tuning::Default:
    return "default";
  case Tuning::Tuned:
    return "tuned";
  }
  return "";
}
