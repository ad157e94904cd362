//===- ModelHeader.cpp - The header of a compiled model -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/ModelHeader.h"

#include "compiler/Codegen/PackageFiles.h"
#include "runtime/include/mobileone/runtime.h"

#include "fmt/format.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/MathExtras.h"

#include <algorithm>
#include <set>

using namespace mobileone;
using schedules::ElementType;

std::string mobileone::nameOfType(ElementType type) {
  return schedules::nameOf(type);
}

std::string mobileone::nameOfLayout(mobileone_layout layout) {
  switch (layout) {
  case MOBILEONE_LAYOUT_NCHW:
    return "nchw";
  case MOBILEONE_LAYOUT_NHWC:
    return "nhwc";
  default:
    return "nc";
  }
}

static std::string macroCase(llvm::StringRef name) {
  std::string macro = name.upper();
  for (char &c : macro)
    if (!llvm::isAlnum(c))
      c = '_';
  return macro;
}

static const char *cType(ElementType type) {
  return type == ElementType::U8 ? "uint8_t" : "float";
}

static int64_t elementsOf(const ModelTensor &tensor) {
  int64_t elements = 1;
  for (int64_t extent : tensor.shape)
    elements *= extent;
  return elements;
}

/// "f32 nchw [1, 3, 224, 224]".
static std::string describe(const ModelTensor &tensor) {
  return fmt::format("{} {} [{}]", nameOfType(tensor.type),
                     nameOfLayout(tensor.layout),
                     fmt::join(tensor.shape, ", "));
}

namespace {

class HeaderPrinter {
public:
  HeaderPrinter(const ModelTables &tables, uint64_t weightsBytes,
                bool weightsInFile)
      : tables(tables), weightsBytes(weightsBytes),
        weightsInFile(weightsInFile), macro(macroCase(tables.name)) {}

  std::string print();

private:
  std::string usage();
  std::string example();
  std::string tensors(const std::vector<ModelTensor> &list, const char *what);
  std::string tensor(const ModelTensor &tensor, const char *what, size_t index);
  std::string memory();
  std::string deviceMemory();
  std::string prefixFor(const ModelTensor &tensor);
  std::string define(const std::string &name, const std::string &value) {
    return fmt::format("#define {}_{} {}\n", macro, name, value);
  }

  const ModelTables &tables;
  uint64_t weightsBytes;
  bool weightsInFile;
  std::string macro;
  std::set<std::string> prefixes;
};

} // namespace

/// The macros' prefix for `tensor`; two names may differ in case only.
std::string HeaderPrinter::prefixFor(const ModelTensor &tensor) {
  std::string base = macroCase(tensor.name), prefix = base;
  for (int i = 2; !prefixes.insert(prefix).second; ++i)
    prefix = base + "_" + std::to_string(i);
  return prefix;
}

std::string HeaderPrinter::example() {
  std::string text;
  std::vector<std::string> inputs, outputs;
  for (const ModelTensor &input : tables.inputs) {
    text += fmt::format("//   static {} {}[{}];\n", cType(input.type),
                        input.name, elementsOf(input));
    inputs.push_back(input.name);
  }
  for (const ModelTensor &output : tables.outputs) {
    text += fmt::format("//   static {} {}[{}];\n", cType(output.type),
                        output.name, elementsOf(output));
    outputs.push_back(output.name);
  }
  text += "//\n//   mobileone_session *session;\n";
  std::string options = "NULL";
  if (weightsInFile) {
    text += fmt::format(
        "//   mobileone_options options = mobileone_default_options();\n"
        "//   options.weights = ...; // {0}.weights.bin, mapped\n"
        "//   options.weights_bytes = {1}_WEIGHTS_BYTES;\n",
        tables.name, macro);
    options = "&options";
  }
  text += fmt::format(
      "//   if (mobileone_session_create(&{}, {}, &session) != MOBILEONE_OK)\n"
      "//     return puts(mobileone_last_error(NULL)), 1;\n"
      "//   const void *inputs[] = {{{}}};\n"
      "//   void *outputs[] = {{{}}};\n"
      "//   mobileone_run(session, inputs, outputs);\n"
      "//   mobileone_session_destroy(session);\n",
      tables.name, options, fmt::join(inputs, ", "), fmt::join(outputs, ", "));
  return text;
}

std::string HeaderPrinter::usage() {
  std::vector<std::string> targets;
  for (const Program &program : tables.programs)
    targets.push_back(program.target->name);
  std::string libraries = systemLibraries(*tables.programs.front().target);
  return fmt::format(
      "// {0}: a network compiled by mobileonec for {1}{3}.\n//\n"
      "//   #include \"{0}.h\"\n"
      "//   #include \"mobileone/runtime.h\"\n//\n{2}//\n"
      "// Link with lib{0}.a and libmobileone_runtime.a{4}.\n"
      "// C++ programs may prefer mobileone/runtime.hpp.\n//\n"
      "// The tensors, dense and row-major:\n//\n",
      tables.name, fmt::join(targets, ", "), example(),
      tables.precision == ElementType::F32
          ? ""
          : ", in " + nameOfType(tables.precision),
      libraries.empty() ? "" : ", and " + libraries);
}

