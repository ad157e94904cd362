//===- BufferUses.cpp - Which buffer each part of a kernel concerns -------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/Cpp/BufferUses.h"

#include "compiler/Codegen/Cpp/UnsupportedIr.h"

using namespace Halide;
using namespace Halide::Internal;

namespace mobileone {

namespace {

class UseCollector : public IRVisitor {
public:
  explicit UseCollector(BufferUses &uses) : uses(uses) {}

private:
  using IRVisitor::visit;

  void visitIndex(const std::string &buffer, const Expr &index) {
    std::string outer = indexedBuffer;
    indexedBuffer = buffer;
    index.accept(this);
    indexedBuffer = outer;
  }

  void visit(const Load *load) override {
    uses.loaded.insert(load->name);
    load->predicate.accept(this);
    visitIndex(load->name, load->index);
  }

  void visit(const Store *store) override {
    uses.stored.insert(store->name);
    store->predicate.accept(this);
    store->value.accept(this);
    visitIndex(store->name, store->index);
  }

  void visit(const Variable *variable) override {
    uses.variables.insert(variable->name);
    uses.indexed[variable->name].insert(indexedBuffer);
  }

  /// What `let` is part of, so are the variables in its value.
  template <typename Let> void visitLet(const Let *let) {
    let->body.accept(this);
    for (const std::string &buffer : std::set<std::string>(
             uses.indexed[let->name])) // A copy: the visit may grow the map.
      visitIndex(buffer, let->value);
  }

  void visit(const Let *let) override { visitLet(let); }

  void visit(const LetStmt *let) override {
    const Call *call = let->value.as<Call>();
    if (!call || call->name.rfind("_halide_buffer_", 0) != 0)
      return visitLet(let);
    let->body.accept(this);
    const Variable *header = call->args[0].as<Variable>();
    std::string suffix = ".buffer";
    if (!header || header->name.size() <= suffix.size())
      throw UnsupportedIr("a buffer that is not an argument");
    std::string buffer =
        header->name.substr(0, header->name.size() - suffix.size());
    std::string field =
        call->name.substr(std::string("_halide_buffer_get_").size());
    if (field == "host") {
      uses.addresses[let->name] = buffer;
      return;
    }
    auto dimension =
        call->args.size() == 2 ? as_const_int(call->args[1]) : std::nullopt;
    bool isKnown = field == "min" || field == "extent" || field == "stride";
    if (!isKnown || !dimension)
      throw UnsupportedIr("'" + call->name + "' of '" + buffer + "'");
    uses.dimensions[let->name] = {buffer,
                                  {static_cast<int>(*dimension), field}};
  }

  BufferUses &uses;
  std::string indexedBuffer;
};

} // namespace

BufferUses collectBufferUses(const Stmt &body) {
  BufferUses uses;
  UseCollector collector(uses);
  body.accept(&collector);
  return uses;
}

} // namespace mobileone
