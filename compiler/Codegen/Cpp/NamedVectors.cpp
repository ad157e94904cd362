//===- NamedVectors.cpp - Allocations that can live in registers ----------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/Cpp/NamedVectors.h"

#include <optional>

using namespace Halide;
using namespace Halide::Internal;

namespace mobileone {

/// The first element of a dense access at a constant place.
static std::optional<int64_t> constantPlace(const Expr &index) {
  if (const Ramp *ramp = index.as<Ramp>()) {
    if (!is_const_one(ramp->stride))
      return std::nullopt;
    return as_const_int(ramp->base);
  }
  return index.type().is_scalar() ? as_const_int(index) : std::nullopt;
}

namespace {

/// Collects the accesses to one allocation.
class AccessCollector : public IRVisitor {
public:
  explicit AccessCollector(const std::string &name) : name(name) {}

  std::map<int64_t, NamedVector> vectors;
  bool allConstant = true;

private:
  using IRVisitor::visit;

  void access(Type type, const Expr &index, const Expr &predicate,
              bool isStore) {
    std::optional<int64_t> place = constantPlace(index);
    if (!place || !is_const_one(predicate)) {
      allConstant = false;
      return;
    }
    NamedVector vector{type, "", isStore && nesting == 0};
    auto [entry, isNew] = vectors.try_emplace(*place, vector);
    if (!isNew && entry->second.type != type)
      allConstant = false;
  }

  void visit(const Load *load) override {
    IRVisitor::visit(load);
    if (load->name == name)
      access(load->type, load->index, load->predicate, false);
  }

  void visit(const Store *store) override {
    IRVisitor::visit(store);
    if (store->name == name)
      access(store->value.type(), store->index, store->predicate, true);
  }

  void visit(const For *loop) override {
    ++nesting;
    IRVisitor::visit(loop);
    --nesting;
  }

  void visit(const IfThenElse *branch) override {
    ++nesting;
    IRVisitor::visit(branch);
    --nesting;
  }

  const std::string name;
  int nesting = 0;
};

} // namespace

/// The place of `element` in each dimension of which the allocation holds more
/// than one vector, innermost first: "_1_0".
static std::string suffixOf(int64_t element, int lanes,
                            const std::vector<Expr> &extents) {
  std::string suffix;
  int64_t rest = element;
  int64_t unit = lanes;
  for (const Expr &extentExpression : extents) {
    int64_t extent = as_const_int(extentExpression).value_or(0);
    if (extent <= 0 || (extent > unit && extent % unit != 0))
      return "_" + std::to_string(element);
    if (extent > unit)
      suffix += "_" + std::to_string(rest % extent / unit);
    // A vector may span several whole dimensions.
    unit = extent >= unit ? 1 : unit / extent;
    rest /= extent;
  }
  return suffix;
}

std::map<int64_t, NamedVector> namedVectors(const Allocate &allocation) {
  AccessCollector collector(allocation.name);
  allocation.body.accept(&collector);
  if (!collector.allConstant)
    return {};
  int64_t end = 0;
  for (auto &[place, vector] : collector.vectors) {
    if (place < end)
      return {};
    end = place + vector.type.lanes();
    vector.suffix = suffixOf(place, vector.type.lanes(), allocation.extents);
  }
  return collector.vectors;
}

} // namespace mobileone
