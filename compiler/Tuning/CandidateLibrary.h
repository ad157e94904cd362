//===- CandidateLibrary.h - Whole networks with chosen parameters -*- C++
//-*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TUNING_CANDIDATELIBRARY_H
#define MOBILEONE_TUNING_CANDIDATELIBRARY_H

#include "compiler/Codegen/LibraryModule.h"
#include "compiler/Codegen/ModelTables.h"
#include "compiler/Planning/KernelRequests.h"
#include "compiler/Tuning/KernelSearch.h"

#include "mlir/IR/OwningOpRef.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace mobileone {

/// A kernel of a network that leaves something to tuning.
struct TunableKernel {
  std::string workload;             ///< Its text.
  std::string hash;                 ///< Of the text, and of nothing else.
  std::string name;                 ///< Of the first kernel that has it.
  schedules::KernelRequest request; ///< Without parameters.
  const schedules::Schedule *schedule = nullptr;
  std::vector<unsigned> steps; ///< Which run it.
};

/// The distinct ones of a planned module, in order.
std::vector<TunableKernel> tunableKernels(mlir::ModuleOp planned);

/// Parameters by the hash of a kernel's workload.
using Assignments = std::map<std::string, Assignment>;

/// A network in which kernels have chosen parameters, as a model.
struct NamedCandidate {
  std::string name; ///< A C identifier.
  Assignments assignments;
};

/// Makes the shared objects that mobileone-measure compares. Objects of kernels
/// are kept, so each set of parameters is compiled once.
class CandidateLibraries {
public:
  /// `planned` is planned for `target` without records; it and its packed
  /// `weights` outlive this;
  /// `folder` is for temporary files; kernels are compiled `parallel` at a
  /// time, each in at most `limit` seconds.
  CandidateLibraries(mlir::ModuleOp planned, const Target &target,
                     const std::vector<uint8_t> &weights, std::string folder,
                     unsigned parallel, unsigned limit)
      : planned(planned), target(target), weights(weights),
        folder(std::move(folder)), parallel(parallel), limit(limit) {}

  /// Of `assignments`, those whose kernels do not compile, with the reason;
  /// nothing after errors that have another cause.
  std::optional<std::map<std::string, std::string>>
  compile(const Assignments &assignments, DiagnosticList &diagnostics);

  /// The paths of objects, sorted, that hold `models`, all of whose parameters
  /// compile. Their tables are in one called `tables`, with the weights if
  /// those are to be inside; the kernels' may be among those of other calls.
  std::optional<std::vector<std::string>>
  objects(const std::vector<NamedCandidate> &models, const std::string &tables,
          bool weightsInside, DiagnosticList &diagnostics);

  /// A shared object with the network as planned and the one in which kernels
  /// have the parameters of `assignments`, all of which compile.
  std::optional<std::string> link(const Assignments &assignments,
                                  DiagnosticList &diagnostics);

private:
  std::optional<ModelTables> tablesOf(const std::string &name,
                                      const Assignments &assignments,
                                      DiagnosticList &diagnostics);
  bool writeFile(const std::string &path, const std::string &bytes,
                 DiagnosticList &diagnostics);

  mlir::ModuleOp planned;
  const Target &target;
  const std::vector<uint8_t> &weights;
  std::string folder;
  unsigned parallel, limit;
  /// By symbol: the path of the object, or why there is none.
  struct Compiled {
    std::string path, problem;
  };
  std::map<std::string, Compiled> compiled;
};

} // namespace mobileone

#endif // MOBILEONE_TUNING_CANDIDATELIBRARY_H
