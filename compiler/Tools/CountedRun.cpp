//===- CountedRun.cpp - Counts what a model executes ----------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/CountedRun.h"

#include "compiler/Codegen/ModelObject.h"
#include "compiler/Codegen/SharedObject.h"
#include "compiler/Estimate/KernelCounts.h"
#include "compiler/Tuning/ChildProgram.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Program.h"
#include "llvm/TargetParser/Host.h"

#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>

using namespace mobileone;

/// Seconds until a run is given up; the largest network takes a minute.
static constexpr unsigned kLimit = 600;
static constexpr size_t kMostOutput = size_t(4) << 30;

namespace {

/// A folder that is gone afterwards.
class TemporaryFolder {
public:
  TemporaryFolder() {
    llvm::SmallString<128> made;
    if (!llvm::sys::fs::createUniqueDirectory("mobileone-count", made))
      path = made.str().str();
  }
  ~TemporaryFolder() {
    if (!path.empty())
      llvm::sys::fs::remove_directories(path);
  }
  TemporaryFolder(const TemporaryFolder &) = delete;
  TemporaryFolder &operator=(const TemporaryFolder &) = delete;

  std::string path; ///< Empty where none could be made.
};

} // namespace

/// A file that is built beside this program; reports ToolMissing.
static std::string builtFile(const std::string &name, const std::string &target,
                             DiagnosticList &diagnostics) {
  static int here;
  std::filesystem::path self = llvm::sys::fs::getMainExecutable(nullptr, &here);
  std::filesystem::path path = self.parent_path() / name;
  if (!std::filesystem::exists(path))
    diagnostics.error(ErrorKind::ToolMissing, path, "does not exist",
                      "build the target " + target);
  return path;
}

/// The words that run mobileone-measure in QEMU and count into `output`.
static std::vector<std::string> countCommand(const std::string &architecture,
                                             const std::string &output,
                                             DiagnosticList &diagnostics) {
  llvm::Triple host(llvm::sys::getProcessTriple());
  bool foreign = host.getArchName() != architecture;
  std::string emulator = "qemu-" + architecture,
              measure = foreign ? "mobileone-measure-" + architecture
                                : "mobileone-measure";
  if (!llvm::sys::findProgramByName(emulator))
    diagnostics.error(ErrorKind::ToolMissing, emulator,
                      "is not on the PATH; it counts instructions",
                      "install qemu-user, version 7 or 8");
  std::vector<std::string> command = {emulator, "-cpu", "max"};
  if (foreign && !std::getenv("QEMU_LD_PREFIX")) {
    std::string libraries = "/usr/" + architecture + "-linux-gnu";
    if (!std::filesystem::exists(libraries + "/lib"))
      diagnostics.error(ErrorKind::ToolMissing, libraries,
                        "does not exist; the emulator needs its libraries",
                        "install g++-" + architecture +
                            "-linux-gnu, or set QEMU_LD_PREFIX");
    command.insert(command.end(), {"-L", libraries});
  }
  std::string plugin =
      builtFile("mobileone-count.so", "mobileone-count", diagnostics);
  command.insert(command.end(), {"-plugin", plugin + ",output=" + output});
  command.push_back(builtFile(measure, measure, diagnostics));
  return command;
}

static std::optional<std::string> readFile(const std::string &path,
                                           DiagnosticList &diagnostics) {
  auto content = llvm::MemoryBuffer::getFile(path, false, false);
  if (content)
    return (*content)->getBuffer().str();
  diagnostics.error(ErrorKind::BadInput, path,
                    "cannot be read: " + content.getError().message());
  return std::nullopt;
}

