//===- RemoteExecution.cpp - Runs a model by mobileone-measure ------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/RemoteExecution.h"

#include "compiler/Codegen/ModelObject.h"
#include "compiler/Codegen/SharedObject.h"
#include "compiler/Tuning/ChildProgram.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sstream>

using namespace mobileone;

/// Seconds until a run is given up; an emulator takes half a minute for the
/// largest network.
static constexpr unsigned kLimit = 600;
static constexpr size_t kMostOutput = size_t(4) << 30;

static std::vector<mobileone_tensor>
describe(const std::vector<ModelTensor> &tensors) {
  std::vector<mobileone_tensor> described;
  for (const ModelTensor &tensor : tensors) {
    mobileone_tensor entry = {};
    entry.name = tensor.name.c_str();
    entry.type = abiType(tensor.type);
    entry.layout = tensor.layout;
    entry.rank = uint32_t(tensor.shape.size());
    std::copy(tensor.shape.begin(), tensor.shape.end(), entry.shape);
    entry.bytes = tensor.bytes();
    described.push_back(entry);
  }
  return described;
}

RemoteExecution::RemoteExecution(
    ModelTables modelTables, std::string folder,
    std::map<const Target *, std::vector<std::string>> commands)
    : tables(std::move(modelTables)), folder(std::move(folder)),
      commands(std::move(commands)), inputs(describe(tables.inputs)),
      outputs(describe(tables.outputs)) {
  table.abi_version = MOBILEONE_ABI_VERSION;
  table.name = tables.name.c_str();
  table.inputs = inputs.data();
  table.outputs = outputs.data();
  table.input_count = uint32_t(inputs.size());
  table.output_count = uint32_t(outputs.size());
  table.batch = tables.batch;
}

/// What the other side loads: ELF objects are linked, Apple's are not.
std::optional<std::string>
RemoteExecution::makeLibrary(DiagnosticList &diagnostics) const {
  std::optional<ModelObject> object = readModelObject(folder, diagnostics);
  return object ? loadableBytes(*object, folder, diagnostics) : std::nullopt;
}

std::vector<ObservedStep> RemoteExecution::stepsOf(const Target &target) const {
  std::vector<ObservedStep> steps;
  for (const Program &program : tables.programs)
    if (program.target == &target)
      for (const Step &step : program.steps)
        steps.push_back({step.name, uint32_t(step.operands.size()), {}});
  return steps;
}

static std::string printRequest(const std::string &library,
                                const ModelBuffers &buffers) {
  std::string bytes;
  for (uint32_t i = 0; i < buffers.model().input_count; ++i)
    bytes.append(buffers.input(i).begin(), buffers.input(i).end());
  return fmt::format("mobileone-measure 1\nthreads 1\nlimit {}\nlibrary {}\n"
                     "inputs {}\nmodel {}\n\n",
                     kLimit, library.size(), bytes.size(),
                     buffers.model().name) +
         library + bytes;
}

std::optional<std::vector<ObservedStep>>
RemoteExecution::run(const Target &target, const std::vector<size_t> &results,
                     ModelBuffers &buffers, DiagnosticList &diagnostics) {
  std::optional<std::string> library = makeLibrary(diagnostics);
  if (!library)
    return std::nullopt;
  const std::vector<std::string> &command = commands.at(&target);
  ProgramResult result =
      runProgram(command, printRequest(*library, buffers), kLimit, kMostOutput);
  std::vector<ObservedStep> steps = stepsOf(target);
  std::string problem = result.problem;
  if (problem.empty() && result.timedOut)
    problem = fmt::format("it took more than {} seconds", kLimit);
  if (problem.empty() && !result.end.empty())
    problem = result.end + (result.errors.empty() ? "" : ": ") +
              lastLine(result.errors);
  if (problem.empty())
    problem = readObservation(result.output, results, steps, buffers);
  if (problem.empty())
    return steps;
  diagnostics.error(ErrorKind::ToolMissing,
                    fmt::format("{}", fmt::join(command, " ")),
                    fmt::format("does not run {}: {}", tables.name, problem),
                    "it must run mobileone-measure on a machine for " +
                        target.name + " and leave its input and output alone");
  return std::nullopt;
}

namespace {
/// Lines of text, each followed by bytes as it says.
class ObservationReader {
public:
  explicit ObservationReader(const std::string &text) : text(text) {}

  bool nextLine(std::string &line) {
    size_t end = text.find('\n', at);
    if (end == std::string::npos)
      return false;
    line = text.substr(at, end - at);
    at = end + 1;
    return true;
  }

  bool nextBytes(size_t count, std::vector<uint8_t> &bytes) {
    if (text.size() - at <= count)
      return false;
    bytes.assign(&text[at], &text[at] + count);
    at += count + 1;
    return true;
  }

private:
  const std::string &text;
  size_t at = 0;
};
} // namespace

/// An operand as `words` describe it, with its step.
static bool readOperand(std::istream &words, ObservationReader &reader,
                        size_t &step, ObservedOperand &operand) {
  unsigned code = 0, bits = 0;
  if (!(words >> step >> operand.index >> code >> bits))
    return false;
  operand.type = {uint8_t(code), uint8_t(bits), 1};
  size_t bytes = bits / 8;
  for (int32_t &extent : operand.extents) {
    if (!(words >> extent) || extent < 0)
      return false;
    bytes *= size_t(extent);
    if (bytes > kMostOutput)
      return false;
  }
  return reader.nextBytes(bytes, operand.bytes);
}

static bool readOutput(std::istream &words, ObservationReader &reader,
                       ModelBuffers &buffers) {
  size_t index = 0, count = 0;
  std::vector<uint8_t> bytes;
  if (!(words >> index >> count) || index >= buffers.model().output_count ||
      count != buffers.output(index).size() || !reader.nextBytes(count, bytes))
    return false;
  buffers.setOutput(index, bytes);
  return true;
}

std::string mobileone::readObservation(const std::string &text,
                                       const std::vector<size_t> &results,
                                       std::vector<ObservedStep> &steps,
                                       ModelBuffers &buffers) {
  ObservationReader reader(text);
  std::string line;
  if (!reader.nextLine(line) || line != "mobileone-measure 1")
    return "it did not answer as mobileone-measure does";
  while (reader.nextLine(line)) {
    std::istringstream words(line);
    std::string word;
    words >> word;
    size_t step = 0;
    ObservedOperand operand;
    if (word == "done")
      return "";
    if (word == "failed")
      return "it says: " + line;
    bool makesSense =
        word == "operand"
            ? readOperand(words, reader, step, operand) && step < steps.size()
            : word == "output" && readOutput(words, reader, buffers);
    if (!makesSense)
      return "it answered '" + escapeForDisplay(line) + "'";
    size_t count = step < results.size() ? results[step] : 0;
    if (word == "operand" && operand.index + count >= steps[step].operandCount)
      steps[step].add(std::move(operand));
  }
  return "it ended before it was done";
}