std::string HeaderPrinter::tensor(const ModelTensor &tensor, const char *what,
                                  size_t index) {
  std::string prefix = prefixFor(tensor);
  std::string text = fmt::format("\n// {} {}: {} {}\n", what, index,
                                 tensor.name, describe(tensor));
  text += define(prefix + "_BYTES", std::to_string(tensor.bytes()));
  text += define(prefix + "_ELEMENTS", std::to_string(elementsOf(tensor)));
  // Letters of the layout after N.
  std::string letters = nameOfLayout(tensor.layout).substr(1);
  for (size_t d = 0; d < letters.size(); ++d) {
    std::string name = letters[d] == 'c'   ? "CHANNELS"
                       : letters[d] == 'h' ? "HEIGHT"
                                           : "WIDTH";
    text += define(prefix + "_" + name, std::to_string(tensor.shape[d + 1]));
  }
  return text;
}

std::string HeaderPrinter::tensors(const std::vector<ModelTensor> &list,
                                   const char *what) {
  std::string text;
  for (size_t i = 0; i < list.size(); ++i)
    text += tensor(list[i], what, i);
  return text;
}

/// What a session keeps in the program's own memory about the launches of
/// `program`, as MOBILEONE_LAUNCH_BYTES counts.
static uint64_t launchBytes(const Program &program) {
  uint64_t launches = 0, arguments = 0;
  for (const Step &step : program.steps) {
    launches += step.launches.size();
    for (const Launch &launch : step.launches)
      arguments += launch.arguments.size();
  }
  return llvm::alignTo(MOBILEONE_LAUNCH_BYTES(launches, arguments),
                       MOBILEONE_ALIGNMENT);
}

/// The most that any level needs: which one runs is known at load only. On a
/// GPU activations lie there.
std::string HeaderPrinter::memory() {
  uint64_t arena = 0, scratch = 0;
  for (const Program &program : tables.programs) {
    bool isOnGpu = !program.codes.empty();
    arena =
        std::max(arena, isOnGpu ? launchBytes(program) : program.arenaBytes);
    scratch = std::max(scratch, isOnGpu ? 0 : program.scratchBytes);
  }
  std::string text = "\n// Memory, in bytes: of a session's activations, per "
                     "thread, of the packed\n// weights, and of a session on "
                     "the whole.\n";
  text += define("ARENA_BYTES", std::to_string(arena));
  text += define("SCRATCH_BYTES", std::to_string(scratch));
  text += define("WEIGHTS_BYTES", std::to_string(weightsBytes));
  text += fmt::format("#define {0}_SESSION_BYTES(threads) \\\n"
                      "  MOBILEONE_SESSION_BYTES({0}_ARENA_BYTES, "
                      "{0}_SCRATCH_BYTES, threads)\n",
                      macro);
  return text + deviceMemory();
}

/// What a session takes of a GPU's memory, the caller's tensors apart.
std::string HeaderPrinter::deviceMemory() {
  std::string text;
  for (const Program &program : tables.programs)
    if (!program.codes.empty())
      text +=
          "// On a GPU, whose memory also holds the weights and, unless the "
          "caller's are\n// there, inputs and outputs:\n" +
          define("DEVICE_BYTES",
                 std::to_string(program.arenaBytes + program.scratchBytes));
  return text;
}

std::string HeaderPrinter::print() {
  std::string text = usage();
  for (const ModelTensor &input : tables.inputs)
    text += fmt::format("//   input  {} {}\n", input.name, describe(input));
  for (const ModelTensor &output : tables.outputs)
    text += fmt::format("//   output {} {}\n", output.name, describe(output));
  text += fmt::format("\n#ifndef MOBILEONE_MODEL_{0}_H\n"
                      "#define MOBILEONE_MODEL_{0}_H\n\n"
                      "#include \"mobileone/model_abi.h\"\n\n"
                      "#ifdef __cplusplus\nextern \"C\" {{\n#endif\n\n"
                      "extern const mobileone_model {1};\n\n"
                      "#ifdef __cplusplus\n}}\n#endif\n",
                      macro, tables.name);
  text +=
      "\n// Images of a run.\n" + define("BATCH", std::to_string(tables.batch));
  text += tensors(tables.inputs, "Input");
  text += tensors(tables.outputs, "Output");
  text += memory();
  return text + fmt::format("\n#endif // MOBILEONE_MODEL_{}_H\n", macro);
}

std::string mobileone::printModelHeader(const ModelTables &tables,
                                        uint64_t weightsBytes,
                                        bool weightsInFile) {
  return HeaderPrinter(tables, weightsBytes, weightsInFile).print();
}
