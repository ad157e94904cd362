//===- CheckpointStructure.cpp - A checkpoint's network -------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Weights/CheckpointStructure.h"

#include "compiler/Spec/Layers.h"
#include "compiler/Weights/TensorNames.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <set>

using namespace mobileone;

/// What stands before the stem's name in any tensor of the stem. "" is always
/// among them.
static std::set<std::string> candidatePrefixes(const WeightStore &file,
                                               const NamingScheme &scheme) {
  std::set<std::string> prefixes = {""};
  for (const char *tensor :
       {"stage0.rbr_conv.0.conv.weight", "stage0.reparam_conv.weight"}) {
    std::string stem = nameInScheme(scheme, tensor);
    for (const std::string &name : file.names())
      if (hasSuffix(name, "." + stem))
        prefixes.insert(name.substr(0, name.size() - stem.size()));
  }
  return prefixes;
}

static size_t countHits(const WeightStore &file, const Recognition &candidate,
                        const std::vector<TensorRequirement> &requirements) {
  return std::count_if(requirements.begin(), requirements.end(),
                       [&](const TensorRequirement &requirement) {
                         return file.contains(
                             candidate.fileName(requirement.name));
                       });
}

std::optional<Recognition> mobileone::recognizeNaming(const WeightStore &file,
                                                      const ModelSpec &spec) {
  ModelSpec body = spec;
  body.heads.clear();
  std::optional<Recognition> best;
  size_t bestHits = 0;
  for (CheckpointForm form : {CheckpointForm::Train, CheckpointForm::Fused}) {
    std::vector<TensorRequirement> requirements = requiredTensors(body, form);
    for (const NamingScheme &scheme : namingSchemes()) {
      for (const std::string &prefix : candidatePrefixes(file, scheme)) {
        Recognition candidate{&scheme, prefix, form};
        size_t hits = countHits(file, candidate, requirements);
        if (hits > bestHits) {
          best = candidate;
          bestHits = hits;
        }
      }
    }
  }
  return best;
}

/// First size of the file's tensor with that canonical name, or 0.
static int64_t firstSize(const WeightStore &file,
                         const Recognition &recognition,
                         const std::string &canonical) {
  const WeightView *view = file.find(recognition.fileName(canonical));
  return view && !view->shape.empty() ? view->shape[0] : 0;
}

void mobileone::resolveHiddenWidths(const WeightStore &file,
                                    const Recognition &recognition,
                                    ModelSpec &spec) {
  std::vector<LayerSpec> layers = layersOf(spec);
  for (size_t s = 0; s < spec.stages.size(); ++s) {
    StageSpec &stage = spec.stages[s];
    if (stage.squeezeExciteBlocks == 0 || stage.squeezeExciteHidden ||
        !stage.squeezeExciteHiddenWidths.empty())
      continue;
    std::vector<int64_t> widths;
    for (const LayerSpec &layer : layers) {
      if (layer.stage != static_cast<int64_t>(s) + 1 ||
          layer.squeezeExciteHidden == 0)
        continue;
      int64_t found =
          firstSize(file, recognition, layer.name + ".se.reduce.weight");
      widths.push_back(found ? found : layer.squeezeExciteHidden);
    }
    bool areEqual = std::all_of(widths.begin(), widths.end(),
                                [&](int64_t w) { return w == widths.front(); });
    if (areEqual)
      stage.squeezeExciteHidden = widths.front();
    else
      stage.squeezeExciteHiddenWidths = widths;
  }
}

namespace {

/// Reads off a file what a spec says.
class StructureReader {
public:
  StructureReader(const WeightStore &file, const Recognition &recognition)
      : file(file), recognition(recognition) {}

  ModelSpec read(const ModelSpec &like) const;

private:
  bool has(const std::string &canonical) const {
    return file.contains(recognition.fileName(canonical));
  }
  int64_t sizeOf(const std::string &canonical) const {
    return firstSize(file, recognition, canonical);
  }
  bool isTrained() const { return recognition.form == CheckpointForm::Train; }
  std::string convOf(const std::string &layer, int64_t branch) const {
    return isTrained()
               ? fmt::format("{}.rbr_conv.{}.conv.weight", layer, branch)
               : layer + ".reparam_conv.weight";
  }
  int64_t countBranches(const std::string &layer) const;
  StageSpec readStage(size_t number, const StageSpec *like) const;

  const WeightStore &file;
  const Recognition &recognition;
};

} // namespace

/// Of a merged layer: 0, which stands for any.
int64_t StructureReader::countBranches(const std::string &layer) const {
  int64_t branches = 0;
  while (isTrained() && has(convOf(layer, branches)))
    ++branches;
  return branches;
}

