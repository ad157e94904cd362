//===- FormKernels.cpp - Group operations into kernels -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Planning/KernelRequests.h"
#include "compiler/Planning/Passes.h"

#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

namespace mobileone {
#define GEN_PASS_DEF_FORMKERNELS
#include "compiler/Planning/Passes.h.inc"
} // namespace mobileone

using namespace mlir;
using namespace mobileone;

/// What the kernel of `ops` is called: "stage1_0_stage1_1", a C identifier.
static std::string nameOf(ArrayRef<Operation *> ops) {
  std::string name = "kernel";
  if (std::string layers = layersOf(ops); !layers.empty())
    name = layers;
  for (char &c : name)
    c = llvm::isAlnum(c) ? c : '_';
  return llvm::isDigit(name.front()) ? "_" + name : name;
}

namespace {

/// Operations that one kernel computes, in order.
struct Group {
  SmallVector<Operation *> ops;
  bool emitted = false;
};

class KernelFormer {
public:
  KernelFormer(func::FuncOp function, bool fuse)
      : function(function), fuse(fuse),
        builder(function.getBody().front().getTerminator()) {}

  void run();

private:
  void assign(Operation *op);
  Group *groupToJoin(Operation *op);
  void addToGroup(Group &group, Operation *op);
  void emit(Group &group);
  void emitProducers(Group &group);
  bool isRepeated(Operation *op) { return fuse && isa<ScaleOp>(op); }
  bool isReadByNext(Operation *op) {
    return fuse && isa<ReadInputOp>(op) && op->hasOneUse() &&
           isa<ConvOp>(*op->user_begin());
  }
  std::string uniqueName(ArrayRef<Operation *> ops);

  func::FuncOp function;
  bool fuse;
  OpBuilder builder;
  SmallVector<std::unique_ptr<Group>> groups;
  DenseMap<Operation *, Group *> groupOf;
  /// What a value of the inference form is in the planned form.
  IRMapping planned;
  llvm::StringSet<> names;
};

} // namespace

void KernelFormer::run() {
  SmallVector<Operation *> ops;
  for (Operation &op : function.getBody().front().without_terminator())
    ops.push_back(&op);
  for (Operation *op : ops)
    // These go into the groups of their readers.
    if (!isRepeated(op) && !isReadByNext(op))
      assign(op);
  for (BlockArgument argument : function.getArguments())
    planned.map(argument, argument);
  for (auto &group : groups)
    emit(*group);
  Operation *end = function.getBody().front().getTerminator();
  for (OpOperand &operand : end->getOpOperands())
    operand.set(planned.lookup(operand.get()));
  for (Operation *op : llvm::reverse(ops))
    op->erase();
}

/// The group that computes the operand of `op` and can compute `op` as well.
Group *KernelFormer::groupToJoin(Operation *op) {
  Operation *producer = op->getOperand(0).getDefiningOp();
  if (!fuse || !producer || !groupOf.contains(producer))
    return nullptr;
  bool join = false;
  if (isa<RowSumsOp>(op))
    join = isa<ConvOp>(producer);
  else if (isa<LinearOp>(op))
    join = isa<GlobalAveragePoolOp>(producer) && producer->hasOneUse();
  else if (auto conv = dyn_cast<ConvOp>(op)) {
    auto before = dyn_cast<ConvOp>(producer);
    join = before && before.isDepthwise() && conv.isPointwise() &&
           conv.getStride() == 1 && before->hasOneUse();
  }
  return join ? groupOf.lookup(producer) : nullptr;
}

void KernelFormer::assign(Operation *op) {
  Group *group = groupToJoin(op);
  if (!group)
    group = groups.emplace_back(std::make_unique<Group>()).get();
  addToGroup(*group, op);
  groupOf[op] = group;
}

/// Adds `op` after what it reads and no other group computes.
void KernelFormer::addToGroup(Group &group, Operation *op) {
  if (llvm::is_contained(group.ops, op))
    return;
  for (Value operand : op->getOperands())
    if (Operation *producer = operand.getDefiningOp())
      if (isRepeated(producer) || isReadByNext(producer))
        addToGroup(group, producer);
  group.ops.push_back(op);
}

std::string KernelFormer::uniqueName(ArrayRef<Operation *> ops) {
  std::string base = nameOf(ops), name = base;
  for (int i = 2; !names.insert(name).second; ++i)
    name = base + "_" + std::to_string(i);
  return name;
}

/// Emits the groups whose results `group` reads: a group that was opened early
/// may read what a later one computes.
void KernelFormer::emitProducers(Group &group) {
  for (Operation *op : group.ops)
    for (Value operand : op->getOperands())
      if (Operation *producer = operand.getDefiningOp())
        if (Group *other = groupOf.lookup(producer); other && other != &group)
          emit(*other);
}

void KernelFormer::emit(Group &group) {
  if (std::exchange(group.emitted, true))
    return;
  emitProducers(group);
  auto isInside = [&](Operation *op) {
    return llvm::is_contained(group.ops, op);
  };
  SetVector<Value> inputs;
  SmallVector<Value> results;
  SmallVector<Location> locations;
  for (Operation *op : group.ops) {
    locations.push_back(op->getLoc());
    for (Value operand : op->getOperands())
      if (!operand.getDefiningOp() || !isInside(operand.getDefiningOp()))
        inputs.insert(operand);
    // Repeated operations are results of no group.
    if (groupOf.lookup(op) == &group && !llvm::all_of(op->getUsers(), isInside))
      results.push_back(op->getResult(0));
  }

  SmallVector<Value> outside;
  for (Value input : inputs)
    outside.push_back(planned.lookup(input));
  auto kernel = KernelOp::create(
      builder, builder.getFusedLoc(locations), ValueRange(results).getTypes(),
      uniqueName(group.ops), outside, /*schedule=*/nullptr,
      /*parameters=*/nullptr, /*weight_offsets=*/nullptr, /*borders=*/nullptr,
      /*offsets=*/nullptr);
  OpBuilder::InsertionGuard guard(builder);
  Block *body = builder.createBlock(&kernel.getBody());
  IRMapping inside;
  for (Value input : inputs)
    inside.map(input, body->addArgument(input.getType(), input.getLoc()));
  for (Operation *op : group.ops)
    builder.clone(*op, inside);
  SmallVector<Value> yielded;
  for (auto [result, outer] : llvm::zip(results, kernel.getResults())) {
    yielded.push_back(inside.lookup(result));
    planned.map(result, outer);
  }
  YieldOp::create(builder, kernel.getLoc(), yielded);
}

namespace {

struct FormKernels : mobileone::impl::FormKernelsBase<FormKernels> {
  using FormKernelsBase::FormKernelsBase;

  void runOnOperation() override {
    if (!getOperation().isDeclaration())
      KernelFormer(getOperation(), fuse).run();
  }
};

} // namespace
