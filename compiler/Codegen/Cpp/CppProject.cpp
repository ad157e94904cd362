//===- CppProject.cpp - A model as a folder of C++ sources ----------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/Cpp/CppProject.h"

#include "compiler/Codegen/ChildProcesses.h"
#include "compiler/Codegen/Cpp/CppProjectFiles.h"
#include "compiler/Codegen/Cpp/EmbeddedFiles.h"
#include "compiler/Codegen/Cpp/KernelCpp.h"
#include "compiler/Codegen/Manifest.h"
#include "compiler/Codegen/ModelHeader.h"

#include <fmt/format.h>

#include <cstring>
#include <fstream>

namespace mobileone {

namespace {

class CppProject {
public:
  CppProject(const ModelTables &tables, const std::vector<uint8_t> &packed,
             const CppProjectOptions &options, OutputFolder &folder,
             DiagnosticList &diagnostics)
      : tables(tables), packed(packed), options(options), folder(folder),
        diagnostics(diagnostics) {
    weights.bytes = packed.size();
    weights.id = weightsId(packed);
    weights.inside = options.weightsInside;
  }

  bool emit(const KernelProgress &progress) {
    return emitKernels(progress) && emitModel() && emitWeights() &&
           emitEmbedded();
  }

private:
  bool write(const std::string &name, const std::string &text) {
    return folder.write("cpp/" + name, text, diagnostics);
  }
  std::string layersOf(const Program &program, size_t job);
  CppKernelFrame frameOf(const Program &program, size_t job);
  bool emitKernels(const KernelProgress &progress);
  bool emitModel();
  bool emitWeights();
  bool emitEmbedded();

  const ModelTables &tables;
  const std::vector<uint8_t> &packed;
  const CppProjectOptions &options;
  OutputFolder &folder;
  DiagnosticList &diagnostics;
  CppWeights weights;
};

} // namespace

/// The layers of all steps that call the kernel.
std::string CppProject::layersOf(const Program &program, size_t job) {
  std::string layers;
  for (const Step &step : program.steps)
    if (step.kernelJob == job)
      layers += (layers.empty() ? "" : "\n") + step.name;
  return layers;
}

CppKernelFrame CppProject::frameOf(const Program &program, size_t job) {
  CppKernelFrame frame;
  frame.supportHeader = tables.name + "_vector.h";
  frame.nameSpace = cppKernelNamespace(tables, program);
  frame.functionName = cppKernelName(program.kernels[job]);
  frame.layers = layersOf(program, job);
  return frame;
}

/// In a child, as Halide's counters and errors are a process's.
static std::string printKernel(const KernelJob &job,
                               const CppKernelFrame &frame,
                               const std::string &path) {
  DiagnosticList problems;
  std::optional<std::string> text =
      printKernelCpp(job.request, job.layout, frame, problems);
  if (!text)
    return problems.all().front().message;
  std::ofstream file(path, std::ios::binary);
  file << *text;
  file.close();
  return file ? "" : "cannot write " + path;
}

bool CppProject::emitKernels(const KernelProgress &progress) {
  std::vector<ChildTask> tasks;
  std::vector<std::string> names;
  for (const Program &program : tables.programs)
    for (size_t i = 0; i < program.kernels.size(); ++i) {
      const KernelJob &job = program.kernels[i];
      names.push_back(fmt::format("kernels/{}/{}.cpp", cppLevelName(program),
                                  cppKernelName(job)));
      tasks.push_back(
          [&job, frame = frameOf(program, i)](const std::string &path) {
            return printKernel(job, frame, path);
          });
    }
  std::vector<ChildResult> results =
      runInChildren(tasks, options.parallel, progress);
  for (size_t i = 0; i < results.size(); ++i) {
    if (!results[i].succeeded)
      diagnostics.error(ErrorKind::Internal, names[i], results[i].output,
                        "leave out --emit cpp, or report this kernel");
    else if (!write(names[i], results[i].output))
      return false;
  }
  return !diagnostics.hasErrors();
}

bool CppProject::emitModel() {
  const std::string &name = tables.name;
  return write(name + ".h",
               printModelHeader(tables, packed.size(), !weights.inside)) &&
         write(name + "_kernels.h", printCppKernelDeclarations(tables)) &&
         write(name + "_model.cpp", printCppModelTable(tables, weights)) &&
         write("CMakeLists.txt", printCppBuild(tables, weights)) &&
         write("README.md", printCppReadme(tables, weights));
}

bool CppProject::emitWeights() {
  std::string file =
      tables.name + (weights.inside ? "_weights.bin" : ".weights.bin");
  if (weights.inside &&
      !write(tables.name + "_weights.cpp", printCppWeights(tables)))
    return false;
  return folder.write("cpp/" + file,
                      reinterpret_cast<const char *>(packed.data()),
                      packed.size(), diagnostics);
}

bool CppProject::emitEmbedded() {
  if (!write(tables.name + "_vector.h",
             embeddedFile("compiler/Codegen/Cpp/support/vector.h")))
    return false;
  for (const EmbeddedFile &file : embeddedFiles())
    if (!std::strncmp(file.path, "runtime/", 8) &&
        std::strncmp(file.path, "runtime/tools/", 14) &&
        !write(file.path, file.text))
      return false;
  return true;
}

bool emitCppProject(const ModelTables &tables,
                    const std::vector<uint8_t> &packed,
                    const CppProjectOptions &options,
                    const KernelProgress &progress, OutputFolder &folder,
                    DiagnosticList &diagnostics) {
  CppProject project(tables, packed, options, folder, diagnostics);
  return project.emit(progress);
}

} // namespace mobileone
