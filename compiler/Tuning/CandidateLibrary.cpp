//===- CandidateLibrary.cpp - Whole networks with chosen parameters -------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tuning/CandidateLibrary.h"

#include "compiler/Codegen/KernelObjects.h"
#include "compiler/Codegen/Manifest.h"
#include "compiler/Codegen/SharedObject.h"
#include "compiler/Pipelines/PassRunner.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"

#include <set>

using namespace mobileone;

static std::string hashOf(const std::string &text) {
  return sha256(text.data(), text.size()).substr(0, 16);
}

std::vector<TunableKernel> mobileone::tunableKernels(mlir::ModuleOp planned) {
  std::vector<TunableKernel> kernels;
  unsigned step = 0;
  planned.walk([&](KernelOp op) {
    unsigned number = step++;
    std::optional<PlannedKernel> plan = plannedKernelOf(op);
    if (!plan)
      return;
    TunableKernel kernel;
    kernel.request = plan->request;
    kernel.request.parameters.clear();
    if (parametersOf(*plan->schedule, kernel.request).empty())
      return;
    kernel.workload = printWorkload(kernel.request);
    kernel.hash = hashOf(kernel.workload);
    kernel.name = kernel.request.name;
    kernel.schedule = plan->schedule;
    for (TunableKernel &known : kernels)
      if (known.hash == kernel.hash)
        return known.steps.push_back(number);
    kernel.steps.push_back(number);
    kernels.push_back(std::move(kernel));
  });
  return kernels;
}

/// Gives the kernels of `module` the parameters of `assignments`.
static void assign(mlir::ModuleOp module, const Assignments &assignments) {
  mlir::Builder builder(module.getContext());
  module.walk([&](KernelOp op) {
    std::optional<PlannedKernel> plan = plannedKernelOf(op);
    if (!plan)
      return;
    auto found = assignments.find(hashOf(printWorkload(plan->request)));
    if (found == assignments.end())
      return;
    mlir::NamedAttrList parameters(op.getParametersAttr());
    for (const auto &[name, value] : found->second)
      parameters.set(name, builder.getI64IntegerAttr(value));
    op.setParametersAttr(parameters.getDictionary(module.getContext()));
  });
}

std::optional<ModelTables>
CandidateLibraries::tablesOf(const std::string &name,
                             const Assignments &assignments,
                             DiagnosticList &diagnostics) {
  std::optional<ModelTables> tables;
  collectDiagnostics(*planned.getContext(), diagnostics, [&] {
    mlir::OwningOpRef<mlir::ModuleOp> module = planned.clone();
    assign(*module, assignments);
    tables = buildModelTables(name, {&target}, {*module});
  });
  if (tables)
    for (KernelJob &job : tables->programs.front().kernels)
      job.symbol =
          "kernel_" + hashOf(job.layout.schedule + "\n" + print(job.request));
  return tables;
}

bool CandidateLibraries::writeFile(const std::string &path,
                                   const std::string &bytes,
                                   DiagnosticList &diagnostics) {
  std::error_code error;
  llvm::raw_fd_ostream stream(path, error);
  if (!error) {
    stream << bytes;
    stream.close();
    error = stream.error();
    stream.clear_error();
  }
  if (error)
    diagnostics.error(ErrorKind::BadInput, path,
                      "cannot be written: " + error.message());
  return !error;
}

std::optional<std::map<std::string, std::string>>
CandidateLibraries::compile(const Assignments &assignments,
                            DiagnosticList &diagnostics) {
  std::vector<KernelJob> jobs;
  std::map<std::string, std::string> symbols; ///< By workload.
  std::optional<ModelTables> tables = tablesOf("all", assignments, diagnostics);
  if (!tables)
    return std::nullopt;
  std::set<std::string> wanted;
  for (KernelJob &job : tables->programs.front().kernels) {
    symbols[hashOf(printWorkload(job.request))] = job.symbol;
    if (!compiled.count(job.symbol) && wanted.insert(job.symbol).second)
      jobs.push_back(job);
  }
  std::vector<KernelObject> objects =
      compileKernelObjects(jobs, target, parallel, limit, nullptr);
  for (size_t i = 0; i < jobs.size(); ++i) {
    Compiled &entry = compiled[jobs[i].symbol];
    entry.problem = objects[i].problem;
    entry.path = folder + "/" + jobs[i].symbol + ".o";
    if (entry.problem.empty() &&
        !writeFile(entry.path, objects[i].object, diagnostics))
      return std::nullopt;
  }
  std::map<std::string, std::string> problems;
  for (const auto &[workload, symbol] : symbols) {
    const std::string &problem = compiled.at(symbol).problem;
    if (!problem.empty() && assignments.count(workload))
      problems[workload] = problem;
    else if (!problem.empty())
      diagnostics.error(ErrorKind::Internal, "kernel " + symbol,
                        "code generation failed: " + problem);
  }
  if (diagnostics.hasErrors())
    return std::nullopt;
  return problems;
}

std::optional<std::vector<std::string>>
CandidateLibraries::objects(const std::vector<NamedCandidate> &models,
                            const std::string &tables, bool weightsInside,
                            DiagnosticList &diagnostics) {
  std::vector<ModelTables> tablesOfModels;
  for (const NamedCandidate &model : models) {
    std::optional<ModelTables> made =
        tablesOf(model.name, model.assignments, diagnostics);
    if (!made)
      return std::nullopt;
    tablesOfModels.push_back(std::move(*made));
  }
  std::unique_ptr<llvm::TargetMachine> machine =
      createTargetMachine(target, diagnostics);
  if (!machine)
    return std::nullopt;
  llvm::LLVMContext context;
  std::unique_ptr<llvm::Module> module = buildTablesModule(
      tablesOfModels, {&weights, 0, weightsInside}, *machine, context);
  std::optional<std::string> object =
      emitMachineCode(*module, *machine, /*assembly=*/false, diagnostics);
  std::string path = folder + "/" + tables + ".o";
  if (!object || !writeFile(path, *object, diagnostics))
    return std::nullopt;
  std::set<std::string> paths = {path};
  for (const ModelTables &model : tablesOfModels)
    for (const KernelJob &job : model.programs.front().kernels)
      paths.insert(compiled.at(job.symbol).path);
  return std::vector<std::string>(paths.begin(), paths.end());
}

std::optional<std::string>
CandidateLibraries::link(const Assignments &assignments,
                         DiagnosticList &diagnostics) {
  std::optional<std::vector<std::string>> paths =
      objects({{"mobileone_measure_base", {}},
               {"mobileone_measure_variant", assignments}},
              "tables", /*weightsInside=*/false, diagnostics);
  std::string output = folder + "/library.so";
  if (!paths || !linkSharedObject(*paths, output, diagnostics))
    return std::nullopt;
  auto library = llvm::MemoryBuffer::getFile(output);
  if (!library) {
    diagnostics.error(ErrorKind::Internal, output,
                      "cannot be read: " + library.getError().message());
    return std::nullopt;
  }
  return (*library)->getBuffer().str();
}
