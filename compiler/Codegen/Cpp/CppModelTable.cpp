//===- CppModelTable.cpp - model_abi.h's tables as C++ --------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/Cpp/CppModelTable.h"

#include "compiler/Codegen/Cpp/CppNames.h"

#include <fmt/format.h>

namespace mobileone {

using schedules::ElementType;

std::string cppLevelName(const Program &program) {
  return asCppIdentifier(program.target->name);
}

std::string cppKernelNamespace(const ModelTables &tables,
                               const Program &program) {
  return fmt::format("{}_kernels::{}", tables.name, cppLevelName(program));
}

std::string cppKernelName(const KernelJob &job) {
  return asCppIdentifier(job.request.name);
}

std::string printCppKernelDeclarations(const ModelTables &tables) {
  std::string text = fmt::format("// The kernels of {0}, each in a file of its "
                                 "own: kernels/<level>/<kernel>.cpp.\n\n"
                                 "#ifndef MOBILEONE_KERNELS_{0}_H\n"
                                 "#define MOBILEONE_KERNELS_{0}_H\n\n"
                                 "#include <stdint.h>\n",
                                 tables.name);
  for (const Program &program : tables.programs) {
    std::string name = cppKernelNamespace(tables, program);
    text += fmt::format("\nnamespace {} {{\n", name);
    for (const KernelJob &job : program.kernels)
      text +=
          fmt::format("int32_t {}(void **arguments);\n", cppKernelName(job));
    text += fmt::format("}} // namespace {}\n", name);
  }
  return text +
         fmt::format("\n#endif // MOBILEONE_KERNELS_{}_H\n", tables.name);
}

/// A C string literal.
static std::string quoted(const std::string &text) {
  std::string result = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\')
      result += '\\';
    // The spec's names have no control characters.
    result += c;
  }
  return result + "\"";
}

static const char *typeName(ElementType type) {
  return type == ElementType::U8 ? "u8" : "f32";
}

static const char *spaceName(mobileone_space space) {
  switch (space) {
  case MOBILEONE_SPACE_ARENA:
    return "MOBILEONE_SPACE_ARENA";
  case MOBILEONE_SPACE_WEIGHTS:
    return "MOBILEONE_SPACE_WEIGHTS";
  case MOBILEONE_SPACE_SCRATCH:
    return "MOBILEONE_SPACE_SCRATCH";
  case MOBILEONE_SPACE_INPUT:
    return "MOBILEONE_SPACE_INPUT";
  case MOBILEONE_SPACE_OUTPUT:
    return "MOBILEONE_SPACE_OUTPUT";
  }
  return "MOBILEONE_SPACE_ARENA";
}

static std::string printOperand(const StepOperand &operand) {
  std::string dimensions;
  for (const mobileone_dimension &d : operand.dimensions)
    dimensions +=
        fmt::format("{}{{{}, {}, {}, {}}}", dimensions.empty() ? "" : ", ",
                    d.min, d.extent, d.stride, d.flags);
  return fmt::format("    {{{0}, {1}, {2}, {3}, {4}, {5}, {6}, {6}, {6}, {6},\n"
                     "     {{{7}}}, {8}}},\n",
                     spaceName(operand.space), operand.index, operand.offset,
                     typeName(operand.type), operand.tileDimension,
                     operand.tileExtent, unsigned(operand.border), dimensions,
                     operand.imageStride);
}

static std::string operandsName(const Program &program, size_t step) {
  return fmt::format("operands{}_{}", step, cppLevelName(program));
}

