//===- ChildProcesses.cpp - Work in child processes -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/ChildProcesses.h"

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <map>
#include <sys/mman.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <utility>

using namespace mobileone;

namespace {

/// A file without a name, in memory: no disk can be full, nothing is left.
class MemoryFile {
public:
  MemoryFile() : descriptor(memfd_create("mobileonec", MFD_CLOEXEC)) {}
  ~MemoryFile() {
    if (exists())
      close(descriptor);
  }
  MemoryFile(MemoryFile &&other)
      : descriptor(std::exchange(other.descriptor, -1)) {}

  bool exists() const { return descriptor >= 0; }
  /// For this process and those that it forks.
  std::string path() const {
    return "/proc/self/fd/" + std::to_string(descriptor);
  }
  void receive(int stream) const { dup2(descriptor, stream); }

  std::string content() const {
    auto buffer = llvm::MemoryBuffer::getOpenFile(
        descriptor, "", /*FileSize=*/-1, /*RequiresNullTerminator=*/false);
    return buffer ? (*buffer)->getBuffer().str() : "";
  }
  void write(llvm::StringRef text) const {
    llvm::raw_fd_ostream(descriptor, /*shouldClose=*/false) << text;
  }

private:
  int descriptor;
};

/// What a child gives to its parent.
struct ChildFiles {
  MemoryFile result, message, log;
  bool exist() const {
    return result.exists() && message.exists() && log.exists();
  }
};

/// The rest of the child's life.
[[noreturn]] void liveAsChild(const ChildFiles &files, const ChildTask &task) {
  files.log.receive(STDOUT_FILENO);
  files.log.receive(STDERR_FILENO);
  std::string message = task(files.result.path());
  if (message.empty())
    _exit(0);
  files.message.write(message);
  // Nothing of the parent's may be torn down here.
  _exit(1);
}

ChildResult collect(const ChildFiles &files, int status) {
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
    return {true, files.result.content()};
  std::string message = files.message.content();
  if (!message.empty())
    return {false, message};
  if (WIFSIGNALED(status))
    message = std::string("its process died: ") + strsignal(WTERMSIG(status));
  else
    message = "its process ended with exit code " +
              std::to_string(WEXITSTATUS(status));
  std::string log = files.log.content();
  return {false, log.empty() ? message : message + "\n" + log};
}

/// The children that run, with the number of their task. Those that still do at
/// the end, because `progress` threw, are ended.
class RunningChildren {
public:
  ~RunningChildren() {
    for (const auto &[id, child] : children)
      kill(id, SIGKILL);
    for (const auto &[id, child] : children)
      while (waitpid(id, nullptr, 0) < 0 && errno == EINTR)
        continue;
  }

  size_t size() const { return children.size(); }

  /// False, with `errno`, where no process can be had.
  bool start(size_t number, const ChildTask &task) {
    ChildFiles files;
    pid_t id = files.exist() ? fork() : -1;
    if (id == 0)
      liveAsChild(files, task);
    if (id > 0)
      children.emplace(id, Child{number, std::move(files)});
    return id > 0;
  }

  /// Waits for the first that ends; its task's number and result. By looking
  /// every few milliseconds: waiting for any child would take away those of the
  /// rest of the program.
  std::pair<size_t, ChildResult> waitForAny() {
    while (true) {
      for (auto child = children.begin(); child != children.end(); ++child) {
        int status = 0;
        if (waitpid(child->first, &status, WNOHANG) == 0)
          continue;
        Child ended = std::move(child->second);
        children.erase(child);
        return {ended.number, collect(ended.files, status)};
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(3));
    }
  }

private:
  struct Child {
    size_t number;
    ChildFiles files;
  };
  std::map<pid_t, Child> children;
};

} // namespace

std::vector<ChildResult>
mobileone::runInChildren(const std::vector<ChildTask> &tasks, unsigned parallel,
                         const std::function<void(unsigned done)> &progress) {
  if (parallel == 0)
    parallel = std::max(1u, std::thread::hardware_concurrency());
  std::vector<ChildResult> results(tasks.size());
  RunningChildren running;
  size_t started = 0, done = 0;
  while (done < tasks.size()) {
    while (started < tasks.size() && running.size() < parallel) {
      if (running.start(started, tasks[started])) {
        ++started;
        continue;
      }
      // Those that run leave room for it when they end.
      if (running.size() > 0)
        break;
      results[started++].output =
          std::string("no process: ") + std::strerror(errno);
      ++done;
    }
    if (running.size() == 0)
      continue;
    auto [task, result] = running.waitForAny();
    results[task] = std::move(result);
    ++done;
    if (progress)
      progress(unsigned(done));
  }
  return results;
}
