//===- SwiftWrapper.cpp - A model as a Swift class ------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/Package/SwiftWrapper.h"

#include "compiler/Codegen/Package/PackageParts.h"
#include "compiler/Codegen/Package/SwiftNames.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>

using namespace mobileone;

namespace {

/// A tensor as Swift code names it.
struct SwiftTensor {
  const ArtifactTensor *tensor;
  bool isInput;
  std::string variable; ///< What callers see.
  std::string local;    ///< "input0": the name within functions.
  std::string element;  ///< "Float".

  std::string count() const { return std::to_string(tensor->elements()); }
  std::string array() const { return "[" + element + "]"; }
  std::string buffer() const {
    return fmt::format("{}<{}>",
                       isInput ? "UnsafeBufferPointer"
                               : "UnsafeMutableBufferPointer",
                       element);
  }
};

/// Prints the parts of templates/Model.swift.
class ModelPrinter {
public:
  explicit ModelPrinter(const Artifact &model);

  std::string shapes() const;
  std::string fields() const;
  std::string bufferRun() const;
  std::string arrayRun() const;

private:
  void add(const std::vector<ArtifactTensor> &list, bool isInput);

  /// Inputs first.
  std::vector<SwiftTensor> tensors;
  std::set<std::string> names;
};

} // namespace

static std::string elementOf(const std::string &type) {
  if (type == "u8")
    return "UInt8";
  return type == "f16" ? "Float16" : "Float";
}

ModelPrinter::ModelPrinter(const Artifact &model) {
  add(model.inputs, true);
  add(model.outputs, false);
}

/// Two names may be the same in Swift's spelling.
void ModelPrinter::add(const std::vector<ArtifactTensor> &list, bool isInput) {
  for (size_t i = 0; i < list.size(); ++i) {
    std::string base = swiftVariableName(list[i].name), name = base;
    for (int n = 2; !names.insert(name).second; ++n)
      name = base + std::to_string(n);
    tensors.push_back({&list[i], isInput, name,
                       fmt::format("{}{}", isInput ? "input" : "output", i),
                       elementOf(list[i].type)});
  }
}

/// Without the backticks of a keyword, to be put together with other words.
static std::string withoutBackticks(std::string name) {
  return name.front() == '`' ? name.substr(1, name.size() - 2) : name;
}

std::string ModelPrinter::shapes() const {
  std::string text;
  for (const SwiftTensor &tensor : tensors)
    text +=
        fmt::format("  /// {} {} {}.\n"
                    "  public static let {}Shape = [{}]\n",
                    tensor.isInput ? "Input:" : "Output:", tensor.tensor->type,
                    tensor.tensor->layout, withoutBackticks(tensor.variable),
                    fmt::join(tensor.tensor->shape, ", "));
  return text;
}

std::string ModelPrinter::fields() const {
  std::string text;
  for (const SwiftTensor &tensor : tensors)
    if (!tensor.isInput)
      text += fmt::format("    /// {} elements, {}.\n    public let {}: {}\n",
                          tensor.count(), tensor.tensor->layout,
                          tensor.variable, tensor.array());
  text.pop_back();
  return text;
}

std::string ModelPrinter::bufferRun() const {
  std::vector<std::string> parameters;
  std::string checks, pointers;
  size_t inputs = 0, outputs = 0;
  for (const SwiftTensor &tensor : tensors) {
    parameters.push_back(fmt::format("    {} {}: {}", tensor.variable,
                                     tensor.local, tensor.buffer()));
    checks += fmt::format("    try check({}.count, {}, \"{}\")\n", tensor.local,
                          tensor.count(), withoutBackticks(tensor.variable));
    pointers += fmt::format("    session.{}[{}] = {}({}.baseAddress)\n",
                            tensor.isInput ? "inputs" : "outputs",
                            tensor.isInput ? inputs++ : outputs++,
                            tensor.isInput ? "UnsafeRawPointer"
                                           : "UnsafeMutableRawPointer",
                            tensor.local);
  }
  return fmt::format("  public func run(\n{}\n  ) throws {{\n{}{}"
                     "    try session.run()\n  }}",
                     fmt::join(parameters, ",\n"), checks, pointers);
}

std::string ModelPrinter::arrayRun() const {
  std::vector<std::string> parameters, arguments, results;
  std::string arrays, opening, closing, indent = "    ";
  for (const SwiftTensor &tensor : tensors) {
    if (tensor.isInput) {
      parameters.push_back(fmt::format("{} {}: {}", tensor.variable,
                                       tensor.local, tensor.array()));
    } else {
      arrays += fmt::format("    var {} = {}(repeating: 0, count: {})\n",
                            tensor.local, tensor.array(), tensor.count());
      results.push_back(fmt::format("{}: {}", tensor.variable, tensor.local));
    }
    arguments.push_back(fmt::format("{}: {}", tensor.variable, tensor.local));
    opening += fmt::format("{}try {}.withUnsafe{}BufferPointer {{ {} in\n",
                           indent, tensor.local,
                           tensor.isInput ? "" : "Mutable", tensor.local);
    closing = indent + "}\n" + closing;
    indent += "  ";
  }
  return fmt::format("  public func run({}) throws -> Outputs {{\n{}{}"
                     "{}try run({})\n{}    return Outputs({})\n  }}",
                     fmt::join(parameters, ", "), arrays, opening, indent,
                     fmt::join(arguments, ", "), closing,
                     fmt::join(results, ", "));
}

std::string mobileone::printSwiftModel(const Artifact &model,
                                       const std::string &library) {
  ModelPrinter printer(model);
  std::string weights = "nil";
  if (model.weightsInFile)
    weights = fmt::format("MappedWeights(\"{}.weights\")", model.name);
  return fillTemplate(
      "Model.swift",
      {{"MODEL", model.name},
       {"TYPE", swiftTypeName(model.name)},
       {"LIBRARY", library},
       {"TARGETS", fmt::format("{}", fmt::join(model.targets, ", "))},
       {"WEIGHTS", weights},
       {"SHAPES", printer.shapes()},
       {"FIELDS", printer.fields()},
       {"BUFFER_RUN", printer.bufferRun()},
       {"ARRAY_RUN", printer.arrayRun()}});
}
