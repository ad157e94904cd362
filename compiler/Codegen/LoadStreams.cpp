//===- LoadStreams.cpp - Weights four vectors at a time -------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/LoadStreams.h"

#include "llvm/Analysis/AssumptionCache.h"
#include "llvm/Analysis/LoopInfo.h"
#include "llvm/Analysis/ScalarEvolution.h"
#include "llvm/Analysis/ScalarEvolutionExpressions.h"
#include "llvm/Analysis/TargetLibraryInfo.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InlineAsm.h"
#include "llvm/IR/IntrinsicsAArch64.h"
#include "llvm/IR/Module.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"
#include "llvm/Transforms/Utils/ScalarEvolutionExpander.h"

#include <map>
#include <set>

using namespace llvm;

namespace {

constexpr int64_t vectorBytes = 16, quadBytes = 4 * vectorBytes;

/// Loads of the same vector.
using Loads = SmallVector<LoadInst *, 1>;
/// More than there are registers.
using Sums = SmallVector<Instruction *, 32>;

/// Loads of vectors whose addresses have constant distances and move on by
/// `step` bytes an iteration.
struct Group {
  const SCEVAddRecExpr *address; ///< The one that distances count from.
  Type *type;
  int64_t step;
  std::map<int64_t, Loads> loads; ///< By distance.
};

/// A row of vectors.
struct Stream {
  const SCEV *start; ///< The address of the first one in the first iteration.
  std::vector<Loads> vectors;
};

/// Rewrites the streams of a loop of one block.
class LoopStreams {
public:
  LoopStreams(Loop &loop, ScalarEvolution &evolution)
      : loop(loop), block(*loop.getHeader()), evolution(evolution) {}

  void rewrite() {
    if (!isSuitable())
      return;
    for (Instruction &each : block)
      if (auto *load = dyn_cast<LoadInst>(&each))
        addLoad(*load);
    std::vector<Stream> streams;
    for (const Group &group : groups)
      addStreams(group, streams);
    if (streams.empty())
      return;
    // What nobody reads must not be kept by what is added here.
    DeleteDeadPHIs(&block);
    sinkLoads();
    numberSums();
    for (const Stream &stream : streams)
      rewrite(stream);
  }

private:
  /// Whether the loop is one block that writes nothing.
  bool isSuitable() const {
    if (loop.getNumBlocks() != 1 || !loop.getLoopPreheader())
      return false;
    return none_of(block, [](const Instruction &each) {
      auto *call = dyn_cast<IntrinsicInst>(&each);
      bool fetches = call && call->getIntrinsicID() == Intrinsic::prefetch;
      return each.mayWriteToMemory() && !fetches;
    });
  }

  void addLoad(LoadInst &load) {
    auto *type = dyn_cast<FixedVectorType>(load.getType());
    if (!load.isSimple() || !type ||
        type->getPrimitiveSizeInBits() != 8 * vectorBytes)
      return;
    auto *address =
        dyn_cast<SCEVAddRecExpr>(evolution.getSCEV(load.getPointerOperand()));
    if (!address || address->getLoop() != &loop || !address->isAffine())
      return;
    auto *step = dyn_cast<SCEVConstant>(address->getStepRecurrence(evolution));
    if (!step)
      return;
    for (Group &group : groups) {
      if (group.type != type)
        continue;
      std::optional<APInt> distance =
          evolution.computeConstantDifference(address, group.address);
      if (!distance)
        continue;
      group.loads[distance->getSExtValue()].push_back(&load);
      return;
    }
    groups.push_back(
        {address, type, step->getAPInt().getSExtValue(), {{0, {&load}}}});
  }

  /// The runs of neighbouring vectors that are as long as the step.
  void addStreams(const Group &group, std::vector<Stream> &streams) const {
    if (group.step < 2 * quadBytes || group.step % quadBytes != 0)
      return;
    for (auto first = group.loads.begin(); first != group.loads.end();) {
      Stream stream{startOf(group, first->first), {}};
      int64_t next = first->first;
      for (; first != group.loads.end() && first->first == next; ++first) {
        stream.vectors.push_back(first->second);
        next += vectorBytes;
      }
      if (int64_t(stream.vectors.size()) * vectorBytes == group.step)
        streams.push_back(std::move(stream));
    }
  }