static std::string printProgram(const ModelTables &tables,
                                const Program &program) {
  std::string text;
  for (size_t i = 0; i < program.steps.size(); ++i) {
    const Step &step = program.steps[i];
    text += fmt::format("\n// {}\nconst mobileone_operand {}[] = {{\n",
                        step.name, operandsName(program, i));
    for (const StepOperand &operand : step.operands)
      text += printOperand(operand);
    text += "};\n";
  }
  text += fmt::format("\nconst mobileone_step steps_{}[] = {{\n",
                      cppLevelName(program));
  for (size_t i = 0; i < program.steps.size(); ++i) {
    const Step &step = program.steps[i];
    text += fmt::format("    {{{}, {}::{},\n     {}, {}, {}, {}, nullptr, "
                        "0}},\n",
                        quoted(step.name), cppKernelNamespace(tables, program),
                        cppKernelName(program.kernels[step.kernelJob]),
                        operandsName(program, i), step.operands.size(),
                        step.tileCount, step.multiplyAdds);
  }
  return text + "};\n";
}

static std::string printTensors(const std::vector<ModelTensor> &tensors,
                                const char *name) {
  static const char *const layouts[] = {
      "MOBILEONE_LAYOUT_NCHW", "MOBILEONE_LAYOUT_NHWC", "MOBILEONE_LAYOUT_NC"};
  std::string text = fmt::format("\nconst mobileone_tensor {}[] = {{\n", name);
  for (const ModelTensor &tensor : tensors)
    text += fmt::format("    {{{}, {}, {}, {}, {{{}}}, {}}},\n",
                        quoted(tensor.name), typeName(tensor.type),
                        layouts[tensor.layout], tensor.shape.size(),
                        fmt::join(tensor.shape, ", "), tensor.bytes());
  return text + "};\n";
}

static bool usesBytes(const ModelTables &tables) {
  for (const ModelTensor &input : tables.inputs)
    if (input.type == ElementType::U8)
      return true;
  return false;
}

static std::string printModel(const ModelTables &tables,
                              const CppWeights &weights) {
  std::string text = "\nconst mobileone_program programs[] = {\n";
  for (const Program &program : tables.programs)
    text += fmt::format("    {{{}, {}, {}, {}, steps_{}, {}, {}, nullptr, "
                        "0}},\n",
                        program.target->level, quoted(program.target->name),
                        program.arenaBytes, program.scratchBytes,
                        cppLevelName(program), program.steps.size(),
                        program.images);
  std::string pointer = weights.inside ? tables.name + "_weights" : "nullptr";
  return text + fmt::format("}};\n\n}} // namespace\n\n"
                            "const mobileone_model {0} = {{\n"
                            "    MOBILEONE_ABI_VERSION, "
                            "sizeof(mobileone_model), {1},\n"
                            "    inputs, outputs, {2}, {3},\n"
                            "    {4}, {5}, {6}ull,\n"
                            "    programs, {7}, {8}}};\n",
                            tables.name, quoted(tables.name),
                            tables.inputs.size(), tables.outputs.size(),
                            pointer, weights.bytes, weights.id,
                            tables.programs.size(), tables.batch);
}

std::string printCppModelTable(const ModelTables &tables,
                               const CppWeights &weights) {
  std::string text = fmt::format(
      "// The table that the runtime reads: see mobileone/model_abi.h for what "
      "the\n// fields mean. An operand: space, index, offset in bytes, type, "
      "dimension and\n// extent of tiles, zeros to write left, right, above "
      "and "
      "below; then (min,\n// extent, stride, flags) of channel, x and y, and "
      "the stride of images.\n\n"
      "#include \"{0}.h\"\n#include \"{0}_kernels.h\"\n\n",
      tables.name);
  if (weights.inside)
    text += fmt::format("extern \"C\" const unsigned char {}_weights[];\n\n",
                        tables.name);
  text += "namespace {\n\n"
          "constexpr mobileone_element_type f32 = {MOBILEONE_CODE_FLOAT, 32, "
          "1};\n";
  if (usesBytes(tables))
    text += "constexpr mobileone_element_type u8 = {MOBILEONE_CODE_UINT, 8, "
            "1};\n";
  text += printTensors(tables.inputs, "inputs");
  text += printTensors(tables.outputs, "outputs");
  for (const Program &program : tables.programs)
    text += printProgram(tables, program);
  return text + printModel(tables, weights);
}

} // namespace mobileone
