//===- LaunchReader.cpp - Launches in what Halide lowered -----------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/Gpu/LaunchReader.h"

#include <algorithm>
#include <cstring>
#include <map>
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

void LaunchVisitor::addArguments(const Call *call, Launch &launch) const {
  const auto *arguments = resolve(call->args[10]).as<Call>();
  if (!arguments || !arguments->is_intrinsic(Call::make_struct))
    throw std::runtime_error("a launch of another form");
  for (size_t i = 0; i + 1 < arguments->args.size(); ++i) {
    const auto *variable = arguments->args[i].as<Variable>();
    auto found = buffers.end();
    if (variable)
      found = std::find_if(buffers.begin(), buffers.end(),
                           [&](const std::string &name) {
                             return variable->name == name + ".buffer";
                           });
    if (found == buffers.end()) {
      std::ostringstream text;
      text << arguments->args[i];
      throw std::runtime_error(
          "a launch with an argument that is no operand: " + text.str());
    }
    launch.arguments.push_back({int32_t(found - buffers.begin()), 8, 0});
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
