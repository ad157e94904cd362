//===- ExpressionPrinter.cpp - Halide expressions as C++ ------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/Cpp/ExpressionPrinter.h"

#include "compiler/Codegen/Cpp/UnsupportedIr.h"

#include <fmt/format.h>

#include <cmath>
#include <sstream>

using namespace Halide;
using namespace Halide::Internal;

namespace mobileone {

/// "f32", "u8".
static std::string elementName(const Type &type) {
  char kind = type.is_float() ? 'f' : type.is_int() ? 'i' : 'u';
  return kind + std::to_string(type.bits());
}

static std::string scalarType(const Type &type) {
  if (type.is_bool())
    return "bool";
  if (type.is_float() && type.bits() == 32)
    return "float";
  if (type.is_int())
    return fmt::format("int{}_t", type.bits());
  if (type.is_uint())
    return fmt::format("uint{}_t", type.bits());
  throw UnsupportedIr("no C++ type for elements of " +
                      std::to_string(type.bits()) + " bits");
}

int storedLanes(const Type &type) {
  int lanes = 2;
  while (lanes < type.lanes())
    lanes *= 2;
  return lanes;
}

std::string cppType(const Type &type) {
  if (type.is_scalar())
    return scalarType(type);
  // A vector of truth values has the type of what was compared.
  if (type.is_bool())
    return "auto";
  bool hasVectors = type.bits() == 32 || (type.is_uint() && type.bits() == 8);
  int lanes = storedLanes(type);
  if (!hasVectors || lanes * type.bytes() > 64)
    throw UnsupportedIr(fmt::format("no vector type for {} lanes of {}",
                                    type.lanes(),
                                    scalarType(type.element_of())));
  return fmt::format("{}x{}", elementName(type), lanes);
}

void ExpressionPrinter::set(std::string newText, Precedence precedence) {
  text = std::move(newText);
  strength = precedence;
}

std::string ExpressionPrinter::print(const Expr &expression,
                                     Precedence precedence) {
  expression.accept(this);
  return strength < precedence ? "(" + text + ")" : text;
}

/// Vector operators of the compilers take scalars of exactly the element type;
/// C++ would promote narrower ones.
static bool canBeScalarOperand(const Type &type) { return type.bits() == 32; }

std::string ExpressionPrinter::printOperand(const Expr &expression,
                                            Precedence precedence) {
  const Broadcast *broadcast = expression.as<Broadcast>();
  if (broadcast && broadcast->value.type().is_scalar() &&
      canBeScalarOperand(broadcast->type))
    return print(broadcast->value, precedence);
  return print(expression, precedence);
}

void ExpressionPrinter::unsupported(const Expr &expression) {
  std::ostringstream stream;
  stream << expression;
  std::string shown = stream.str().substr(0, 200);
  throw UnsupportedIr("no translation of '" + shown + "'");
}

void ExpressionPrinter::binary(const Expr &a, const Expr &b, const char *symbol,
                               Precedence precedence, bool bothTighter) {
  // Of two scalars in all lanes one must say how many lanes there are.
  bool keepsLanes = a.as<Broadcast>() && b.as<Broadcast>();
  auto tighter = static_cast<Precedence>(precedence + 1);
  Precedence left = bothTighter ? tighter : precedence;
  std::string first = keepsLanes ? print(a, left) : printOperand(a, left);
  std::string second = printOperand(b, tighter);
  set(fmt::format("{} {} {}", first, symbol, second), precedence);
}

void ExpressionPrinter::compare(const Expr &a, const Expr &b,
                                const char *symbol) {
  binary(a, b, symbol, Relational, true);
}

std::string ExpressionPrinter::list(const std::vector<Expr> &expressions) {
  std::string result;
  for (const Expr &expression : expressions)
    result += (result.empty() ? "" : ", ") + print(expression);
  return result;
}

void ExpressionPrinter::function(const std::string &name,
                                 const std::vector<Expr> &args) {
  set(name + "(" + list(args) + ")", Primary);
}

void ExpressionPrinter::visit(const IntImm *op) {
  if (op->type.bits() > 32)
    unsupported(op);
  set(std::to_string(op->value), op->value < 0 ? Unary : Primary);
}

void ExpressionPrinter::visit(const UIntImm *op) {
  if (op->type.is_bool())
    return set(op->value ? "true" : "false", Primary);
  if (op->type.bits() > 32)
    unsupported(op);
  set(fmt::format("{}({})", scalarType(op->type), op->value), Primary);
}

void ExpressionPrinter::visit(const FloatImm *op) {
  if (op->type.bits() != 32 || !std::isfinite(op->value))
    unsupported(op);
  // Nine digits name every float exactly.
  std::string digits = fmt::format("{:.9g}", op->value);
  if (digits.find_first_of(".e") == std::string::npos)
    digits += ".0";
  set(digits + "f", std::signbit(op->value) ? Unary : Primary);
}

void ExpressionPrinter::visit(const StringImm *op) { unsupported(op); }

void ExpressionPrinter::visit(const Variable *op) {
  set(names.lookup(op->name), Primary);
}

void ExpressionPrinter::visit(const Cast *op) {
  if (op->type.is_bool() || op->value.type().is_bool())
    unsupported(op);
  if (op->type.is_scalar())
    return set(fmt::format("{}({})", cppType(op->type), print(op->value)),
               Primary);
  function(fmt::format("convert<{}>", cppType(op->type)), {op->value});
}

void ExpressionPrinter::visit(const Reinterpret *op) {
  if (op->type.bytes() != op->value.type().bytes())
    unsupported(op);
  function(fmt::format("reinterpret<{}>", cppType(op->type)), {op->value});
}

void ExpressionPrinter::visit(const Add *op) {
  auto constant = as_const_int(op->b);
  if (constant && *constant < 0 && op->type.is_scalar())
    return set(fmt::format("{} - {}", print(op->a, Additive), -*constant),
               Additive);
  binary(op->a, op->b, "+", Additive);
}

void ExpressionPrinter::visit(const Sub *op) {
  binary(op->a, op->b, "-", Additive);
}

void ExpressionPrinter::visit(const Mul *op) {
  binary(op->a, op->b, "*", Multiplicative);
}

/// Halide rounds integer quotients down; C++ rounds them towards zero. By a
/// power of two, shifts and masks do it.
void ExpressionPrinter::divide(const Expr &a, const Expr &b,
                               bool wantRemainder) {
  auto divisor = as_const_int(b);
  if (!a.type().is_int() || !divisor || *divisor <= 0)
    throw UnsupportedIr("an integer quotient whose divisor is not a positive "
                        "constant");
  bool isPowerOfTwo = (*divisor & (*divisor - 1)) == 0;
  if (isPowerOfTwo && wantRemainder)
    return set(fmt::format("{} & {}", print(a, Unary), *divisor - 1), BitAnd);
  if (isPowerOfTwo) {
    int shift = 0;
    while ((int64_t(1) << shift) < *divisor)
      ++shift;
    return set(fmt::format("{} >> {}", print(a, Unary), shift), Shift);
  }
  if (a.type().is_vector())
    throw UnsupportedIr("a quotient of vectors of integers");
  function(wantRemainder ? "floorModulo" : "floorQuotient", {a, b});
}

void ExpressionPrinter::visit(const Div *op) {
  if (op->type.is_float())
    return binary(op->a, op->b, "/", Multiplicative);
  divide(op->a, op->b, false);
}

void ExpressionPrinter::visit(const Mod *op) { divide(op->a, op->b, true); }

void ExpressionPrinter::visit(const Min *op) {
  function("minimum", {op->a, op->b});
}

void ExpressionPrinter::visit(const Max *op) {
  if (op->type.is_float() && is_const_zero(op->b))
    return function("relu", {op->a});
  function("maximum", {op->a, op->b});
}

void ExpressionPrinter::visit(const EQ *op) {
  binary(op->a, op->b, "==", Equality, true);
}
void ExpressionPrinter::visit(const NE *op) {
  binary(op->a, op->b, "!=", Equality, true);
}
void ExpressionPrinter::visit(const LT *op) { compare(op->a, op->b, "<"); }
void ExpressionPrinter::visit(const LE *op) { compare(op->a, op->b, "<="); }
void ExpressionPrinter::visit(const GT *op) { compare(op->a, op->b, ">"); }
void ExpressionPrinter::visit(const GE *op) { compare(op->a, op->b, ">="); }

void ExpressionPrinter::visit(const And *op) {
  if (op->type.is_vector())
    return set(print(op->a, Unary) + " & " + print(op->b, Unary), BitAnd);
  binary(op->a, op->b, "&&", LogicalAnd, true);
}

void ExpressionPrinter::visit(const Or *op) {
  if (op->type.is_vector())
    return set(print(op->a, Unary) + " | " + print(op->b, Unary), BitOr);
  set(fmt::format("{} || {}", print(op->a, Equality), print(op->b, Equality)),
      LogicalOr);
}

void ExpressionPrinter::visit(const Not *op) {
  set((op->type.is_vector() ? "~" : "!") + print(op->a, Unary), Unary);
}

int ExpressionPrinter::maskBits(const Expr &condition) const {
  if (const Variable *variable = condition.as<Variable>()) {
    auto known = maskBitsOfVariable.find(variable->name);
    return known == maskBitsOfVariable.end() ? 0 : known->second;
  }
  if (const Not *negation = condition.as<Not>())
    return maskBits(negation->a);
  // Printed so: see visit(Broadcast).
  if (condition.as<Broadcast>())
    return 32;
  auto ofBoth = [this](const Expr &a, const Expr &b) {
    return maskBits(a) == maskBits(b) ? maskBits(a) : 0;
  };
  if (const And *both = condition.as<And>())
    return ofBoth(both->a, both->b);
  if (const Or *either = condition.as<Or>())
    return ofBoth(either->a, either->b);
  if (const EQ *comparison = condition.as<EQ>())
    return comparison->a.type().bits();
  if (const NE *comparison = condition.as<NE>())
    return comparison->a.type().bits();
  if (const LT *comparison = condition.as<LT>())
    return comparison->a.type().bits();
  if (const LE *comparison = condition.as<LE>())
    return comparison->a.type().bits();
  if (const GT *comparison = condition.as<GT>())
    return comparison->a.type().bits();
  if (const GE *comparison = condition.as<GE>())
    return comparison->a.type().bits();
  return 0;
}

void ExpressionPrinter::visit(const Select *op) {
  // The lanes of a mask are as wide as what was compared.
  bool hasMask = op->condition.type().is_vector();
  if (hasMask && maskBits(op->condition) != op->type.bits())
    unsupported(op);
  set(fmt::format(
          "{} ? {} : {}", print(op->condition, hasMask ? Equality : LogicalOr),
          print(op->true_value, LogicalOr), print(op->false_value, LogicalOr)),
      Ternary);
}

} // namespace mobileone
