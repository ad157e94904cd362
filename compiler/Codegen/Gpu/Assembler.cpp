//===- Assembler.cpp - PTX to machine code by ptxas -----------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/Gpu/Assembler.h"

#include "compiler/Codegen/ChildProcesses.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"

#include <cstdlib>
#include <regex>

using namespace llvm;
using namespace mobileone;

std::string mobileone::findAssembler(DiagnosticList &diagnostics) {
  if (ErrorOr<std::string> found = sys::findProgramByName("ptxas"))
    return *found;
  const char *home = std::getenv("CUDA_HOME");
  std::string path =
      std::string(home ? home : "/usr/local/cuda") + "/bin/ptxas";
  if (sys::fs::can_execute(path))
    return path;
  diagnostics.error(
      ErrorKind::ToolMissing, "ptxas",
      "makes machine code for NVIDIA GPUs and is neither on the PATH nor " +
          path,
      "install the CUDA toolkit or the Python package nvidia-cuda-nvcc, or "
      "compile with --no-cubin: the driver then makes the code at the start of "
      "each program");
  return "";
}

/// In a child: leaves ptxas' report, a 0, and the machine code in `path`.
static std::string runAssembler(const std::string &assembler,
                                const std::string &ptx, uint32_t capability,
                                const std::string &path) {
  SmallString<128> source, report, code;
  for (SmallString<128> *file : {&source, &report, &code})
    if (sys::fs::createTemporaryFile("mobileonec", "ptx", *file))
      return "no temporary file";
  std::error_code error;
  raw_fd_ostream(source, error) << ptx;
  std::string arch = "sm_" + std::to_string(capability);
  StringRef arguments[] = {assembler, "-v",   "-O3", "-arch",
                           arch,      source, "-o",  code};
  std::optional<StringRef> redirects[] = {StringRef(""), StringRef(report),
                                          StringRef(report)};
  std::string message;
  int status = sys::ExecuteAndWait(assembler, arguments, std::nullopt,
                                   redirects, 0, 0, &message);
  auto text = MemoryBuffer::getFile(report);
  auto bytes = MemoryBuffer::getFile(code);
  for (SmallString<128> *file : {&source, &report, &code})
    sys::fs::remove(*file);
  if (error || !text || !bytes)
    return "no temporary file";
  if (status != 0)
    return message + (*text)->getBuffer().str();
  raw_fd_ostream result(path, error);
  if (error)
    return "the code cannot be written";
  result << (*text)->getBuffer() << '\0' << (*bytes)->getBuffer();
  return "";
}

std::map<std::string, KernelResources>
mobileone::parseAssemblerReport(const std::string &report) {
  static const std::regex compiling("Compiling entry function '([^']+)'"),
      stack("(\\d+) bytes stack frame, (\\d+) bytes spill stores, (\\d+) bytes "
            "spill loads"),
      used("Used (\\d+) registers");
  std::map<std::string, KernelResources> kernels;
  std::string entry;
  SmallVector<StringRef> lines;
  StringRef(report).split(lines, '\n');
  for (StringRef each : lines) {
    std::string line = each.str();
    std::smatch match;
    if (std::regex_search(line, match, compiling))
      entry = match[1];
    else if (std::regex_search(line, match, stack)) {
      kernels[entry].stackBytes = unsigned(std::stoul(match[1]));
      kernels[entry].spillBytes =
          unsigned(std::stoul(match[2]) + std::stoul(match[3]));
    } else if (std::regex_search(line, match, used))
      kernels[entry].registers = unsigned(std::stoul(match[1]));
  }
  return kernels;
}

std::optional<std::vector<Cubin>>
mobileone::assemble(const std::string &assembler, const std::string &ptx,
                    const std::vector<uint32_t> &capabilities,
                    unsigned parallel, DiagnosticList &diagnostics) {
  std::vector<ChildTask> tasks;
  for (uint32_t capability : capabilities)
    tasks.push_back([&, capability](const std::string &path) {
      return runAssembler(assembler, ptx, capability, path);
    });
  std::vector<Cubin> cubins;
  std::vector<ChildResult> results = runInChildren(tasks, parallel, {});
  for (size_t i = 0; i < results.size(); ++i) {
    const std::string &output = results[i].output;
    size_t end = output.find('\0');
    if (!results[i].succeeded || end == std::string::npos) {
      bool isUnknown = StringRef(output).contains("is not defined for option");
      diagnostics.error(
          isUnknown ? ErrorKind::Unsupported : ErrorKind::Internal,
          "ptxas -arch sm_" + std::to_string(capabilities[i]),
          "failed: " + StringRef(output).trim().str(),
          isUnknown ? assembler + " is of another age; use one that knows this "
                                  "GPU, or compile with --no-cubin"
                    : "");
      continue;
    }
    cubins.push_back(
        {output.substr(end + 1), parseAssemblerReport(output.substr(0, end))});
  }
  if (cubins.size() != capabilities.size())
    return std::nullopt;
  return cubins;
}
