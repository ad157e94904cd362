//===- mobileone-estimate.cpp - Estimates a program's speed on a core -----===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Reads what the plugin mobileone-count wrote for a whole program, whoever made
// it, and prints what a core takes at least for it. Of a program that does
// something again and again, a shorter run is taken away and the rest divided:
//
//   mobileone-estimate iphone12 20-runs.txt --less 10-runs.txt --runs 10
//
//===----------------------------------------------------------------------===//

#include "compiler/Estimate/KernelCounts.h"
#include "compiler/Estimate/StepEstimate.h"

#include "llvm/Support/MemoryBuffer.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

using namespace mobileone;

namespace {
struct Flags {
  std::string core, counts, less;
  uint64_t runs = 1;
  bool json = false;
};
} // namespace

static std::optional<OperationCounts> read(const std::string &path,
                                           const PortModel &core,
                                           DiagnosticList &diagnostics) {
  auto text = llvm::MemoryBuffer::getFile(path);
  if (!text) {
    diagnostics.error(ErrorKind::BadInput, path,
                      "cannot be read: " + text.getError().message());
    return std::nullopt;
  }
  std::optional<BlockCounts> counts =
      parseBlockCounts((*text)->getBuffer().str(), path, diagnostics);
  if (!counts)
    return std::nullopt;
  if (counts->architecture != core.architecture) {
    diagnostics.error(ErrorKind::Unsupported, path,
                      "is of a program for " +
                          escapeForDisplay(counts->architecture) + ", " +
                          core.name + " is for " + core.architecture);
    return std::nullopt;
  }
  uint64_t unknown = 0;
  std::optional<OperationCounts> total =
      countAll(*counts, unknown, diagnostics);
  if (unknown)
    fmt::print(stderr,
               "warning: {}: {} bytes of code are not counted: LLVM "
               "does not know them\n",
               path, unknown);
  return total;
}

/// One run's part of what `flags` name.
static std::optional<OperationCounts> countRuns(const Flags &flags,
                                                const PortModel &core,
                                                DiagnosticList &diagnostics) {
  std::optional<OperationCounts> total = read(flags.counts, core, diagnostics);
  if (!total || flags.less.empty())
    return total ? std::optional(total->dividedBy(flags.runs)) : std::nullopt;
  std::optional<OperationCounts> less = read(flags.less, core, diagnostics);
  if (!less)
    return std::nullopt;
  if (!total->contains(*less)) {
    diagnostics.error(ErrorKind::BadInput, flags.less,
                      "holds more than " + flags.counts,
                      "--less takes the shorter run");
    return std::nullopt;
  }
  *total -= *less;
  return total->dividedBy(flags.runs);
}

static std::string asJson(const OperationCounts &counts,
                          const PortModel &core) {
  IssueBound bound = issueBound(counts, core);
  nlohmann::ordered_json result = {
      {"estimate", true}, {"core", core.name}, {"gigahertz", core.gigahertz}};
  result.update(countsAsJson(counts));
  result.update({{"limit", bound.limit},
                 {"issue_milliseconds", bound.cycles / core.gigahertz * 1e-6}});
  return result.dump(2) + "\n";
}

static std::string asText(const OperationCounts &counts,
                          const PortModel &core) {
  IssueBound bound = issueBound(counts, core);
  return fmt::format(
      "{:.3f} M instructions: {:.3f} M SIMD ({:.3f} M fma), {:.3f} M loads, "
      "{:.3f} M stores, {:.3f} M branches\n"
      "estimated for {}, {:.2f} GHz: {:.3f} ms by instructions alone, limited "
      "by {}\n",
      double(counts.instructions) * 1e-6, double(counts.simd) * 1e-6,
      double(counts.multiplyAdds) * 1e-6, double(counts.loads) * 1e-6,
      double(counts.stores) * 1e-6, double(counts.branches) * 1e-6,
      core.description, core.gigahertz, bound.cycles / core.gigahertz * 1e-6,
      bound.limit);
}

int main(int argc, char **argv) {
  CLI::App app("Estimates a core's time for what mobileone-count counted");
  Flags flags;
  app.add_option("CORE", flags.core, "As for 'mobileonec bench --estimate'")
      ->required();
  app.add_option("COUNTS", flags.counts, "What the plugin wrote")->required();
  app.add_option("--less", flags.less, "The same for a shorter run");
  app.add_option("--runs", flags.runs, "Divide by this number")
      ->check(CLI::Range(uint64_t(1), uint64_t(1) << 32));
  app.add_flag("--json", flags.json, "Print JSON");
  CLI11_PARSE(app, argc, argv);
  DiagnosticList diagnostics;
  const PortModel *core = findPortModel(flags.core, diagnostics);
  std::optional<OperationCounts> counts;
  if (core)
    counts = countRuns(flags, *core, diagnostics);
  if (!counts) {
    fmt::print(stderr, "{}", diagnostics.str());
    return diagnostics.exitCode();
  }
  fmt::print("{}",
             flags.json ? asJson(*counts, *core) : asText(*counts, *core));
  return 0;
}