  const SCEV *startOf(const Group &group, int64_t distance) const {
    const SCEV *start = group.address->getStart();
    Type *index = evolution.getEffectiveSCEVType(start->getType());
    return evolution.getAddExpr(
        start, evolution.getConstant(index, distance, /*isSigned=*/true));
  }

  /// The first user of `value` in the block, or null. Phis use it at the end.
  Instruction *firstUser(Value &value) const {
    Instruction *first = nullptr;
    for (User *user : value.users()) {
      auto *each = cast<Instruction>(user);
      if (each->getParent() == &block && !isa<PHINode>(each) &&
          (!first || each->comesBefore(first)))
        first = each;
    }
    return first;
  }

  /// Moves loads and the choice of their lanes to their first users.
  void sinkLoads() {
    for (Instruction &each : make_early_inc_range(reverse(block)))
      if (isa<LoadInst>(each) || isa<ShuffleVectorInst>(each))
        if (Instruction *user = firstUser(each))
          each.moveBefore(user->getIterator());
  }

  /// Gives every chain of sums of halves a register, those from v16 on first:
  /// what halves are multiplied by a lane of must be in one below, and code
  /// generation would fill those with sums.
  void numberSums() {
    constexpr int registers = 32, lower = 16;
    int count = 0;
    for (PHINode &phi : block.phis()) {
      auto *type = dyn_cast<FixedVectorType>(phi.getType());
      if (!type || !type->getElementType()->isHalfTy() || count == registers)
        continue;
      registerOf[&phi] = count < lower ? lower + count : registers - 1 - count;
      ++count;
    }
    for (Instruction &each : block)
      if (each.getType()->isVectorTy() && !isa<PHINode>(each))
        for (Value *operand : each.operands())
          if (int number = registerOf.lookup_or(operand, -1); number >= 0)
            registerOf[&each] = number;
  }

  void rewrite(const Stream &stream) {
    SCEVExpander expander(evolution, "stream");
    BasicBlock *preheader = loop.getLoopPreheader();
    Value *start = expander.expandCodeFor(stream.start, stream.start->getType(),
                                          preheader->getTerminator());
    auto *address =
        PHINode::Create(start->getType(), 2, "stream", block.begin());
    address->addIncoming(start, preheader);
    Value *next = address;
    std::vector<Instruction *> places = placesOf(stream);
    for (size_t quad = 0; quad + 1 < places.size(); ++quad)
      next = loadQuad(ArrayRef(stream.vectors).slice(4 * quad, 4), next,
                      *places[quad], *places[quad + 1]);
    address->addIncoming(next, &block);
    for (const Loads &loads : stream.vectors)
      for (LoadInst *load : loads)
        load->eraseFromParent();
  }

  /// Where each quad is loaded, and the end: at its first load, but in order.
  std::vector<Instruction *> placesOf(const Stream &stream) const {
    std::vector<Instruction *> places(stream.vectors.size() / 4 + 1);
    Instruction *earliest = places.back() = block.getTerminator();
    for (size_t i = stream.vectors.size(); i-- > 0;) {
      for (LoadInst *load : stream.vectors[i])
        if (load->comesBefore(earliest))
          earliest = load;
      places[i / 4] = earliest;
    }
    return places;
  }

