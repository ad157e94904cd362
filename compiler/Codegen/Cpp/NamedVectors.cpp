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
    NamedVector vector{type, "", isStore && nesting == 0, false};
    auto [entry, isNew] = vectors.try_emplace(*place, vector);
    entry->second.isRead |= !isStore && updated != place;
    if (!isNew && entry->second.type != type)
      allConstant = false;
  }

  void visit(const Load *load) override {
    IRVisitor::visit(load);
    if (load->name == name)
      access(load->type, load->index, load->predicate, false);
  }

  void visit(const Store *store) override {
    if (store->name == name)
      updated = constantPlace(store->index);
    IRVisitor::visit(store);
    updated.reset();
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
  /// The place that the store being visited writes.
  std::optional<int64_t> updated;
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

namespace {

/// Finds accesses to one allocation at places that depend on a variable.
class DependentAccesses : public IRVisitor {
public:
  DependentAccesses(const std::string &allocation, const std::string &variable)
      : allocation(allocation), variable(variable) {}
  bool found = false;

private:
  using IRVisitor::visit;
  void visit(const Load *load) override {
    IRVisitor::visit(load);
    found |= load->name == allocation && expr_uses_var(load->index, variable);
  }
  void visit(const Store *store) override {
    IRVisitor::visit(store);
    found |= store->name == allocation && expr_uses_var(store->index, variable);
  }
  const std::string &allocation, &variable;
};

class AccessUnroller : public IRMutator {
public:
  explicit AccessUnroller(const std::string &allocation)
      : allocation(allocation) {}

private:
  static constexpr int64_t longest = 16;

  using IRMutator::visit;
  Stmt visit(const For *loop) override {
    Stmt body = mutate(loop->body);
    auto first = as_const_int(loop->min), extent = as_const_int(loop->extent);
    DependentAccesses accesses(allocation, loop->name);
    body.accept(&accesses);
    if (!accesses.found || !first || !extent || *extent > longest)
      return For::make(loop->name, loop->min, loop->extent, loop->for_type,
                       loop->partition_policy, loop->device_api, body);
    std::vector<Stmt> copies;
    for (int64_t i = *first; i < *first + *extent; ++i)
      copies.push_back(simplify(substitute(loop->name, Expr(int(i)), body)));
    return Block::make(copies);
  }
  const std::string &allocation;
};

} // namespace

Stmt unrollAccesses(const Allocate &allocation) {
  return AccessUnroller(allocation.name).mutate(Stmt(&allocation));
}

} // namespace mobileone
