//===- TableEmitter.cpp - model_abi.h's tables as constants ---------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/TableEmitter.h"

#include "llvm/IR/Constants.h"
#include "llvm/IR/DerivedTypes.h"
#include "llvm/Support/ErrorHandling.h"

using namespace llvm;
using namespace mobileone;
using schedules::ElementType;

namespace {

/// The structs of model_abi.h, field for field.
class TableEmitter {
public:
  TableEmitter(const ModelTables &tables, Module &module)
      : tables(tables), module(module), context(module.getContext()) {}

  GlobalVariable *emit(const WeightsReference &weights);

private:
  Constant *u8(uint64_t value) { return integer(8, value); }
  Constant *u16(uint64_t value) { return integer(16, value); }
  Constant *u32(uint64_t value) { return integer(32, value); }
  Constant *u64(uint64_t value) { return integer(64, value); }
  Constant *integer(unsigned bits, uint64_t value) {
    // Signed fields come in sign-extended.
    return ConstantInt::get(IntegerType::get(context, bits), value,
                            /*IsSigned=*/false, /*ImplicitTrunc=*/true);
  }
  Constant *structure(ArrayRef<Constant *> fields) {
    return ConstantStruct::getAnon(context, fields);
  }
  Constant *array(ArrayRef<Constant *> elements) {
    return ConstantArray::get(
        ArrayType::get(elements.front()->getType(), elements.size()), elements);
  }

  GlobalVariable *global(Constant *value, const Twine &name);
  /// The address of an array of `elements`; null without any.
  Constant *list(ArrayRef<Constant *> elements, const Twine &name) {
    return elements.empty() ? nullPointer() : global(array(elements), name);
  }
  Constant *string(StringRef text);
  Constant *nullPointer() {
    return ConstantPointerNull::get(PointerType::get(context, 0));
  }

  Constant *elementType(ElementType type);
  Constant *operand(const StepOperand &operand);
  Constant *launch(const Launch &launch);
  Constant *step(const Program &program, const Step &step);
  Constant *deviceCode(const DeviceCode &code);
  Constant *program(const Program &program);
  Constant *tensor(const ModelTensor &tensor);
  Constant *tensors(const std::vector<ModelTensor> &list, const Twine &name);

  /// What C says about the same struct.
  void expectSize(Constant *value, uint64_t bytes) {
    if (module.getDataLayout().getTypeAllocSize(value->getType()) != bytes)
      report_fatal_error("a table's layout is not model_abi.h's");
  }

  const ModelTables &tables;
  Module &module;
  LLVMContext &context;
  StringMap<Constant *> strings;
};

} // namespace

GlobalVariable *TableEmitter::global(Constant *value, const Twine &name) {
  auto *variable = new GlobalVariable(
      module, value->getType(),
      /*isConstant=*/true, GlobalValue::InternalLinkage, value, name);
  variable->setUnnamedAddr(GlobalValue::UnnamedAddr::Global);
  return variable;
}

Constant *TableEmitter::string(StringRef text) {
  Constant *&known = strings[text];
  if (!known)
    known =
        global(ConstantDataArray::getString(context, text), "mobileone.string");
  return known;
}

Constant *TableEmitter::elementType(ElementType type) {
  mobileone_element_type described = abiType(type);
  return structure(
      {u8(described.code), u8(described.bits), u16(described.lanes)});
}

Constant *TableEmitter::operand(const StepOperand &operand) {
  SmallVector<Constant *> dimensions;
  for (const mobileone_dimension &d : operand.dimensions)
    dimensions.push_back(
        structure({u32(d.min), u32(d.extent), u32(d.stride), u32(d.flags)}));
  Constant *border = u8(operand.border);
  Constant *value =
      structure({u32(operand.space), u32(operand.index), u64(operand.offset),
                 elementType(operand.type), u32(operand.tileDimension),
                 u32(operand.tileExtent), border, border, border, border,
                 array(dimensions), u64(operand.imageStride)});
  expectSize(value, sizeof(mobileone_operand));
  return value;
}

Constant *TableEmitter::launch(const Launch &launch) {
  SmallVector<Constant *> arguments, grid, block;
  for (const mobileone_launch_argument &each : launch.arguments)
    arguments.push_back(
        structure({u32(each.operand), u32(each.bytes), u64(each.value)}));
  for (int d = 0; d < 3; ++d) {
    grid.push_back(u32(launch.grid[d]));
    block.push_back(u32(launch.block[d]));
  }
  Constant *value = structure({string(launch.entry), array(grid), array(block),
                               u32(launch.sharedBytes), u32(arguments.size()),
                               list(arguments, "mobileone.arguments")});
  expectSize(value, sizeof(mobileone_launch));
  return value;
}

