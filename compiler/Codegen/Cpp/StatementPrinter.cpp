//===- StatementPrinter.cpp - Halide statements as C++ --------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/Cpp/StatementPrinter.h"

#include "compiler/Codegen/Cpp/NamedVectors.h"
#include "compiler/Codegen/Cpp/UnsupportedIr.h"

#include <fmt/format.h>

using namespace Halide;
using namespace Halide::Internal;

namespace mobileone {

/// Arrays on the stack of whatever thread runs the kernel.
static constexpr int64_t maximumArrayBytes = 64 * 1024;

std::string StatementPrinter::print(const Stmt &body) {
  text.clear();
  body.accept(this);
  return text;
}

void StatementPrinter::line(const std::string &content) {
  text += std::string(2 * depth, ' ') + content + "\n";
}

void StatementPrinter::flushDeclarations() {
  for (const std::string &declaration : expressions.declarations)
    line(declaration);
  expressions.declarations.clear();
}

/// `body` between braces that are already printed.
void StatementPrinter::scoped(const Stmt &body) {
  names.enter();
  ++depth;
  body.accept(this);
  --depth;
  names.leave();
}

/// Halide calls what it moves out of loops t0, t1, ...; most of that is where a
/// buffer is accessed.
std::string StatementPrinter::wantedName(const std::string &halideName) {
  bool isCounted =
      halideName.size() > 1 && halideName[0] == 't' &&
      halideName.find_first_not_of("0123456789", 1) == std::string::npos;
  if (!isCounted)
    return readableIdentifier(halideName);
  auto indexed = uses.indexed.find(halideName);
  if (indexed == uses.indexed.end() || indexed->second.size() != 1 ||
      indexed->second.begin()->empty())
    return "t";
  const std::string &buffer = *indexed->second.begin();
  return (names.isDeclared(buffer) ? names.lookup(buffer)
                                   : readableIdentifier(buffer)) +
         "_at";
}

void StatementPrinter::visit(const LetStmt *let) {
  const Call *call = let->value.as<Call>();
  bool isParameter = call && call->name.rfind("_halide_buffer_", 0) == 0;
  if (!isParameter) {
    std::string declaration =
        expressions.declare(let->name, wantedName(let->name), let->value);
    flushDeclarations();
    line(declaration);
  }
  let->body.accept(this);
}

void StatementPrinter::visit(const For *loop) {
  if (loop->for_type != ForType::Serial)
    throw UnsupportedIr("a loop that is not serial: '" + loop->name + "'");
  std::string first = expressions.print(loop->min);
  std::string end = is_const_zero(loop->min)
                        ? expressions.print(loop->extent)
                        : expressions.print(simplify(loop->min + loop->extent));
  flushDeclarations();
  names.enter();
  const std::string &name =
      names.declare(loop->name, readableIdentifier(loop->name));
  line(fmt::format("for (int32_t {0} = {1}; {0} < {2}; ++{0}) {{", name, first,
                   end));
  scoped(loop->body);
  line("}");
  names.leave();
}

void StatementPrinter::visit(const IfThenElse *branch) {
  std::string condition = expressions.print(branch->condition);
  flushDeclarations();
  line(fmt::format("if ({}) {{", condition));
  scoped(branch->then_case);
  if (branch->else_case.defined()) {
    line("} else {");
    scoped(branch->else_case);
  }
  line("}");
}

void StatementPrinter::visit(const ProducerConsumer *op) {
  op->body.accept(this);
}

void StatementPrinter::declareArray(const Allocate *allocation) {
  int64_t elements = allocation->constant_allocation_size();
  int64_t bytes = elements * allocation->type.bytes();
  if (elements <= 0 || bytes > maximumArrayBytes)
    throw UnsupportedIr(fmt::format(
        "the allocation '{}' of {} bytes: at most {} lie on the stack",
        allocation->name, bytes, maximumArrayBytes));
  const std::string &name =
      names.declare(allocation->name, readableIdentifier(allocation->name));
  line(fmt::format("alignas(64) {} {}[{}];", cppType(allocation->type), name,
                   elements + allocation->padding));
}

void StatementPrinter::visit(const Allocate *allocation) {
  if (!is_const_one(allocation->condition) || allocation->new_expr.defined())
    throw UnsupportedIr("the allocation '" + allocation->name +
                        "' under a condition or of a kind of its own");
  std::map<int64_t, NamedVector> vectors = namedVectors(*allocation);
  // The body that `vectors` describes.
  Stmt body = allocation->body;
  if (vectors.empty()) {
    Stmt unrolled = unrollAccesses(*allocation);
    vectors = namedVectors(*unrolled.as<Allocate>());
    if (!vectors.empty())
      body = unrolled.as<Allocate>()->body;
  }
  if (vectors.empty())
    declareArray(allocation);
  for (const auto &[place, vector] : vectors) {
    std::string variable = names.declareTemporary(
        readableIdentifier(allocation->name) + vector.suffix);
    expressions.vectorVariables[{allocation->name, place}] = variable;
    if (!vector.isRead)
      unread.insert(variable);
    if (vector.declaredByStore)
      undeclared.insert(variable);
    else
      line(fmt::format("{}{} {};", vector.isRead ? "" : "[[maybe_unused]] ",
                       cppType(vector.type), variable));
  }
  body.accept(this);
  // The same name may be allocated again elsewhere, with other accesses.
  for (const auto &entry : vectors)
    expressions.vectorVariables.erase({allocation->name, entry.first});
}

void StatementPrinter::visit(const Free *) {}

/// What is added to the variable, if the store only adds to it.
static Expr addend(const Store *store) {
  const Add *sum = store->value.as<Add>();
  if (!sum)
    return Expr();
  auto isOldValue = [&](const Expr &expression) {
    const Load *load = expression.as<Load>();
    return load && load->name == store->name &&
           equal(load->index, store->index);
  };
  if (isOldValue(sum->a))
    return sum->b;
  return isOldValue(sum->b) ? sum->a : Expr();
}

std::string StatementPrinter::memoryStore(const Store *store) {
  bool isMasked = !is_const_one(store->predicate);
  if (store->value.type().is_scalar()) {
    if (isMasked)
      throw UnsupportedIr("a store to an element of '" + store->name +
                          "' under a predicate");
    return fmt::format("{}[{}] = {};", names.lookup(store->name),
                       expressions.print(store->index),
                       expressions.print(store->value));
  }
  const Ramp *ramp = store->index.as<Ramp>();
  if (!ramp || !is_const_one(ramp->stride) || ramp->base.type().is_vector())
    throw UnsupportedIr("a scattered store to '" + store->name + "'");
  int lanes = store->value.type().lanes();
  std::string place = expressions.address(store->name, store->index);
  std::string value = expressions.print(store->value);
  if (isMasked)
    return fmt::format("storeWhere({}, {}, {}, {});", place, value,
                       expressions.mask(store->predicate, 32), lanes);
  if (lanes != storedLanes(store->value.type()))
    return fmt::format("storePart({}, {}, {});", place, value, lanes);
  return fmt::format("store({}, {});", place, value);
}

void StatementPrinter::storeLine(const Store *store) {
  const Ramp *ramp = store->index.as<Ramp>();
  auto place = as_const_int(ramp ? ramp->base : store->index);
  auto variable = expressions.vectorVariables.end();
  if (place)
    variable = expressions.vectorVariables.find({store->name, *place});
  std::string statement;
  if (variable != expressions.vectorVariables.end()) {
    Expr added = addend(store);
    bool declares = undeclared.count(variable->second) != 0;
    std::string declaration;
    if (declares)
      declaration =
          (unread.count(variable->second) ? "[[maybe_unused]] " : "") +
          cppType(store->value.type()) + " ";
    statement =
        fmt::format("{}{} {} {};", declaration, variable->second,
                    added.defined() ? "+=" : "=",
                    expressions.print(added.defined() ? added : store->value));
    if (!expressions.repeatedLoads || !expressions.repeatedLoads->isCounting)
      undeclared.erase(variable->second);
  } else {
    statement = memoryStore(store);
  }
  flushDeclarations();
  line(statement);
}

void StatementPrinter::straightLine(const std::vector<const Store *> &stores) {
  std::set<std::string> written;
  for (const Store *store : stores)
    written.insert(store->name);
  RepeatedLoads loads(written);
  expressions.repeatedLoads = &loads;
  std::string printed = std::move(text);
  names.enter();
  for (const Store *store : stores)
    storeLine(store);
  names.leave();
  text = std::move(printed);
  loads.isCounting = false;
  for (const Store *store : stores)
    storeLine(store);
  expressions.repeatedLoads = nullptr;
}

void StatementPrinter::visit(const Store *store) { straightLine({store}); }

static void flatten(const Stmt &statement, std::vector<Stmt> &out) {
  if (const Block *block = statement.as<Block>()) {
    flatten(block->first, out);
    flatten(block->rest, out);
  } else {
    out.push_back(statement);
  }
}

void StatementPrinter::sequence(const std::vector<Stmt> &statements) {
  std::vector<const Store *> stores;
  auto printStores = [&] {
    if (!stores.empty())
      straightLine(stores);
    stores.clear();
  };
  for (const Stmt &statement : statements) {
    if (const Store *store = statement.as<Store>()) {
      stores.push_back(store);
      continue;
    }
    printStores();
    statement.accept(this);
  }
  printStores();
}

void StatementPrinter::visit(const Block *block) {
  std::vector<Stmt> statements;
  flatten(block->first, statements);
  flatten(block->rest, statements);
  sequence(statements);
}

void StatementPrinter::visit(const Evaluate *op) {
  const Call *call = op->value.as<Call>();
  if (call && call->is_intrinsic(Call::prefetch)) {
    // Into the second-level cache.
    std::string statement =
        fmt::format("__builtin_prefetch({} + ({}), 0, 2);",
                    names.lookup(call->args[0].as<Variable>()->name),
                    expressions.print(call->args[1]));
    flushDeclarations();
    line(statement);
  } else if (!is_const(op->value))
    throw UnsupportedIr("an expression evaluated for its effect");
}

void StatementPrinter::visit(const AssertStmt *) {
  throw UnsupportedIr("an assertion");
}
void StatementPrinter::visit(const Prefetch *) {
  throw UnsupportedIr("a prefetch");
}
void StatementPrinter::visit(const Fork *) { throw UnsupportedIr("a fork"); }
void StatementPrinter::visit(const Acquire *) {
  throw UnsupportedIr("a semaphore");
}
void StatementPrinter::visit(const Atomic *) {
  throw UnsupportedIr("an atomic update");
}
void StatementPrinter::visit(const HoistedStorage *op) {
  op->body.accept(this);
}

} // namespace mobileone