/// Asks mobileone-measure for one run on inputs of zeros, which take the
/// instructions that any others take.
static std::optional<std::string> printRequest(const ModelObject &object,
                                               const ModelPlan &plan,
                                               const std::string &library,
                                               DiagnosticList &diagnostics) {
  std::string weights;
  std::filesystem::path folder =
      std::filesystem::path(object.library).parent_path();
  std::string weightsFile = folder / (object.name + ".weights.bin");
  if (plan.weightsInFile) {
    std::optional<std::string> content = readFile(weightsFile, diagnostics);
    if (!content)
      return std::nullopt;
    weights = std::move(*content);
  }
  return fmt::format("mobileone-measure 1\nthreads 1\nlimit {}\nlibrary {}\n"
                     "weights {}\ninputs {}\nmodel {}\n\n",
                     kLimit, library.size(), weights.size(), plan.inputBytes,
                     object.name) +
         library + weights + std::string(plan.inputBytes, '\0');
}

/// Why there are no counts, or "".
static std::string problemOf(const ProgramResult &result) {
  if (!result.problem.empty())
    return result.problem;
  if (result.timedOut)
    return fmt::format("it took more than {} seconds", kLimit);
  if (!result.end.empty())
    return result.end + (result.errors.empty() ? "" : ": ") +
           lastLine(result.errors);
  std::string answer = lastLine(result.output);
  return answer == "done" ? ""
                          : "it answered '" + escapeForDisplay(answer) + "'";
}

static bool isForArchitecture(const ModelObject &object,
                              const std::string &architecture,
                              const std::string &path,
                              DiagnosticList &diagnostics) {
  std::string name = llvm::Triple::getArchTypeName(object.architecture).str();
  if (name == architecture)
    return true;
  diagnostics.error(ErrorKind::Unsupported, path,
                    "is for " + name + "; this estimate needs code for " +
                        architecture,
                    architecture == "aarch64"
                        ? "compile it with --target iphone12 or arm64-linux"
                        : "compile it with --target x86-64-v3");
  return false;
}

/// Runs `library` by `command`, which counts into the file `output`.
static std::optional<BlockCounts>
runAndCount(const std::vector<std::string> &command, const std::string &output,
            const ModelObject &object, const ModelPlan &plan,
            const std::string &library, DiagnosticList &diagnostics) {
  std::optional<std::string> request =
      printRequest(object, plan, library, diagnostics);
  if (!request)
    return std::nullopt;
  ProgramResult result = runProgram(command, *request, kLimit, kMostOutput);
  if (std::string problem = problemOf(result); !problem.empty()) {
    diagnostics.error(ErrorKind::ToolMissing, command.front(),
                      "does not run " + object.name + ": " + problem,
                      "counting needs QEMU's user-mode emulator, version 7 or "
                      "8, with plugins");
    return std::nullopt;
  }
  std::optional<std::string> text = readFile(output, diagnostics);
  return text ? parseBlockCounts(*text, output, diagnostics) : std::nullopt;
}

std::optional<CountedRun> mobileone::countRun(const std::string &path,
                                              const std::string &architecture,
                                              DiagnosticList &diagnostics) {
  std::optional<ModelObject> object = readModelObject(path, diagnostics);
  if (!object || !isForArchitecture(*object, architecture, path, diagnostics))
    return std::nullopt;
  std::filesystem::path folder =
      std::filesystem::path(object->library).parent_path();
  std::optional<ModelPlan> plan =
      readModelPlan(folder / (object->name + ".manifest.json"), diagnostics);
  TemporaryFolder temporary;
  std::string output = temporary.path + "/counts.txt";
  std::vector<std::string> command =
      countCommand(architecture, output, diagnostics);
  if (diagnostics.hasErrors())
    return std::nullopt;
  std::optional<std::string> library =
      loadableBytes(*object, temporary.path, diagnostics);
  if (!library)
    return std::nullopt;
  std::optional<BlockCounts> counts =
      runAndCount(command, output, *object, *plan, *library, diagnostics);
  std::optional<CodeImage> image = CodeImage::read(
      llvm::MemoryBufferRef(*library, object->library), diagnostics);
  if (!counts || !image)
    return std::nullopt;
  auto functions = countByFunction(*counts, *image, diagnostics);
  if (!functions)
    return std::nullopt;
  return CountedRun{std::move(*plan), std::move(*functions)};
}
