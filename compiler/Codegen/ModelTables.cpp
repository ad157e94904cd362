//===- ModelTables.cpp - What the runtime reads, as data -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/ModelTables.h"

#include "compiler/Planning/KernelRequests.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringExtras.h"

#include <map>

using namespace mlir;
using namespace mobileone;
using schedules::ElementType;
using schedules::KernelLayout;
using schedules::Operand;

mobileone_element_type mobileone::abiType(schedules::ElementType type) {
  if (type == schedules::ElementType::U8)
    return {MOBILEONE_CODE_UINT, 8, 1};
  return {MOBILEONE_CODE_FLOAT, uint8_t(8 * schedules::bytesOf(type)), 1};
}

uint64_t ModelTensor::bytes() const {
  uint64_t bytes = uint64_t(schedules::bytesOf(type));
  for (int64_t extent : shape)
    bytes *= uint64_t(extent);
  return bytes;
}

namespace {

/// Makes one target's program.
class ProgramBuilder {
public:
  ProgramBuilder(const Target &target, ModuleOp module) : module(module) {
    program.target = &target;
  }

  std::optional<Program> build();

private:
  bool addStep(KernelOp kernel);
  size_t jobFor(const PlannedKernel &planned);
  StepOperand locate(Value value, const Operand &operand);
  void addInputs(Step &step, KernelOp kernel, const PlannedKernel &planned);
  void addWeights(Step &step, KernelOp kernel, const PlannedKernel &planned);
  void addScratch(Step &step, const PlannedKernel &planned);
  void addOutputs(Step &step, KernelOp kernel, const PlannedKernel &planned);

  ModuleOp module;
  Program program;
  /// From a kernel's schedule and request to its job.
  std::map<std::string, size_t> jobs;
};

} // namespace

/// An operand without its place. Channels are those that exist in memory.
static StepOperand describe(const Operand &operand) {
  StepOperand result;
  result.type = operand.type;
  const std::array<int, 3> extents = {
      operand.storedChannels, operand.shape.width, operand.shape.height};
  for (int d = 0; d < MOBILEONE_DIMENSIONS; ++d)
    result.dimensions[d] = {0, extents[d], operand.strides[d], 0};
  result.imageStride = uint64_t(operand.imageStride);
  return result;
}

static void cutIntoTiles(StepOperand &operand, const KernelLayout &layout) {
  if (layout.tileDimension < 0)
    return;
  operand.tileDimension = layout.tileDimension;
  operand.tileExtent = layout.tileExtent;
}

/// Where `value` lies, as its producer and its readers see it.
StepOperand ProgramBuilder::locate(Value value, const Operand &operand) {
  StepOperand result = describe(operand);
  if (auto argument = dyn_cast<BlockArgument>(value)) {
    result.space = MOBILEONE_SPACE_INPUT;
    result.index = argument.getArgNumber();
    return result;
  }
  for (OpOperand &use : value.getUses())
    if (isa<func::ReturnOp>(use.getOwner())) {
      result.space = MOBILEONE_SPACE_OUTPUT;
      result.index = use.getOperandNumber();
      return result;
    }
  auto kernel = value.getDefiningOp<KernelOp>();
  unsigned number = cast<OpResult>(value).getResultNumber();
  result.offset = uint64_t((*kernel.getOffsets())[number] + originOf(operand));
  return result;
}

void ProgramBuilder::addInputs(Step &step, KernelOp kernel,
                               const PlannedKernel &planned) {
  for (auto [value, operand] :
       llvm::zip(kernel.getInputs(), planned.request.inputs))
    step.operands.push_back(locate(value, operand));
}

void ProgramBuilder::addWeights(Step &step, KernelOp kernel,
                                const PlannedKernel &planned) {
  for (auto [offset, packing] :
       llvm::zip(*kernel.getWeightOffsets(), planned.layout.weights)) {
    StepOperand operand = describe(schedules::packedOperand(packing));
    operand.space = MOBILEONE_SPACE_WEIGHTS;
    operand.offset = uint64_t(offset);
    step.operands.push_back(operand);
  }
}

/// Scratch buffers lie one after another.
void ProgramBuilder::addScratch(Step &step, const PlannedKernel &planned) {
  const KernelLayout &layout = planned.layout;
  uint64_t end = 0;
  for (const schedules::ScratchBuffer &buffer : layout.scratch) {
    StepOperand operand = describe(buffer.operand);
    operand.space = MOBILEONE_SPACE_SCRATCH;
    operand.offset = end + uint64_t(originOf(buffer.operand));
    // What follows tiles holds one tile's rows.
    Operand inMemory = buffer.operand;
    if (buffer.followsTile && layout.tileDimension == 2) {
      cutIntoTiles(operand, layout);
      inMemory.shape.height =
          std::min(inMemory.shape.height, layout.tileExtent);
    }
    step.operands.push_back(operand);
    end = llvm::alignTo(
        end + uint64_t(bytesOf(inMemory, planned.request.images)), 64);
  }
  program.scratchBytes = std::max(program.scratchBytes, end);
}

void ProgramBuilder::addOutputs(Step &step, KernelOp kernel,
                                const PlannedKernel &planned) {
  for (auto [value, output] :
       llvm::zip(kernel.getResults(), planned.request.outputs)) {
    StepOperand operand = locate(value, output.operand);
    operand.border = uint8_t(output.operand.border);
    cutIntoTiles(operand, planned.layout);
    step.operands.push_back(operand);
  }
}

