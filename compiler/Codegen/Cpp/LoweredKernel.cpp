//===- LoweredKernel.cpp - A lowered Halide kernel as C++ -----------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/Cpp/LoweredKernel.h"

#include "compiler/Codegen/Cpp/BufferUses.h"
#include "compiler/Codegen/Cpp/StatementPrinter.h"
#include "compiler/Codegen/Cpp/UnsupportedIr.h"

#include <fmt/format.h>

using namespace Halide;
using namespace Halide::Internal;

namespace mobileone {

namespace {

/// One parameter of the function that does the work, and the expression over
/// `arguments` that it is called with.
struct Parameter {
  std::string declaration;
  std::string value;
};

} // namespace

Target withoutHalideRuntime(Target target) {
  return target.with_feature(Target::NoRuntime)
      .with_feature(Target::NoAsserts)
      .with_feature(Target::NoBoundsQuery);
}

/// (channel, x, y), as everywhere in this project.
static std::string dimensionName(int dimension) {
  static const char *const dimensionNames[] = {"channel", "x", "y"};
  return dimension < 3 ? dimensionNames[dimension] : std::to_string(dimension);
}

static void addPointer(const LoweredArgument &argument, size_t index,
                       const std::string &wanted, const BufferUses &uses,
                       CppNames &names, std::vector<Parameter> &parameters) {
  bool isStored = uses.stored.count(argument.name) != 0;
  if (!isStored && !uses.loaded.count(argument.name))
    return;
  std::string type = cppType(argument.type.element_of());
  if (!isStored)
    type = "const " + type;
  std::string name = names.declare(argument.name, wanted);
  parameters.push_back({fmt::format("{} *__restrict {}", type, name),
                        fmt::format("host<{}>(arguments[{}])", type, index)});
}

static void addDimensions(const LoweredArgument &argument, size_t index,
                          const std::string &wantedBuffer,
                          const BufferUses &uses, CppNames &names,
                          std::vector<Parameter> &parameters) {
  std::map<DimensionUse, std::string> variables;
  for (const auto &[variable, use] : uses.dimensions)
    if (use.first == argument.name && uses.variables.count(variable))
      variables[use.second] = variable;
  for (const auto &[use, variable] : variables) {
    std::string wanted = fmt::format("{}_{}_{}", wantedBuffer,
                                     dimensionName(use.dimension), use.field);
    std::string name = names.declare(variable, wanted);
    parameters.push_back(
        {"int32_t " + name, fmt::format("dimension(arguments[{}], {}).{}",
                                        index, use.dimension, use.field)});
  }
}

static std::vector<Parameter>
parametersOf(const LoweredFunc &kernel,
             const std::vector<std::string> &argumentNames,
             const BufferUses &uses, CppNames &names) {
  std::vector<Parameter> pointers, dimensions;
  for (size_t i = 0; i < kernel.args.size(); ++i) {
    if (!kernel.args[i].is_buffer())
      throw UnsupportedIr("the argument '" + kernel.args[i].name +
                          "', which is not a buffer");
    std::string wanted = i < argumentNames.size()
                             ? argumentNames[i]
                             : readableIdentifier(kernel.args[i].name);
    addPointer(kernel.args[i], i, wanted, uses, names, pointers);
    addDimensions(kernel.args[i], i, wanted, uses, names, dimensions);
  }
  pointers.insert(pointers.end(), dimensions.begin(), dimensions.end());
  return pointers;
}

static std::string commented(const std::string &text) {
  std::string result;
  size_t start = 0;
  while (start < text.size()) {
    size_t end = std::min(text.find('\n', start), text.size());
    std::string content = text.substr(start, end - start);
    result += content.empty() ? "//\n" : "// " + content + "\n";
    start = end + 1;
  }
  return result;
}

static std::string join(const std::vector<Parameter> &parameters,
                        std::string Parameter::*part,
                        const std::string &separator) {
  std::string result;
  for (const Parameter &parameter : parameters)
    result += (result.empty() ? "" : separator) + parameter.*part;
  return result;
}

std::string printLoweredKernel(const LoweredFunc &kernel,
                               const CppKernelFrame &frame,
                               const LoweredKernelText &kernelText) {
  // Halide's codegen has instructions in mind where C++ has operators.
  Stmt lowered = lower_intrinsics(kernel.body);
  if (!lowered.same_as(kernel.body))
    lowered = simplify(lowered);
  BufferUses uses = collectBufferUses(lowered);
  CppNames names;
  std::vector<Parameter> parameters =
      parametersOf(kernel, kernelText.argumentNames, uses, names);
  std::string body = StatementPrinter(names, uses).print(lowered);

  std::string text = commented(kernelText.comment);
  text += fmt::format("\n#include \"{}\"\n\n", frame.supportHeader);
  text +=
      fmt::format("namespace {} {{\n\nusing namespace mobileone::vector;\n\n",
                  frame.nameSpace);
  text += fmt::format("static inline void compute({}) {{\n{}}}\n\n",
                      join(parameters, &Parameter::declaration,
                           ",\n                           "),
                      body);
  text += fmt::format("int32_t {}(void **arguments) {{\n"
                      "  compute({});\n  return 0;\n}}\n\n",
                      frame.functionName,
                      join(parameters, &Parameter::value, ",\n          "));
  text += fmt::format("}} // namespace {}\n", frame.nameSpace);
  return text;
}

} // namespace mobileone
