//===- RunVerb.cpp - mobileonec run ---------------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/CommandLine.h"
#include "compiler/Tools/ModelSession.h"
#include "compiler/Tools/Npy.h"
#include "compiler/Tools/OutputSummary.h"

#include <fmt/format.h>
#include <map>

using namespace mobileone;

namespace {
struct RunOptions {
  std::string folder;
  std::vector<std::string> inputs, outputs;
  unsigned threads = 1;
  bool json = false;
};

/// FILE or NAME=FILE, for each tensor of one side of the model.
using FileByTensor = std::map<size_t, std::string>;
} // namespace

static std::string namesOf(const mobileone_tensor *tensors, uint32_t count) {
  std::string names;
  for (uint32_t i = 0; i < count; ++i)
    names += (i ? ", " : "") + std::string(tensors[i].name);
  return names;
}

/// Which tensor each of `arguments` is for. Without a name it is the only one.
static FileByTensor assignFiles(const std::vector<std::string> &arguments,
                                const char *option,
                                const mobileone_tensor *tensors, uint32_t count,
                                DiagnosticList &diagnostics) {
  FileByTensor files;
  auto fail = [&](const std::string &message) {
    diagnostics.error(ErrorKind::Usage, option, message,
                      fmt::format("the model has {}; write {} NAME=FILE.npy",
                                  namesOf(tensors, count), option));
  };
  for (const std::string &argument : arguments) {
    size_t equals = argument.find('='), index = 0;
    std::string name = argument.substr(0, equals);
    if (equals == std::string::npos) {
      if (count != 1)
        fail(fmt::format("'{}' does not say which tensor it is for",
                         escapeForDisplay(argument)));
    } else {
      while (index < count && name != tensors[index].name)
        ++index;
      if (index == count) {
        fail(fmt::format("the model has no tensor '{}' there",
                         escapeForDisplay(name)));
        continue;
      }
    }
    if (!files
             .emplace(index, equals == std::string::npos
                                 ? argument
                                 : argument.substr(equals + 1))
             .second)
      fail(fmt::format("two files for '{}'", tensors[index].name));
  }
  return files;
}

/// Reads a file that must have exactly `tensor`'s type and shape.
static bool readInput(const std::string &path, const mobileone_tensor &tensor,
                      std::vector<uint8_t> &bytes,
                      DiagnosticList &diagnostics) {
  std::optional<NpyArray> array = readNpy(path, diagnostics);
  if (!array)
    return false;
  std::string expected = elementTypeName(tensor.type);
  std::string where = escapeForDisplay(path);
  if (array->typeName() != expected)
    diagnostics.error(
        ErrorKind::BadInput, where,
        fmt::format("has elements of type {} where input '{}' takes {}",
                    array->typeName(), tensor.name, expected),
        fmt::format("numpy.save(\"x.npy\", x.astype(\"{}\"))", expected));
  if (array->shape != shapeOf(tensor))
    diagnostics.error(ErrorKind::BadInput, where,
                      fmt::format("has shape {} where input '{}' takes {} ({})",
                                  formatShape(array->shape), tensor.name,
                                  formatShape(shapeOf(tensor)),
                                  layoutName(tensor.layout)),
                      "numpy.reshape and numpy.transpose bring it there");
  if (array->typeName() != expected || array->shape != shapeOf(tensor))
    return false;
  bytes = std::move(array->data);
  return true;
}

static bool readInputs(const RunOptions &options, ModelSession &session,
                       DiagnosticList &diagnostics) {
  const mobileone_model &model = session.model();
  FileByTensor files = assignFiles(options.inputs, "--input", model.inputs,
                                   model.input_count, diagnostics);
  if (diagnostics.hasErrors())
    return false;
  for (uint32_t i = 0; i < model.input_count; ++i) {
    if (!files.count(i)) {
      diagnostics.error(
          ErrorKind::Usage, "--input",
          fmt::format("no file for input '{}'", model.inputs[i].name),
          fmt::format("write --input {}=FILE.npy", model.inputs[i].name));
      continue;
    }
    std::vector<uint8_t> bytes;
    if (readInput(files[i], model.inputs[i], bytes, diagnostics))
      session.setInput(i, bytes);
  }
  return !diagnostics.hasErrors();
}

static bool writeOutputs(const FileByTensor &files, const ModelSession &session,
                         DiagnosticList &diagnostics) {
  for (const auto &[index, path] : files) {
    const mobileone_tensor &tensor = session.model().outputs[index];
    NpyArray array;
    array.shape = shapeOf(tensor);
    array.data = session.output(index);
    if (!writeNpy(path, array, diagnostics))
      return false;
  }
  return true;
}

static int runRun(const RunOptions &options) {
  DiagnosticList diagnostics;
  std::optional<LoadedModel> loaded =
      LoadedModel::load(options.folder, diagnostics);
  if (!loaded)
    return report(diagnostics);
  std::optional<ModelSession> session =
      ModelSession::create(*loaded, options.threads, -1, diagnostics);
  if (!session)
    return report(diagnostics);
  const mobileone_model &model = session->model();
  FileByTensor outputs = assignFiles(options.outputs, "--output", model.outputs,
                                     model.output_count, diagnostics);
  if (!readInputs(options, *session, diagnostics) ||
      !session->run(diagnostics) ||
      !writeOutputs(outputs, *session, diagnostics))
    return report(diagnostics);
  if (options.json)
    return printResult(outputsAsJson(*session));
  return outputs.empty() ? printResult(outputsAsText(*session)) : 0;
}

void mobileone::addRunVerb(CLI::App &app, VerbAction &action) {
  auto options = std::make_shared<RunOptions>();
  CLI::App *verb = addVerb(
      app,
      {"run", "Run a compiled model on an input",
       "DIR --input [NAME=]FILE [--output [NAME=]FILE] [options]",
       "Runs the model in DIR once. Without --output it prints the five best "
       "classes,\nor the range of each feature map. Inputs must have the type "
       "and shape that\n'mobileonec inspect DIR' shows; nothing is converted.",
       "mobileonec run s0 --input image.npy\n"
       "mobileonec run s0 --input image.npy --output logits.npy"});
  verb->add_option("DIR", options->folder, "Folder that 'compile' wrote")
      ->required();
  verb->add_option("--input", options->inputs,
                   "Array to run on; NAME= where there are several")
      ->required()
      ->option_text("[NAME=]FILE");
  verb->add_option("--output", options->outputs, "Write an output there")
      ->option_text("[NAME=]FILE");
  verb->add_option("--threads", options->threads, "Threads that compute")
      ->check(CLI::Range(1u, 1024u))
      ->option_text("N");
  verb->add_flag("--json", options->json, "Print all outputs as JSON");
  verb->callback(
      [options, &action] { action = [options] { return runRun(*options); }; });
}
