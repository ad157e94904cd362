//===- ChildProcesses.cpp - Work in child processes -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/ChildProcesses.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <map>
#include <optional>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace mobileone;

namespace {

std::string readFile(const std::string &path) {
  auto buffer = llvm::MemoryBuffer::getFile(path);
  return buffer ? (*buffer)->getBuffer().str() : "";
}

bool writeFile(const std::string &path, const std::string &text) {
  std::error_code error;
  llvm::raw_fd_ostream stream(path, error);
  if (error)
    return false;
  stream << text;
  stream.close();
  bool failed = stream.has_error();
  stream.clear_error();
  return !failed;
}

/// A folder for the children's files, removed at the end.
class Workplace {
public:
  Workplace() {
    llvm::SmallString<128> path;
    error = llvm::sys::fs::createUniqueDirectory("mobileonec", path);
    folder = path.str().str();
  }
  ~Workplace() { llvm::sys::fs::remove_directories(folder); }

  std::string result(size_t task) const { return file(task, "result"); }
  std::string message(size_t task) const { return file(task, "message"); }
  std::string log(size_t task) const { return file(task, "log"); }

  std::error_code error;

private:
  std::string file(size_t task, const char *kind) const {
    return folder + "/" + std::to_string(task) + "." + kind;
  }
  std::string folder;
};

/// The rest of the child's life.
[[noreturn]] void liveAsChild(const Workplace &workplace, size_t number,
                              const ChildTask &task) {
  int log = open(workplace.log(number).c_str(), O_CREAT | O_WRONLY, 0600);
  if (log >= 0) {
    dup2(log, STDOUT_FILENO);
    dup2(log, STDERR_FILENO);
  }
  std::string message = task(workplace.result(number));
  if (message.empty())
    _exit(0);
  writeFile(workplace.message(number), message);
  // Nothing of the parent's may be torn down here.
  _exit(1);
}

ChildResult collect(const Workplace &workplace, size_t number, int status) {
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
    return {true, readFile(workplace.result(number))};
  std::string message = readFile(workplace.message(number));
  if (!message.empty())
    return {false, message};
  if (WIFSIGNALED(status))
    message = std::string("its process died: ") + strsignal(WTERMSIG(status));
  else
    message = "its process ended with exit code " +
              std::to_string(WEXITSTATUS(status));
  std::string log = readFile(workplace.log(number));
  return {false, log.empty() ? message : message + "\n" + log};
}

/// The children that run, with the number of their task. Those that still do at
/// the end, because `progress` threw, are ended.
class RunningChildren {
public:
  ~RunningChildren() {
    for (const auto &[child, task] : tasks)
      kill(child, SIGKILL);
    for (const auto &[child, task] : tasks)
      while (waitpid(child, nullptr, 0) < 0 && errno == EINTR)
        continue;
  }

  size_t size() const { return tasks.size(); }
  void add(pid_t child, size_t task) { tasks[child] = task; }

  /// Waits for the first that ends; its task and status. By looking every few
  /// milliseconds: waiting for any child would take away those of the rest of
  /// the program.
  std::pair<size_t, int> waitForAny() {
    while (true) {
      for (auto child = tasks.begin(); child != tasks.end(); ++child) {
        int status = 0;
        if (waitpid(child->first, &status, WNOHANG) == 0)
          continue;
        size_t task = child->second;
        tasks.erase(child);
        return {task, status};
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(3));
    }
  }

private:
  std::map<pid_t, size_t> tasks;
};

} // namespace

std::vector<ChildResult>
mobileone::runInChildren(const std::vector<ChildTask> &tasks, unsigned parallel,
                         const std::function<void(unsigned done)> &progress) {
  if (parallel == 0)
    parallel = std::max(1u, std::thread::hardware_concurrency());
  std::vector<ChildResult> results(tasks.size());
  Workplace workplace;
  if (workplace.error) {
    for (ChildResult &result : results)
      result.output = "no temporary folder: " + workplace.error.message();
    return results;
  }
  RunningChildren running;
  size_t started = 0, done = 0;
  while (done < tasks.size()) {
    while (started < tasks.size() && running.size() < parallel) {
      pid_t child = fork();
      if (child == 0)
        liveAsChild(workplace, started, tasks[started]);
      if (child > 0)
        running.add(child, started++);
      else if (running.size() == 0) {
        results[started++].output =
            std::string("no process: ") + std::strerror(errno);
        ++done;
      } else
        break;
    }
    if (running.size() == 0)
      continue;
    auto [task, status] = running.waitForAny();
    results[task] = collect(workplace, task, status);
    ++done;
    if (progress)
      progress(unsigned(done));
  }
  return results;
}