Constant *TableEmitter::step(const Program &program, const Step &step) {
  SmallVector<Constant *> operands;
  for (const StepOperand &each : step.operands)
    operands.push_back(operand(each));
  Constant *kernel = nullPointer();
  SmallVector<Constant *> launches;
  for (const Launch &each : step.launches)
    launches.push_back(launch(each));
  if (launches.empty())
    kernel =
        module.getFunction(program.kernels[step.kernelJob].symbol + "_argv");
  Constant *value = structure(
      {string(step.name), kernel,
       global(array(operands), "mobileone.operands." + step.kernel),
       u32(operands.size()), u32(step.tileCount), u64(step.multiplyAdds),
       list(launches, "mobileone.launches"), u32(launches.size())});
  expectSize(value, sizeof(mobileone_step));
  return value;
}

Constant *TableEmitter::deviceCode(const DeviceCode &code) {
  bool isText = code.kind != MOBILEONE_DEVICE_CODE_CUBIN;
  GlobalVariable *bytes =
      global(ConstantDataArray::getString(context, code.bytes,
                                          /*AddNull=*/isText),
             "mobileone.code");
  bytes->setAlignment(Align(MOBILEONE_ALIGNMENT));
  Constant *value = structure({u32(code.kind), u32(code.capability), bytes,
                               u64(code.bytes.size() + (isText ? 1 : 0))});
  expectSize(value, sizeof(mobileone_device_code));
  return value;
}

Constant *TableEmitter::program(const Program &program) {
  SmallVector<Constant *> steps, codes;
  for (const Step &each : program.steps)
    steps.push_back(step(program, each));
  for (const DeviceCode &each : program.codes)
    codes.push_back(deviceCode(each));
  Constant *value = structure(
      {u32(program.target->level), string(program.target->name),
       u64(program.arenaBytes), u64(program.scratchBytes),
       global(array(steps), "mobileone.steps"), u32(steps.size()),
       u32(program.images), list(codes, "mobileone.codes"), u32(codes.size())});
  expectSize(value, sizeof(mobileone_program));
  return value;
}

Constant *TableEmitter::tensor(const ModelTensor &tensor) {
  SmallVector<Constant *> shape;
  for (size_t d = 0; d < 4; ++d)
    shape.push_back(u64(d < tensor.shape.size() ? tensor.shape[d] : 0));
  Constant *value = structure({string(tensor.name), elementType(tensor.type),
                               u32(tensor.layout), u32(tensor.shape.size()),
                               array(shape), u64(tensor.bytes())});
  expectSize(value, sizeof(mobileone_tensor));
  return value;
}

Constant *TableEmitter::tensors(const std::vector<ModelTensor> &list,
                                const Twine &name) {
  SmallVector<Constant *> elements;
  for (const ModelTensor &each : list)
    elements.push_back(tensor(each));
  return global(array(elements), name);
}

GlobalVariable *TableEmitter::emit(const WeightsReference &weights) {
  SmallVector<Constant *> programs;
  for (const Program &each : tables.programs)
    programs.push_back(program(each));
  Constant *value = structure(
      {u32(MOBILEONE_ABI_VERSION), u32(sizeof(mobileone_model)),
       string(tables.name), tensors(tables.inputs, "mobileone.inputs"),
       tensors(tables.outputs, "mobileone.outputs"), u32(tables.inputs.size()),
       u32(tables.outputs.size()),
       weights.pointer ? weights.pointer : nullPointer(), u64(weights.bytes),
       u64(weights.id), global(array(programs), "mobileone.programs"),
       u32(programs.size()), u32(tables.batch)});
  expectSize(value, sizeof(mobileone_model));
  auto *model =
      new GlobalVariable(module, value->getType(), /*isConstant=*/true,
                         GlobalValue::ExternalLinkage, value);
  model->setDSOLocal(true);
  return model;
}

GlobalVariable *mobileone::emitModelTables(const ModelTables &tables,
                                           const WeightsReference &weights,
                                           Module &module) {
  return TableEmitter(tables, module).emit(weights);
}
