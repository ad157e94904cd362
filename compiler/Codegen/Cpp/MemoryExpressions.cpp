//===- MemoryExpressions.cpp - Loads, lanes and calls as C++ --------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/Cpp/ExpressionPrinter.h"
#include "compiler/Codegen/Cpp/UnsupportedIr.h"

#include <fmt/format.h>

using namespace Halide;
using namespace Halide::Internal;

namespace mobileone {

std::string ExpressionPrinter::address(const std::string &buffer,
                                       const Expr &index) {
  const Ramp *ramp = index.as<Ramp>();
  return fmt::format("&{}[{}]", names.lookup(buffer),
                     print(ramp ? ramp->base : index));
}

std::string ExpressionPrinter::mask(const Expr &predicate, int bits) {
  if (predicate.type().is_scalar() || maskBits(predicate) != bits)
    unsupported(predicate);
  return print(predicate);
}

std::string ExpressionPrinter::maskedLoadText(const Load *load) {
  const Ramp *ramp = load->index.as<Ramp>();
  if (!ramp || !is_const_one(ramp->stride) || ramp->base.type().is_vector())
    throw UnsupportedIr("a load of scattered elements of '" + load->name +
                        "' under a predicate");
  return fmt::format("loadWhere<{}>({}, {}, {})", cppType(load->type),
                     address(load->name, load->index),
                     mask(load->predicate, 32), load->type.lanes());
}

std::string ExpressionPrinter::loadText(const Load *load) {
  if (!is_const_one(load->predicate))
    return maskedLoadText(load);
  if (load->type.is_scalar())
    return fmt::format("{}[{}]", names.lookup(load->name), print(load->index));
  std::string type = cppType(load->type);
  const Ramp *ramp = load->index.as<Ramp>();
  if (!ramp || ramp->base.type().is_vector())
    return fmt::format("gatherAt<{}>({}, {}, {})", type,
                       names.lookup(load->name), print(load->index),
                       load->type.lanes());
  std::string place = address(load->name, load->index);
  int lanes = load->type.lanes();
  std::string count =
      lanes == storedLanes(load->type) ? "" : fmt::format(", {}", lanes);
  if (!is_const_one(ramp->stride))
    return fmt::format("gather<{}>({}, {}{})", type, place, print(ramp->stride),
                       count);
  if (count.empty())
    return fmt::format("load<{}>({})", type, place);
  return fmt::format("gather<{}>({}, 1{})", type, place, count);
}

void ExpressionPrinter::visit(const Load *load) {
  const Ramp *ramp = load->index.as<Ramp>();
  if (auto place = as_const_int(ramp ? ramp->base : load->index)) {
    auto variable = vectorVariables.find({load->name, *place});
    if (variable != vectorVariables.end())
      return set(variable->second, Primary);
  }
  std::string loaded = loadText(load);
  if (!repeatedLoads || repeatedLoads->writtenBuffers.count(load->name))
    return set(loaded, Primary);
  if (repeatedLoads->isCounting) {
    ++repeatedLoads->counts[loaded];
    return set(loaded, Primary);
  }
  if (repeatedLoads->counts[loaded] < 2)
    return set(loaded, Primary);
  std::string &name = repeatedLoads->names[loaded];
  if (name.empty()) {
    const std::string &buffer = names.lookup(load->name);
    int number = repeatedLoads->namedPerBuffer[buffer]++;
    name = names.declareTemporary(fmt::format("{}_{}", buffer, number));
    bool isDense = loaded.rfind("load<", 0) == 0;
    declarations.push_back(
        fmt::format("const {} {} = {};", cppType(load->type), name,
                    isDense ? "loadOnce" + loaded.substr(4) : loaded));
  }
  set(name, Primary);
}

void ExpressionPrinter::visit(const Ramp *op) {
  if (op->base.type().is_vector())
    unsupported(op);
  function(fmt::format("ramp<{}>", cppType(op->type)), {op->base, op->stride});
}

void ExpressionPrinter::visit(const Broadcast *op) {
  if (op->value.type().is_vector())
    unsupported(op);
  if (op->type.is_bool()) {
    // All bits of a lane that is true are set.
    Type mask = Int(32, op->type.lanes());
    return set(fmt::format("broadcast<{}>(-int32_t({}))", cppType(mask),
                           print(op->value)),
               Primary);
  }
  function(fmt::format("broadcast<{}>", cppType(op->type)), {op->value});
}

std::string ExpressionPrinter::declare(const std::string &halideName,
                                       const std::string &wanted,
                                       const Expr &value) {
  std::string printed = print(value);
  if (value.type().is_bool() && value.type().is_vector())
    maskBitsOfVariable[halideName] = maskBits(value);
  return fmt::format("const {} {} = {};", cppType(value.type()),
                     names.declare(halideName, wanted), printed);
}

void ExpressionPrinter::visit(const Let *op) {
  // Declarations that the value needs come before its own.
  std::string declaration =
      declare(op->name, readableIdentifier(op->name), op->value);
  declarations.push_back(declaration);
  op->body.accept(this);
}

void ExpressionPrinter::visit(const Call *op) {
  if (op->is_tag() ||
      op->is_intrinsic({Call::promise_clamped, Call::unsafe_promise_clamped}))
    return op->args[0].accept(this);
  if (op->is_intrinsic(Call::shift_left) && op->type.is_vector())
    if (auto bits = as_const_uint(op->args[1]))
      return set(fmt::format("{} << {}", print(op->args[0], Unary), *bits),
                 Shift);
  if (op->call_type == Call::PureExtern && op->name == "floor_f32")
    return function("roundDown", op->args);
  if (op->call_type == Call::PureExtern && op->name == "inf_f32")
    return set("__builtin_inff()", Primary);
  unsupported(op);
}

static bool isIdentity(const std::vector<int> &indices) {
  for (size_t i = 0; i < indices.size(); ++i)
    if (indices[i] != static_cast<int>(i))
      return false;
  return true;
}

void ExpressionPrinter::visit(const Shuffle *op) {
  if (op->is_extract_element() && op->vectors[0].type().is_vector() &&
      op->vectors.size() == 1)
    return set(
        fmt::format("{}[{}]", print(op->vectors[0], Primary), op->indices[0]),
        Primary);
  bool allScalars = true;
  for (const Expr &vector : op->vectors)
    allScalars &= vector.type().is_scalar();
  if (allScalars && isIdentity(op->indices) &&
      op->indices.size() == op->vectors.size())
    return set(fmt::format("{}{{{}}}", cppType(op->type), list(op->vectors)),
               Primary);
  if (op->vectors.size() > 2 || op->vectors[0].type().is_scalar() ||
      op->vectors[0].type() != op->vectors.back().type())
    unsupported(op);
  int lanes = op->vectors[0].type().lanes();
  int stored = storedLanes(op->vectors[0].type());
  std::string order;
  int last = 0;
  for (int i = 0; i < storedLanes(op->type); ++i) {
    if (i < op->type.lanes())
      last = op->indices[i] / lanes * stored + op->indices[i] % lanes;
    order += (order.empty() ? "" : ", ") + std::to_string(last);
  }
  function(fmt::format("shuffle<{}>", order),
           {op->vectors[0], op->vectors.back()});
}

void ExpressionPrinter::visit(const VectorReduce *op) {
  if (op->op != VectorReduce::Add || op->type.lanes() != 1)
    unsupported(op);
  int lanes = op->value.type().lanes();
  set(fmt::format("reduceAdd({}, {})", print(op->value), lanes), Primary);
}

} // namespace mobileone