StageSpec StructureReader::readStage(size_t number,
                                     const StageSpec *like) const {
  auto layer = [&](int64_t index) {
    return fmt::format("stage{}.{}", number, index);
  };
  StageSpec stage;
  stage.blocks = 0;
  while (has(convOf(layer(2 * stage.blocks), 0)) ||
         has(convOf(layer(2 * stage.blocks + 1), 0))) {
    if (has(layer(2 * stage.blocks) + ".se.reduce.weight"))
      ++stage.squeezeExciteBlocks;
    ++stage.blocks;
  }
  stage.branches = countBranches(layer(0));
  stage.channels = sizeOf(convOf(layer(1), 0));
  stage.stride = like ? like->stride : 2;
  if (isTrained() && has(layer(0) + ".rbr_skip.weight"))
    stage.stride = 1;
  return stage;
}

/// What the file does not tell is as in `like`.
ModelSpec StructureReader::read(const ModelSpec &like) const {
  ModelSpec found = like;
  found.stem.channels = sizeOf(convOf("stage0", 0));
  found.stem.branches = countBranches("stage0");
  found.stages.clear();
  for (size_t s = 0;; ++s) {
    StageSpec stage =
        readStage(s + 1, s < like.stages.size() ? &like.stages[s] : nullptr);
    if (stage.blocks == 0)
      break;
    found.stages.push_back(stage);
  }
  for (HeadSpec &head : found.heads)
    if (head.kind == HeadKind::Classifier)
      head.classes = sizeOf(head.weights + ".weight");
  return found;
}

namespace {

/// Collects the values in which two specs differ.
class DifferenceList {
public:
  void compare(const std::string &path, const std::string &what, int64_t file,
               int64_t spec) {
    // Of what the file lacks altogether the list of missing tensors tells.
    if (file != spec && file != 0)
      differences.push_back(fmt::format("{} is {} in the file, {} in the spec",
                                        path + what, file, spec));
  }

  void compareStages(const ModelSpec &file, const ModelSpec &spec) {
    compare("stages", " (their number)", file.stages.size(),
            spec.stages.size());
    size_t count = std::min(file.stages.size(), spec.stages.size());
    for (size_t s = 0; s < count; ++s) {
      const StageSpec &a = file.stages[s], &b = spec.stages[s];
      std::string path = fmt::format("stages[{}].", s);
      compare(path, "channels", a.channels, b.channels);
      compare(path, "blocks", a.blocks, b.blocks);
      compare(path, "branches", a.branches, b.branches);
      compare(path, "stride", a.stride, b.stride);
      if (a.squeezeExciteBlocks != b.squeezeExciteBlocks)
        differences.push_back(
            fmt::format("{}se_blocks is {} in the file, {} in the spec", path,
                        a.squeezeExciteBlocks, b.squeezeExciteBlocks));
    }
  }

  std::vector<std::string> differences;
};

} // namespace

/// The built-in network whose convolutions the file holds, or empty.
static std::string builtinOf(const WeightStore &file,
                             const Recognition &recognition) {
  for (const std::string &name : builtinSpecNames()) {
    ModelSpec spec = *builtinSpec(name);
    spec.heads.clear();
    std::vector<TensorRequirement> requirements =
        requiredTensors(spec, recognition.form);
    bool fits = std::all_of(requirements.begin(), requirements.end(),
                            [&](const TensorRequirement &requirement) {
                              const WeightView *view = file.find(
                                  recognition.fileName(requirement.name));
                              return view && view->shape == requirement.shape;
                            });
    if (fits)
      return name;
  }
  return "";
}

std::string mobileone::explainDifferences(const WeightStore &file,
                                          const Recognition &recognition,
                                          const ModelSpec &spec) {
  constexpr size_t most = 6;
  ModelSpec found = StructureReader(file, recognition).read(spec);
  DifferenceList list;
  list.compare("stem.", "channels", found.stem.channels, spec.stem.channels);
  list.compare("stem.", "branches", found.stem.branches, spec.stem.branches);
  list.compareStages(found, spec);
  for (size_t h = 0; h < spec.heads.size(); ++h)
    if (spec.heads[h].kind == HeadKind::Classifier)
      list.compare(fmt::format("heads[{}].", h), "classes",
                   found.heads[h].classes, spec.heads[h].classes);
  std::vector<std::string> &differences = list.differences;
  if (differences.size() > most) {
    size_t rest = differences.size() - most;
    differences.resize(most);
    differences.push_back(fmt::format("and {} more", rest));
  }
  std::string builtin = builtinOf(file, recognition);
  if (!builtin.empty() && !differences.empty())
    differences.push_back(
        fmt::format("the file fits the built-in {}", builtin));
  return fmt::format("{}", fmt::join(differences, "; "));
}
