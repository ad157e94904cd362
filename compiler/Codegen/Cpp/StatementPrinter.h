//===- StatementPrinter.h - Halide statements as C++ ---------- -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_CODEGEN_CPP_STATEMENTPRINTER_H
#define MOBILEONE_CODEGEN_CPP_STATEMENTPRINTER_H

#include "compiler/Codegen/Cpp/BufferUses.h"
#include "compiler/Codegen/Cpp/ExpressionPrinter.h"

#include "Halide.h"

#include <string>
#include <vector>

namespace mobileone {

/// Prints a lowered statement as the lines of a C++ function's body.
class StatementPrinter : private Halide::Internal::IRVisitor {
public:
  /// `names` has the function's parameters in scope.
  StatementPrinter(CppNames &names, const BufferUses &uses)
      : names(names), uses(uses), expressions(names) {}

  /// The lines, indented by two spaces for each nesting level, from one on.
  std::string print(const Halide::Internal::Stmt &body);

private:
  using IRVisitor::visit;

  std::string wantedName(const std::string &halideName);
  void line(const std::string &text);
  void flushDeclarations();
  void scoped(const Halide::Internal::Stmt &body);
  std::string memoryStore(const Halide::Internal::Store *store);
  void storeLine(const Halide::Internal::Store *store);
  void straightLine(const std::vector<const Halide::Internal::Store *> &stores);
  void sequence(const std::vector<Halide::Internal::Stmt> &statements);
  void declareArray(const Halide::Internal::Allocate *allocation);

  void visit(const Halide::Internal::LetStmt *) override;
  void visit(const Halide::Internal::AssertStmt *) override;
  void visit(const Halide::Internal::ProducerConsumer *) override;
  void visit(const Halide::Internal::For *) override;
  void visit(const Halide::Internal::Store *) override;
  void visit(const Halide::Internal::Allocate *) override;
  void visit(const Halide::Internal::Free *) override;
  void visit(const Halide::Internal::Block *) override;
  void visit(const Halide::Internal::IfThenElse *) override;
  void visit(const Halide::Internal::Evaluate *) override;
  void visit(const Halide::Internal::Prefetch *) override;
  void visit(const Halide::Internal::Fork *) override;
  void visit(const Halide::Internal::Acquire *) override;
  void visit(const Halide::Internal::Atomic *) override;
  void visit(const Halide::Internal::HoistedStorage *) override;

  CppNames &names;
  const BufferUses &uses;
  ExpressionPrinter expressions;
  /// Variables whose declaration waits for their first store.
  std::set<std::string> undeclared;
  /// Variables that are written and never read.
  std::set<std::string> unread;
  std::string text;
  int depth = 1;
};

} // namespace mobileone

#endif // MOBILEONE_CODEGEN_CPP_STATEMENTPRINTER_H
