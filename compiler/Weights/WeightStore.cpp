//===- WeightStore.cpp - Named tensors ------------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Weights/WeightStore.h"

#include "compiler/Support/HalfFloat.h"

#include <cassert>
#include <cstring>

using namespace mobileone;

namespace {

struct TypeFacts {
  const char *name;
  size_t bytes;
};

} // namespace

/// Indexed by WeightType.
static constexpr TypeFacts typeFacts[] = {
    {"F16", 2}, {"BF16", 2}, {"F32", 4}, {"F64", 8}, {"I64", 8},
    {"I32", 4}, {"I16", 2},  {"I8", 1},  {"U64", 8}, {"U32", 4},
    {"U16", 2}, {"U8", 1},   {"BOOL", 1}};

std::string mobileone::weightTypeName(WeightType type) {
  return typeFacts[static_cast<size_t>(type)].name;
}

std::optional<WeightType> mobileone::weightTypeNamed(const std::string &name) {
  size_t index = 0;
  for (const TypeFacts &facts : typeFacts) {
    if (name == facts.name)
      return static_cast<WeightType>(index);
    ++index;
  }
  return std::nullopt;
}

size_t mobileone::weightTypeBytes(WeightType type) {
  return typeFacts[static_cast<size_t>(type)].bytes;
}

bool mobileone::isFloatingPoint(WeightType type) {
  return type == WeightType::F16 || type == WeightType::BF16 ||
         type == WeightType::F32 || type == WeightType::F64;
}

int64_t WeightView::elements() const {
  int64_t count = 1;
  for (int64_t size : shape)
    count *= size;
  return count;
}

void WeightStore::addView(const std::string &name, WeightView view,
                          std::shared_ptr<const void> owner) {
  entries[name] = {std::move(view), std::move(owner)};
}

void WeightStore::add(const std::string &name, std::vector<int64_t> shape,
                      std::vector<double> values) {
  auto owned = std::make_shared<const std::vector<double>>(std::move(values));
  WeightView view{WeightType::F64, std::move(shape),
                  reinterpret_cast<const uint8_t *>(owned->data())};
  assert(static_cast<size_t>(view.elements()) == owned->size() &&
         "the shape must hold the values");
  addView(name, std::move(view), std::move(owned));
}

void WeightStore::erase(const std::string &name) { entries.erase(name); }

bool WeightStore::contains(const std::string &name) const {
  return entries.count(name) != 0;
}

const WeightView *WeightStore::find(const std::string &name) const {
  auto found = entries.find(name);
  return found == entries.end() ? nullptr : &found->second.view;
}

/// Reads `Stored` elements, which need no alignment, and converts each.
template <typename Stored, typename Convert>
static std::vector<double> readAs(const WeightView &view, Convert convert) {
  std::vector<double> values(view.elements());
  for (size_t i = 0; i < values.size(); ++i) {
    Stored stored;
    std::memcpy(&stored, view.data + i * sizeof(Stored), sizeof(Stored));
    values[i] = static_cast<double>(convert(stored));
  }
  return values;
}

template <typename Stored>
static std::vector<double> readAs(const WeightView &view) {
  return readAs<Stored>(view, [](Stored stored) { return stored; });
}

static std::vector<double> readView(const WeightView &view) {
  switch (view.type) {
  case WeightType::F16:
    return readAs<uint16_t>(view, halfToFloat);
  case WeightType::BF16:
    return readAs<uint16_t>(view, bfloat16ToFloat);
  case WeightType::F32:
    return readAs<float>(view);
  case WeightType::F64:
    return readAs<double>(view);
  case WeightType::I64:
    return readAs<int64_t>(view);
  case WeightType::I32:
    return readAs<int32_t>(view);
  case WeightType::I16:
    return readAs<int16_t>(view);
  case WeightType::I8:
    return readAs<int8_t>(view);
  case WeightType::U64:
    return readAs<uint64_t>(view);
  case WeightType::U32:
    return readAs<uint32_t>(view);
  case WeightType::U16:
    return readAs<uint16_t>(view);
  case WeightType::U8:
    return readAs<uint8_t>(view);
  case WeightType::BOOL:
    return readAs<uint8_t>(view, [](uint8_t stored) { return stored != 0; });
  }
  assert(false && "not a weight type");
  return {};
}

std::vector<double> WeightStore::read(const std::string &name) const {
  const WeightView *view = find(name);
  assert(view && "the tensor must exist");
  return readView(*view);
}

std::vector<std::string> WeightStore::names() const {
  std::vector<std::string> names;
  for (const auto &entry : entries)
    names.push_back(entry.first);
  return names;
}
