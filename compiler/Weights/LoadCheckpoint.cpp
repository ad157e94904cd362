//===- LoadCheckpoint.cpp - Weights of a model from a file ----------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Weights/Checkpoint.h"
#include "compiler/Weights/CheckpointStructure.h"
#include "compiler/Weights/PyTorchFile.h"
#include "compiler/Weights/Safetensors.h"
#include "compiler/Weights/TensorNames.h"

#include <cfloat>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>

using namespace mobileone;

namespace {

struct ShapeMismatch {
  std::string name;
  std::vector<int64_t> found, expected;
};

/// Checks the tensors of `file` against `spec` and collects them.
class CheckpointReader {
public:
  CheckpointReader(const std::string &path, const WeightStore &file,
                   const Recognition &recognition, const ModelSpec &spec,
                   DiagnosticList &diagnostics)
      : path(escapeForDisplay(path)), file(file), recognition(recognition),
        spec(spec), diagnostics(diagnostics) {}

  void run(const std::shared_ptr<const MappedFile> &owner,
           WeightStore &weights);

private:
  void error(ErrorKind kind, const std::string &tensor,
             const std::string &message, const std::string &hint = "");
  bool checkTensor(const std::string &name, const WeightView &view,
                   const TensorRequirement &requirement);
  bool checkValues(const std::string &name, const WeightView &view,
                   bool isVariance);
  bool isIgnored(const std::string &name) const;
  void reportShapes();
  void reportMismatch(const std::vector<std::string> &missing,
                      const std::vector<std::string> &unexpected);
  /// The hint, once.
  std::string takeExplanation();

  std::string path;
  const WeightStore &file;
  const Recognition &recognition;
  const ModelSpec &spec;
  DiagnosticList &diagnostics;
  std::vector<ShapeMismatch> shapeMismatches;
  bool isExplained = false;
};

} // namespace

void CheckpointReader::error(ErrorKind kind, const std::string &tensor,
                             const std::string &message,
                             const std::string &hint) {
  diagnostics.error(
      kind, tensor.empty() ? path : path + ": " + escapeForDisplay(tensor),
      message, hint);
}

std::string CheckpointReader::takeExplanation() {
  if (isExplained)
    return "";
  isExplained = true;
  return explainDifferences(file, recognition, spec);
}

void CheckpointReader::reportShapes() {
  std::vector<std::string> lines;
  for (const ShapeMismatch &mismatch : shapeMismatches) {
    std::string found = fmt::format("{}", fmt::join(mismatch.found, ", "));
    std::string expected =
        fmt::format("{}", fmt::join(mismatch.expected, ", "));
    lines.push_back(fmt::format("{}: [{}] instead of [{}]", mismatch.name,
                                found, expected));
    if (shapeMismatches.size() <= mostSingleNames)
      error(ErrorKind::WeightsMismatch, mismatch.name,
            fmt::format("has the shape [{}], the spec needs [{}]", found,
                        expected),
            takeExplanation());
  }
  if (lines.size() > mostSingleNames)
    error(ErrorKind::WeightsMismatch, "",
          fmt::format("{} tensors have other shapes than the spec needs:{}",
                      lines.size(), listNames(lines)),
          takeExplanation());
}

/// "[1, 0, 2]": the position of the `element`-th element.
static std::string positionOf(int64_t element,
                              const std::vector<int64_t> &shape) {
  std::vector<int64_t> position(shape.size());
  for (size_t i = shape.size(); i-- > 0;) {
    position[i] = element % shape[i];
    element /= shape[i];
  }
  return fmt::format("[{}]", fmt::join(position, ", "));
}

bool CheckpointReader::checkValues(const std::string &name,
                                   const WeightView &view, bool isVariance) {
  std::vector<double> values = file.read(name);
  for (size_t i = 0; i < values.size(); ++i) {
    const char *problem = nullptr;
    if (!std::isfinite(values[i]))
      problem = "weights must be finite";
    else if (std::fabs(values[i]) > FLT_MAX)
      problem = "weights must be in the range of f32";
    else if (isVariance && values[i] < 0)
      problem = "a variance must not be negative";
    if (!problem)
      continue;
    error(ErrorKind::BadInput, name,
          fmt::format("is {} at {}; {}", values[i], positionOf(i, view.shape),
                      problem));
    return false;
  }
  return true;
}