size_t ProgramBuilder::jobFor(const PlannedKernel &planned) {
  std::string key = planned.layout.schedule + "\n" + print(planned.request);
  auto [entry, isNew] = jobs.insert({key, program.kernels.size()});
  if (isNew) {
    std::string level = program.target->name;
    llvm::replace(level, '-', '_');
    program.kernels.push_back({planned.request, planned.schedule,
                               planned.layout,
                               planned.request.name + "_" + level});
  }
  return entry->second;
}

bool ProgramBuilder::addStep(KernelOp kernel) {
  std::optional<PlannedKernel> planned = plannedKernelOf(kernel);
  if (!planned)
    return false;
  Step step;
  step.kernel = kernel.getName().str();
  step.name = layersOf(bodyOf(kernel));
  if (step.name.empty())
    step.name = step.kernel;
  step.kernelJob = jobFor(*planned);
  step.tuning = tuningName(tuningOf(kernel));
  step.tileCount = uint32_t(planned->layout.tileCount);
  step.multiplyAdds = uint64_t(multiplyAdds(planned->request));
  addInputs(step, kernel, *planned);
  addWeights(step, kernel, *planned);
  addScratch(step, *planned);
  addOutputs(step, kernel, *planned);
  program.images = uint32_t(planned->request.images);
  if (step.operands.size() > MOBILEONE_MAX_OPERANDS) {
    kernel.emitError("has ")
        << step.operands.size() << " operands, the runtime passes at most "
        << MOBILEONE_MAX_OPERANDS;
    return false;
  }
  program.steps.push_back(std::move(step));
  return true;
}

std::optional<Program> ProgramBuilder::build() {
  auto arena = module->getAttrOfType<IntegerAttr>(arenaBytesAttrName);
  if (!arena) {
    module.emitError("has no arena: run plan-arena first");
    return std::nullopt;
  }
  program.arenaBytes = uint64_t(arena.getInt());
  for (auto function : module.getOps<func::FuncOp>())
    for (auto kernel : function.getOps<KernelOp>())
      if (!addStep(kernel))
        return std::nullopt;
  return std::move(program);
}

/// A tensor of the caller.
std::string mobileone::accumulatorsOf(const KernelJob &job) {
  llvm::SetVector<llvm::StringRef> names;
  for (const schedules::Op &op : job.request.ops)
    if (op.kind == schedules::OpKind::Conv ||
        op.kind == schedules::OpKind::Linear)
      names.insert(schedules::nameOf(op.accumulatorType));
  return llvm::join(names, ", ");
}

/// The type of filters, which all are of one.
static ElementType precisionOf(const std::vector<Program> &programs) {
  for (const Program &program : programs)
    for (const KernelJob &job : program.kernels)
      for (const schedules::Op &op : job.request.ops)
        if (op.weightType != ElementType::F32)
          return op.weightType;
  return ElementType::F32;
}

static ModelTensor describeTensor(Value value, std::string name) {
  auto type = cast<RankedTensorType>(value.getType());
  ModelTensor tensor;
  tensor.name = std::move(name);
  tensor.type = elementTypeOf(type.getElementType());
  tensor.shape.assign(type.getShape().begin(), type.getShape().end());
  if (tensor.shape.size() == 2)
    tensor.layout = MOBILEONE_LAYOUT_NC;
  else
    tensor.layout = callersLayoutOf(value) == Layout::NHWC
                        ? MOBILEONE_LAYOUT_NHWC
                        : MOBILEONE_LAYOUT_NCHW;
  return tensor;
}

static std::string nameOr(Attribute name, const std::string &otherwise) {
  auto text = dyn_cast_if_present<StringAttr>(name);
  return text ? text.str() : otherwise;
}

static void addTensors(ModelTables &tables, ModuleOp module) {
  auto function = *module.getOps<func::FuncOp>().begin();
  tables.batch = uint32_t(
      cast<RankedTensorType>(function.getArgumentTypes()[0]).getDimSize(0));
  for (BlockArgument argument : function.getArguments()) {
    unsigned i = argument.getArgNumber();
    tables.inputs.push_back(describeTensor(
        argument, nameOr(function.getArgAttr(i, nameAttrName), "input")));
  }
  Operation *end = function.getBody().front().getTerminator();
  for (OpOperand &result : end->getOpOperands()) {
    unsigned i = result.getOperandNumber();
    tables.outputs.push_back(describeTensor(
        result.get(), nameOr(function.getResultAttr(i, nameAttrName),
                             "output" + std::to_string(i))));
  }
}

std::optional<ModelTables>
mobileone::buildModelTables(const std::string &name,
                            const std::vector<const Target *> &targets,
                            const std::vector<ModuleOp> &planned) {
  ModelTables tables;
  tables.name = name;
  for (auto [target, module] : llvm::zip(targets, planned)) {
    std::optional<Program> program = ProgramBuilder(*target, module).build();
    if (!program)
      return std::nullopt;
    tables.programs.push_back(std::move(*program));
  }
  tables.precision = precisionOf(tables.programs);
  addTensors(tables, planned.front());
  return tables;
}