  /// Replaces `loads` by a load of a quad from `address`, at `place`. Returns
  /// the address behind it, which is known at `end`.
  Value *loadQuad(ArrayRef<Loads> loads, Value *address, Instruction &place,
                  Instruction &end) const {
    IRBuilder<> builder(&place);
    Type *type = loads[0][0]->getType();
    Value *vectors = builder.CreateIntrinsic(
        Intrinsic::aarch64_neon_ld1x4, {type, address->getType()}, {address});
    Sums sums;
    for (unsigned i = 0; i < 4; ++i) {
      Value *vector = builder.CreateExtractValue(vectors, i);
      for (LoadInst *load : loads[i])
        load->replaceAllUsesWith(vector);
      addSums(*vector, end, sums);
    }
    Value *next = builder.CreateConstInBoundsGEP1_64(builder.getInt8Ty(),
                                                     address, quadBytes);
    builder.SetInsertPoint(&end);
    return finishStep(builder, next, sums);
  }

  bool isUsedBefore(Instruction &end, Instruction &value) const {
    return any_of(value.users(), [&](User *user) {
      auto *each = cast<Instruction>(user);
      return each->getParent() == &block && !isa<PHINode>(each) &&
             each->comesBefore(&end);
    });
  }

  /// Adds to `sums` what `vector` is multiplied for before `end`, unless more
  /// is added to it before that.
  void addSums(Value &vector, Instruction &end, Sums &sums) const {
    for (User *user : vector.users()) {
      if (!user->hasOneUse())
        continue;
      auto *sum = cast<Instruction>(*user->user_begin());
      if (sum->getParent() == &block && sum->comesBefore(&end) &&
          sum->getType() == vector.getType() && !isa<PHINode>(sum) &&
          !isUsedBefore(end, *sum))
        sums.push_back(sum);
    }
  }

  /// Returns `address` from an instruction that is empty and waits for `sums`.
  /// As it is opaque, code generation does not make each address of a chain a
  /// sum of the first one: ld1 adds nothing to its address, it steps to the
  /// next.
  Value *finishStep(IRBuilder<> &builder, Value *address,
                    const Sums &sums) const {
    SmallVector<Type *, 32> types = {address->getType()};
    SmallVector<Value *, 32> arguments = {address};
    std::string outputs = "=r", inputs = ",0";
    std::set<int> taken;
    for (Instruction *sum : sums) {
      int number = registerOf.lookup_or(sum, -1);
      bool isNumbered = number >= 0 && taken.insert(number).second;
      outputs += isNumbered ? ",={v" + std::to_string(number) + "}" : ",=w";
      inputs += "," + std::to_string(types.size());
      types.push_back(sum->getType());
      arguments.push_back(sum);
    }
    Type *result =
        sums.empty() ? types[0] : StructType::get(builder.getContext(), types);
    CallInst *call = builder.CreateCall(
        InlineAsm::get(FunctionType::get(result, types, false), "",
                       outputs + inputs + ",~{memory}",
                       /*hasSideEffects=*/true),
        arguments);
    call->setDoesNotThrow();
    if (sums.empty())
      return call;
    for (size_t i = 0; i < sums.size(); ++i)
      replaceBehind(*sums[i], *call, builder.CreateExtractValue(call, i + 1));
    return builder.CreateExtractValue(call, 0);
  }

  /// Replaces the uses of `sum` behind `call` by `same`.
  static void replaceBehind(Instruction &sum, CallInst &call, Value *same) {
    sum.replaceUsesWithIf(same, [&](Use &use) {
      auto *user = cast<Instruction>(use.getUser());
      return user->getParent() != call.getParent() || isa<PHINode>(user) ||
             call.comesBefore(user);
    });
  }

  Loop &loop;
  BasicBlock &block;
  ScalarEvolution &evolution;
  std::vector<Group> groups;
  /// Of sums, by number.
  DenseMap<Value *, int> registerOf;
};

} // namespace

void mobileone::loadStreams(Function &function) {
  TargetLibraryInfoImpl libraryFunctions(
      function.getParent()->getTargetTriple());
  TargetLibraryInfo library(libraryFunctions);
  DominatorTree dominators(function);
  LoopInfo loops(dominators);
  AssumptionCache assumptions(function);
  ScalarEvolution evolution(function, library, assumptions, dominators, loops);
  for (Loop *loop : loops.getLoopsInPreorder())
    if (loop->isInnermost())
      LoopStreams(*loop, evolution).rewrite();
}
