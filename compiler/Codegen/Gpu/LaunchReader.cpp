//===- LaunchReader.cpp - Launches in what Halide lowered -----------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/Gpu/LaunchReader.h"

#include <cstring>
#include <limits>
#include <map>
#include <optional>
#include <sstream>
#include <stdexcept>

using namespace mobileone;
using namespace Halide::Internal;
using Halide::Expr;

namespace {

class LaunchVisitor : public IRVisitor {
public:
  explicit LaunchVisitor(const std::vector<std::string> &buffers)
      : buffers(buffers) {}

  std::vector<Launch> launches;

private:
  using IRVisitor::visit;

  void visit(const Let *op) override { visitLet(op); }
  void visit(const LetStmt *op) override { visitLet(op); }
  void visit(const For *op) override;
  void visit(const Call *op) override;

  template <typename LetOrStmt> void visitLet(const LetOrStmt *op) {
    op->value.accept(this);
    values[op->name] = resolve(op->value);
    op->body.accept(this);
  }

  /// `value` with the names that are in scope replaced by what they stand for.
  Expr resolve(const Expr &value) const {
    return simplify(substitute(values, value));
  }
  uint32_t constant(const Expr &value, const char *what) const;
  std::optional<mobileone_launch_argument>
  argumentOf(const Expr &argument) const;
  void addArguments(const Call *call, Launch &launch) const;

  const std::vector<std::string> &buffers;
  std::map<std::string, Expr> values;
  int loops = 0;
};

} // namespace

void LaunchVisitor::visit(const For *op) {
  ++loops;
  IRVisitor::visit(op);
  --loops;
}

uint32_t LaunchVisitor::constant(const Expr &value, const char *what) const {
  Expr resolved = resolve(value);
  std::optional<int64_t> number = as_const_int(resolved);
  if (!number) {
    std::ostringstream text;
    text << resolved;
    throw std::runtime_error(std::string("a launch whose ") + what +
                             " is not constant: " + text.str());
  }
  return uint32_t(*number);
}

/// halide_cuda_run(state, entry, blocks x 3, threads x 3, shared bytes, sizes,
/// arguments with a null at the end, whether they are buffers); OpenCL's has
/// the same arguments.
void LaunchVisitor::visit(const Call *op) {
  if (op->name != "halide_cuda_run" && op->name != "halide_opencl_run")
    return IRVisitor::visit(op);
  if (loops > 0)
    throw std::runtime_error("a launch in a loop");
  const auto *entry = op->args[1].as<StringImm>();
  if (op->args.size() != 12 || !entry)
    throw std::runtime_error("a launch of another form");
  Launch launch;
  launch.entry = entry->value;
  for (int d = 0; d < 3; ++d) {
    launch.grid[d] = constant(op->args[2 + d], "grid");
    launch.block[d] = constant(op->args[5 + d], "block");
  }
  launch.sharedBytes = constant(op->args[8], "shared memory");
  addArguments(op, launch);
  launches.push_back(std::move(launch));
}

/// The bits of a number that is a constant.
static std::optional<uint64_t> bitsOf(const Expr &number) {
  if (std::optional<int64_t> integer = as_const_int(number))
    return uint64_t(*integer);
  if (std::optional<uint64_t> integer = as_const_uint(number))
    return *integer;
  std::optional<double> real = as_const_float(number);
  // As Halide spells it.
  if (const auto *call = number.as<Call>(); call && call->name == "inf_f32")
    real = std::numeric_limits<double>::infinity();
  if (!real || number.type() != Halide::Float(32))
    return std::nullopt;
  float value = float(*real);
  uint32_t bits;
  std::memcpy(&bits, &value, sizeof(bits));
  return bits;
}

/// A number is passed as the address of a struct with it alone.
std::optional<mobileone_launch_argument>
LaunchVisitor::argumentOf(const Expr &argument) const {
  if (const auto *variable = argument.as<Variable>()) {
    for (size_t i = 0; i < buffers.size(); ++i)
      if (variable->name == buffers[i] + ".buffer")
        return mobileone_launch_argument{int32_t(i), 8, 0};
    return std::nullopt;
  }
  const auto *structure = argument.as<Call>();
  if (!structure || !structure->is_intrinsic(Call::make_struct) ||
      structure->args.size() != 1)
    return std::nullopt;
  const Expr &number = structure->args[0];
  std::optional<uint64_t> bits = bitsOf(number);
  uint32_t bytes = uint32_t(number.type().bytes());
  if (!bits)
    return std::nullopt;
  uint64_t mask = bytes < 8 ? (uint64_t(1) << 8 * bytes) - 1 : ~uint64_t(0);
  return mobileone_launch_argument{-1, bytes, *bits & mask};
}

void LaunchVisitor::addArguments(const Call *call, Launch &launch) const {
  Expr list = resolve(call->args[10]);
  const auto *arguments = list.as<Call>();
  if (!arguments || !arguments->is_intrinsic(Call::make_struct))
    throw std::runtime_error("a launch of another form");
  for (size_t i = 0; i + 1 < arguments->args.size(); ++i) {
    std::optional<mobileone_launch_argument> argument =
        argumentOf(arguments->args[i]);
    if (!argument) {
      std::ostringstream text;
      text << arguments->args[i];
      throw std::runtime_error(
          "a launch with an argument that is no operand and no constant: " +
          text.str());
    }
    launch.arguments.push_back(*argument);
  }
}

std::vector<Launch>
mobileone::readLaunches(const Halide::Module &module,
                        const std::vector<std::string> &buffers) {
  LaunchVisitor visitor(buffers);
  for (const LoweredFunc &function : module.functions())
    if (function.linkage != Halide::LinkageType::Internal)
      function.body.accept(&visitor);
  if (visitor.launches.empty())
    throw std::runtime_error("no launch");
  return visitor.launches;
}

std::string mobileone::readDeviceCode(const Halide::Module &module) {
  for (const Halide::Buffer<> &buffer : module.buffers())
    if (ends_with(buffer.name(), "gpu_source_kernels")) {
      const char *text = static_cast<const char *>(buffer.data());
      return std::string(text, strnlen(text, buffer.size_in_bytes()));
    }
  throw std::runtime_error("no device code");
}