bool CheckpointReader::checkTensor(const std::string &name,
                                   const WeightView &view,
                                   const TensorRequirement &requirement) {
  if (!isFloatingPoint(view.type)) {
    error(ErrorKind::WeightsMismatch, name,
          fmt::format("has elements of type {}; weights have F16, BF16, F32 "
                      "or F64",
                      weightTypeName(view.type)));
    return false;
  }
  if (view.shape != requirement.shape) {
    shapeMismatches.push_back({name, view.shape, requirement.shape});
    return false;
  }
  return checkValues(name, view, hasSuffix(requirement.name, ".running_var"));
}

/// Counters of batch norms, and the classifier of a file used for features.
bool CheckpointReader::isIgnored(const std::string &name) const {
  if (hasSuffix(name, ".num_batches_tracked"))
    return true;
  for (const HeadSpec &head : spec.heads)
    if (head.kind == HeadKind::Classifier)
      return false;
  return name == recognition.fileName("linear.weight") ||
         name == recognition.fileName("linear.bias");
}

void CheckpointReader::reportMismatch(
    const std::vector<std::string> &missing,
    const std::vector<std::string> &unexpected) {
  std::string naming = recognition.scheme->name;
  const char *form =
      recognition.form == CheckpointForm::Train ? "train-time" : "merged";
  if (!missing.empty())
    error(ErrorKind::WeightsMismatch, "",
          fmt::format("lacks {} of the tensors that the spec needs (read as a "
                      "{} checkpoint of {}):{}",
                      missing.size(), form, naming, listNames(missing)),
          takeExplanation());
  if (!unexpected.empty())
    error(ErrorKind::WeightsMismatch, "",
          fmt::format("has {} tensors that the spec has no place for (read as "
                      "a {} checkpoint of {}):{}",
                      unexpected.size(), form, naming, listNames(unexpected)),
          takeExplanation());
}

void CheckpointReader::run(const std::shared_ptr<const MappedFile> &owner,
                           WeightStore &weights) {
  std::vector<std::string> missing, unexpected;
  std::set<std::string> used;
  for (const TensorRequirement &requirement :
       requiredTensors(spec, recognition.form)) {
    std::string name = recognition.fileName(requirement.name);
    used.insert(name);
    const WeightView *view = file.find(name);
    if (!view)
      missing.push_back(name);
    else if (checkTensor(name, *view, requirement))
      weights.addView(requirement.name, *view, owner);
  }
  for (const std::string &name : file.names())
    if (!used.count(name) && !isIgnored(name))
      unexpected.push_back(name);
  reportShapes();
  reportMismatch(missing, unexpected);
}

static void reportUnknownNaming(const std::string &path,
                                const WeightStore &file,
                                DiagnosticList &diagnostics) {
  std::vector<std::string> known;
  for (const NamingScheme &scheme : namingSchemes())
    known.push_back(scheme.name);
  diagnostics.error(
      ErrorKind::WeightsMismatch, escapeForDisplay(path),
      fmt::format("no tensor is named as a checkpoint of {} names those of "
                  "the spec's convolutions; the file has {} tensors:{}",
                  fmt::join(known, ", "), file.names().size(),
                  listNames(file.names())),
      "is it a checkpoint of a MobileOne network?");
}

std::optional<Checkpoint>
mobileone::loadCheckpoint(const std::string &path, ModelSpec &spec,
                          DiagnosticList &diagnostics) {
  size_t errorsBefore = diagnostics.all().size();
  std::shared_ptr<const MappedFile> mapped =
      MappedFile::open(path, diagnostics);
  if (!mapped)
    return std::nullopt;
  if (isPyTorchFile(path, mapped->text())) {
    diagnostics.error(ErrorKind::BadInput, escapeForDisplay(path),
                      "is a PyTorch file, which runs code when it is read; "
                      "weights are read from safetensors only",
                      "convert it: " + conversionCommand(path));
    return std::nullopt;
  }
  std::optional<WeightStore> file = readSafetensors(mapped, path, diagnostics);
  if (!file)
    return std::nullopt;
  std::optional<Recognition> recognition = recognizeNaming(*file, spec);
  if (!recognition) {
    reportUnknownNaming(path, *file, diagnostics);
    return std::nullopt;
  }
  ModelSpec resolved = spec;
  resolveHiddenWidths(*file, *recognition, resolved);
  Checkpoint checkpoint;
  checkpoint.form = recognition->form;
  checkpoint.naming = recognition->scheme->name;
  CheckpointReader(path, *file, *recognition, resolved, diagnostics)
      .run(mapped, checkpoint.weights);
  if (diagnostics.all().size() != errorsBefore)
    return std::nullopt;
  spec = resolved;
  return checkpoint;
}
