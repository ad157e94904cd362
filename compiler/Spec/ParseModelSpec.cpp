//===- ParseModelSpec.cpp - JSON to ModelSpec -----------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Spec/ModelName.h"
#include "compiler/Spec/ModelSpec.h"
#include "compiler/Spec/Multipliers.h"
#include "compiler/Spec/ObjectReader.h"
#include "compiler/Spec/SpecLimits.h"
#include "compiler/Spec/SpecParts.h"
#include "compiler/Support/JsonText.h"

#include <fmt/format.h>

using namespace mobileone;
using nlohmann::json;

static constexpr int64_t specVersion = 1;

template <typename Value>
static void assign(Value &target, const std::optional<Value> &value) {
  if (value)
    target = *value;
}

/// Reports a spec of another version, in which no other key means anything.
static bool hasKnownVersion(ObjectReader &root) {
  root.require({"spec_version"});
  std::optional<int64_t> version = root.integer("spec_version", {1, INT64_MAX});
  if (version && *version > specVersion)
    root.error("spec_version",
               fmt::format("version {} is newer than this compiler reads, "
                           "which is {}",
                           *version, specVersion),
               "use a newer mobileonec");
  return version && *version == specVersion;
}

/// Fills in whichever of mean and std is absent, so that both have a value per
/// channel or none has.
static void completeNormalization(InputSpec &input) {
  if (!input.mean.empty() && input.standardDeviation.empty())
    input.standardDeviation.assign(input.mean.size(), 1.0);
  if (!input.standardDeviation.empty() && input.mean.empty())
    input.mean.assign(input.standardDeviation.size(), 0.0);
}

static void parseNormalization(ObjectReader &reader, bool channelsKnown,
                               InputSpec &input) {
  auto read = [&](const char *key, Range<double> range,
                  std::vector<double> &values) {
    std::optional<std::vector<double>> found = reader.numbers(key, range);
    size_t channels = input.channels;
    if (found && channelsKnown && found->size() != channels)
      reader.error(key,
                   fmt::format("must have one value per input channel, {}, "
                               "not {}",
                               channels, found->size()));
    else
      assign(values, found);
  };
  read("mean", {-1e6, 1e6}, input.mean);
  read("std", {1e-6, 1e6}, input.standardDeviation);
  completeNormalization(input);
}

static void parseInput(ObjectReader &root, InputSpec &input) {
  if (!root.find("input"))
    return;
  ObjectReader reader = root.child("input");
  assign(input.batch, reader.integer("batch", {1, limits::batch}));
  assign(input.height, reader.integer("height", {1, limits::mapSize}));
  assign(input.width, reader.integer("width", {1, limits::mapSize}));
  std::optional<int64_t> channels =
      reader.integer("channels", {1, limits::channels});
  assign(input.channels, channels);
  std::optional<size_t> type = reader.choice("type", inputTypeNames);
  if (type)
    input.type = static_cast<InputType>(*type);
  std::optional<size_t> layout = reader.choice("layout", layoutNames);
  if (layout)
    input.layout = static_cast<TensorLayout>(*layout);
  else if (input.type == InputType::U8)
    input.layout = TensorLayout::NHWC;
  if (input.type == InputType::U8 && input.layout == TensorLayout::NCHW)
    reader.error("layout", "must be \"nhwc\" for an input of type \"u8\"");
  parseNormalization(reader, channels || !reader.has("channels"), input);
  reader.reportUnknownKeys();
}

/// "channels", or "multiplier" of the paper's width, which `widthOf` gives.
template <typename WidthOf>
static void parseWidth(ObjectReader &reader, WidthOf widthOf,
                       int64_t &channels) {
  assign(channels, reader.integer("channels", {1, limits::channels}));
  std::optional<double> multiplier =
      reader.number("multiplier", {0, limits::multiplier});
  if (!reader.isObject())
    return;
  if (reader.has("channels") == reader.has("multiplier"))
    return reader.error("", "needs either 'channels' or 'multiplier'");
  if (!multiplier)
    return;
  channels = widthOf(*multiplier);
  if (channels < 1 || channels > limits::channels)
    reader.error("multiplier",
                 fmt::format("gives {} channels; there must be from 1 to {}",
                             channels, limits::channels));
}

