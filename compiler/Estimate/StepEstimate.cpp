//===- StepEstimate.cpp - How long steps take on a core -------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Estimate/StepEstimate.h"

#include <algorithm>

using namespace mobileone;

/// What LLVM calls the function that unpacks a kernel's arguments.
static constexpr char kWrapper[] = "_argv";

IssueBound mobileone::issueBound(const OperationCounts &counts,
                                 const PortModel &model) {
  const struct {
    const char *name;
    uint64_t count;
    unsigned perCycle;
  } limits[] = {
      {"multiplies", counts.multiplies, model.multiplies},
      {"SIMD", counts.simd, model.simd},
      {"width", counts.slots, model.width},
      {"vector loads", counts.vectorLoads, model.vectorLoads},
      {"loads", counts.loads, model.loads},
      {"vector stores", counts.vectorStores, model.vectorStores},
      {"stores", counts.stores, model.stores},
      {"loads and stores", counts.loads + counts.stores, model.loadsAndStores},
      {"branches", counts.branches, model.branches},
  };
  IssueBound bound;
  for (const auto &limit : limits)
    if (double cycles = double(limit.count) / limit.perCycle;
        cycles > bound.cycles)
      bound = {cycles, limit.name};
  return bound;
}

namespace {

/// Where a program's data is when a step needs it.
class DataPlacement {
public:
  DataPlacement(const ModelPlan &plan, const PlannedProgram &program,
                const PortModel &core);

  /// Cycles to move the maps and the weights of `step`, on one core or on all.
  double mapCycles(const PlannedStep &step, bool onAll) const;
  double weightCycles(const PlannedStep &step, bool onAll) const;

private:
  double perCycle(size_t level, bool onAll) const {
    const MemoryLevel &memory = core.levels[level];
    return onAll ? memory.sharedBytesPerCycle : memory.bytesPerCycle;
  }

  const PortModel &core;
  std::vector<double> weightShares; ///< By level.
};

} // namespace

DataPlacement::DataPlacement(const ModelPlan &plan,
                             const PlannedProgram &program,
                             const PortModel &core)
    : core(core), weightShares(core.levels.size()) {
  double maps = double(program.arenaBytes + program.scratchBytes +
                       plan.inputBytes / plan.batch);
  double weights = 0, left = 1;
  for (const PlannedStep &step : program.steps)
    weights += double(step.weightBytes);
  for (size_t i = 0; i < core.levels.size() && weights > 0; ++i) {
    double space = std::max(0.0, double(core.levels[i].bytes) - maps);
    weightShares[i] = std::min(left, space / weights);
    left -= weightShares[i];
  }
}

double DataPlacement::mapCycles(const PlannedStep &step, bool onAll) const {
  uint64_t maps = step.readBytes + step.writtenBytes;
  if (maps <= core.firstLevelBytes)
    return 0;
  size_t level = 0;
  while (core.levels[level].bytes < maps)
    ++level;
  return double(maps) / perCycle(level, onAll);
}

double DataPlacement::weightCycles(const PlannedStep &step, bool onAll) const {
  double total = 0;
  for (size_t i = 0; i < weightShares.size(); ++i)
    total += weightShares[i] * double(step.weightBytes) / perCycle(i, onAll);
  return total;
}

/// What `step` executes for an image, all steps with its kernel having equal
/// parts.
static OperationCounts
countsOf(const PlannedStep &step, const PlannedProgram &program, unsigned batch,
         const std::map<std::string, OperationCounts> &functions) {
  OperationCounts counts;
  for (const std::string &name : {step.kernel, step.kernel + kWrapper})
    if (auto found = functions.find(name); found != functions.end())
      counts += found->second;
  uint64_t sharing = std::count_if(
      program.steps.begin(), program.steps.end(),
      [&](const PlannedStep &each) { return each.kernel == step.kernel; });
  return counts.dividedBy(sharing * batch);
}

