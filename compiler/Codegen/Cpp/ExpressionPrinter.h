//===- ExpressionPrinter.h - Halide expressions as C++ -------- -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_CODEGEN_CPP_EXPRESSIONPRINTER_H
#define MOBILEONE_CODEGEN_CPP_EXPRESSIONPRINTER_H

#include "compiler/Codegen/Cpp/CppNames.h"

#include "Halide.h"

#include <map>
#include <string>
#include <vector>

namespace mobileone {

/// The name of the C++ type that holds a value of `type`: "float", "f32x16".
/// The support header declares the vectors.
std::string cppType(const Halide::Type &type);

/// Lanes of the C++ vector that holds a vector of `type`: a power of two; those
/// beyond the type's own hold anything.
int storedLanes(const Halide::Type &type);

/// Loads that straight-line code makes more than once. The code is printed
/// twice: the first time counts them, the second time names them.
class RepeatedLoads {
public:
  /// Loads from `buffers`, which the code writes, are never shared.
  explicit RepeatedLoads(std::set<std::string> writtenBuffers)
      : writtenBuffers(std::move(writtenBuffers)) {}

  bool isCounting = true;

private:
  friend class ExpressionPrinter;
  std::set<std::string> writtenBuffers;
  std::map<std::string, int> counts;
  std::map<std::string, std::string> names;
  std::map<std::string, int> namedPerBuffer;
};

/// Prints expressions over the names of a CppNames. Where C++ wants a
/// declaration of its own (`let`, a repeated load), it lands in `declarations`,
/// to be printed before the statement.
class ExpressionPrinter : private Halide::Internal::IRVisitor {
public:
  explicit ExpressionPrinter(CppNames &names) : names(names) {}

  /// How strongly C++ binds, weakest first.
  enum Precedence {
    Any,
    Ternary,
    LogicalOr,
    LogicalAnd,
    BitOr,
    BitAnd,
    Equality,
    Relational,
    Shift,
    Additive,
    Multiplicative,
    Unary,
    Primary
  };

  /// `expression` in parentheses if it binds weaker than `precedence`.
  std::string print(const Halide::Expr &expression,
                    Precedence precedence = Any);

  /// The same, but a value that is equal in all lanes is printed as the scalar
  /// that vector operators also take.
  std::string printOperand(const Halide::Expr &expression,
                           Precedence precedence = Any);

  /// The address of the first of the elements that `index` names.
  std::string address(const std::string &buffer, const Halide::Expr &index);

  /// A vector of truth values whose lanes have `bits` bits.
  std::string mask(const Halide::Expr &predicate, int bits);

  /// The variable that stands for an access to registers: see NamedVectors.h.
  /// Key: allocation and first element.
  std::map<std::pair<std::string, int64_t>, std::string> vectorVariables;

  /// Not null inside of straight-line code.
  RepeatedLoads *repeatedLoads = nullptr;

  std::vector<std::string> declarations;

  /// Declares what `let` names. Returns the declaration.
  std::string declare(const std::string &halideName, const std::string &wanted,
                      const Halide::Expr &value);

private:
  using IRVisitor::visit;

  void set(std::string text, Precedence precedence);
  void binary(const Halide::Expr &a, const Halide::Expr &b, const char *symbol,
              Precedence precedence, bool bothTighter = false);
  void compare(const Halide::Expr &a, const Halide::Expr &b,
               const char *symbol);
  std::string list(const std::vector<Halide::Expr> &expressions);
  void function(const std::string &name, const std::vector<Halide::Expr> &args);
  void divide(const Halide::Expr &a, const Halide::Expr &b, bool wantRemainder);
  std::string maskedLoadText(const Halide::Internal::Load *load);
  std::string loadText(const Halide::Internal::Load *load);
  /// Bits of the lanes of a vector of truth values, or 0 if they differ.
  int maskBits(const Halide::Expr &condition) const;
  [[noreturn]] void unsupported(const Halide::Expr &expression);

  void visit(const Halide::Internal::IntImm *) override;
  void visit(const Halide::Internal::UIntImm *) override;
  void visit(const Halide::Internal::FloatImm *) override;
  void visit(const Halide::Internal::StringImm *) override;
  void visit(const Halide::Internal::Cast *) override;
  void visit(const Halide::Internal::Reinterpret *) override;
  void visit(const Halide::Internal::Variable *) override;
  void visit(const Halide::Internal::Add *) override;
  void visit(const Halide::Internal::Sub *) override;
  void visit(const Halide::Internal::Mul *) override;
  void visit(const Halide::Internal::Div *) override;
  void visit(const Halide::Internal::Mod *) override;
  void visit(const Halide::Internal::Min *) override;
  void visit(const Halide::Internal::Max *) override;
  void visit(const Halide::Internal::EQ *) override;
  void visit(const Halide::Internal::NE *) override;
  void visit(const Halide::Internal::LT *) override;
  void visit(const Halide::Internal::LE *) override;
  void visit(const Halide::Internal::GT *) override;
  void visit(const Halide::Internal::GE *) override;
  void visit(const Halide::Internal::And *) override;
  void visit(const Halide::Internal::Or *) override;
  void visit(const Halide::Internal::Not *) override;
  void visit(const Halide::Internal::Select *) override;
  void visit(const Halide::Internal::Load *) override;
  void visit(const Halide::Internal::Ramp *) override;
  void visit(const Halide::Internal::Broadcast *) override;
  void visit(const Halide::Internal::Call *) override;
  void visit(const Halide::Internal::Let *) override;
  void visit(const Halide::Internal::Shuffle *) override;
  void visit(const Halide::Internal::VectorReduce *) override;

  CppNames &names;
  std::map<std::string, int> maskBitsOfVariable;
  std::string text;
  Precedence strength = Primary;
};

} // namespace mobileone

#endif // MOBILEONE_CODEGEN_CPP_EXPRESSIONPRINTER_H