static void parseStem(ObjectReader &root, StemSpec &stem) {
  if (!root.find("stem"))
    return;
  ObjectReader reader = root.child("stem");
  parseWidth(reader, stemChannelsOf, stem.channels);
  assign(stem.branches, reader.integer("branches", {1, limits::branches}));
  assign(stem.stride, reader.integer("stride", {1, limits::stride}));
  reader.reportUnknownKeys();
}

/// "se_hidden": one width for the whole stage, or an array of one per
/// convolution with squeeze-excite.
static void parseHiddenWidths(ObjectReader &reader, StageSpec &stage) {
  const json *value = reader.find("se_hidden");
  if (!value)
    return;
  if (!reader.has("se_blocks"))
    return reader.error("se_hidden", "has no effect without 'se_blocks'");
  if (!value->is_array()) {
    stage.squeezeExciteHidden =
        reader.integer("se_hidden", {1, limits::channels});
    return;
  }
  std::optional<std::vector<int64_t>> widths =
      reader.integers("se_hidden", {1, limits::channels});
  if (!widths)
    return;
  size_t expected = 2 * stage.squeezeExciteBlocks;
  if (widths->size() == expected)
    stage.squeezeExciteHiddenWidths = *widths;
  else
    reader.error("se_hidden",
                 fmt::format("must be one number, or an array of one for each "
                             "of the {} convolutions with squeeze-excite, not "
                             "of {}",
                             expected, widths->size()));
}

static void parseStage(ObjectReader reader, size_t index, StageSpec &stage) {
  reader.require({"blocks"});
  parseWidth(
      reader,
      [index](double multiplier) { return stageChannelsOf(index, multiplier); },
      stage.channels);
  std::optional<int64_t> blocks = reader.integer("blocks", {1, limits::blocks});
  assign(stage.blocks, blocks);
  assign(stage.branches, reader.integer("branches", {1, limits::branches}));
  assign(stage.stride, reader.integer("stride", {1, limits::stride}));
  int64_t mostBlocks = blocks ? *blocks : limits::blocks;
  assign(stage.squeezeExciteBlocks,
         reader.integer("se_blocks", {0, mostBlocks}));
  parseHiddenWidths(reader, stage);
  reader.reportUnknownKeys();
}

static void parseStages(ObjectReader &root, ModelSpec &spec) {
  const json *stages = root.array("stages", {1, limits::stages});
  if (!stages)
    return;
  spec.stages.resize(stages->size());
  for (size_t s = 0; s < stages->size(); ++s)
    parseStage(root.child("stages", s), s, spec.stages[s]);
}

static void parseName(ObjectReader &root, std::string &name) {
  std::optional<std::string> found = root.string("name");
  if (!found)
    return;
  name = *found;
  std::string problem = problemWithName(name);
  if (!problem.empty())
    root.error("name",
               fmt::format("\"{}\" {}", escapeForDisplay(name), problem));
}

std::optional<ModelSpec>
mobileone::parseModelSpec(const std::string &text, const std::string &fileName,
                          DiagnosticList &diagnostics,
                          std::optional<int64_t> batch) {
  size_t errorsBefore = diagnostics.all().size();
  std::string shownName = escapeForDisplay(fileName);
  std::optional<json> document =
      parseJson(text, shownName, JsonLimits(), diagnostics);
  if (!document)
    return std::nullopt;
  ModelSpec spec;
  ObjectReader root(*document, "", shownName, diagnostics);
  if (!root.isObject() || !hasKnownVersion(root))
    return std::nullopt;
  root.require({"name", "stem", "stages"});
  parseName(root, spec.name);
  parseInput(root, spec.input);
  assign(spec.input.batch, batch);
  parseStem(root, spec.stem);
  parseStages(root, spec);
  std::vector<std::string> headPaths = parseHeads(root, spec);
  assign(spec.batchNormEpsilon, root.number("bn_epsilon", {1e-12, 1}));
  root.reportUnknownKeys();
  if (diagnostics.all().size() == errorsBefore)
    validateModelSpec(spec, headPaths, shownName, diagnostics);
  if (diagnostics.all().size() != errorsBefore)
    return std::nullopt;
  return spec;
}