/// `issue` cycles of work on one core or on all, and what it waits for.
static double withMemory(const PlannedStep &step, double issue,
                         const DataPlacement &placement, unsigned elementBytes,
                         bool onAll) {
  double weights = double(step.weightBytes) / elementBytes;
  double reuse = std::max(1.0, weights > 0 ? step.multiplyAdds / weights : 1.0);
  double firstUse = issue / reuse;
  return issue - firstUse +
         std::max(firstUse, placement.weightCycles(step, onAll)) +
         placement.mapCycles(step, onAll);
}

static StepEstimate estimateStep(const PlannedStep &step,
                                 const OperationCounts &counts,
                                 const DataPlacement &placement,
                                 const std::string &precision,
                                 const PortModel &core) {
  unsigned elementBytes = precision == "f16" ? 2 : 4;
  unsigned laneBytes = core.multipliesHalves ? elementBytes : 4;
  double lanes = double(core.vectorBytes) / laneBytes * core.multiplies;
  double cyclesPerMicrosecond = 1e3 * core.gigahertz;
  IssueBound bound = issueBound(counts, core);
  // The core with the most tiles decides; a step of one tile has no barrier.
  unsigned most = (step.tiles + core.cores - 1) / core.cores;
  bool shared = step.tiles > 1 && core.cores > 1;
  double issueOnAll = bound.cycles * most / step.tiles;

  StepEstimate estimate;
  estimate.name = step.name;
  estimate.tiles = step.tiles;
  estimate.multiplyAdds = step.multiplyAdds;
  estimate.counts = counts;
  estimate.limit = bound.limit;
  estimate.multiplyAddMicroseconds =
      double(step.multiplyAdds) / lanes / cyclesPerMicrosecond;
  estimate.issueMicroseconds = bound.cycles / cyclesPerMicrosecond;
  estimate.microseconds =
      withMemory(step, bound.cycles, placement, elementBytes, false) /
      cyclesPerMicrosecond;
  estimate.issueMicrosecondsOnAll = issueOnAll / cyclesPerMicrosecond;
  estimate.microsecondsOnAll =
      withMemory(step, issueOnAll, placement, elementBytes, shared) /
          cyclesPerMicrosecond +
      (shared ? core.barrierMicroseconds : 0);
  return estimate;
}

StepEstimate ProgramEstimate::total() const {
  StepEstimate sum;
  for (const StepEstimate &step : steps) {
    sum.multiplyAdds += step.multiplyAdds;
    sum.counts += step.counts;
    sum.multiplyAddMicroseconds += step.multiplyAddMicroseconds;
    sum.issueMicroseconds += step.issueMicroseconds;
    sum.microseconds += step.microseconds;
    sum.issueMicrosecondsOnAll += step.issueMicrosecondsOnAll;
    sum.microsecondsOnAll += step.microsecondsOnAll;
  }
  return sum;
}

std::optional<ProgramEstimate> mobileone::estimateProgram(
    const ModelPlan &plan,
    const std::map<std::string, OperationCounts> &functions,
    const PortModel &core, DiagnosticList &diagnostics) {
  for (const PlannedProgram &program : plan.programs) {
    DataPlacement placement(plan, program, core);
    ProgramEstimate estimate;
    estimate.model = plan.model;
    estimate.batch = plan.batch;
    estimate.target = program.target;
    estimate.core = core;
    for (const PlannedStep &step : program.steps)
      if (OperationCounts counts =
              countsOf(step, program, plan.batch, functions);
          counts.instructions)
        estimate.steps.push_back(
            estimateStep(step, counts, placement, plan.precision, core));
    if (estimate.steps.size() == program.steps.size())
      return estimate;
  }
  diagnostics.error(ErrorKind::BadInput, plan.model,
                    "what was executed are not the kernels of its manifest",
                    "compile the model again");
  return std::nullopt;
}
