//===- Interruption.cpp - Ctrl-C leaves nothing behind --------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/Interruption.h"

#include "compiler/Support/Diagnostics.h"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <set>
#include <thread>
#include <unistd.h>

using namespace mobileone;

static constexpr int kExitCode = int(ErrorKind::Interrupted);

static int wakeUp[2];
static pid_t owner;
static std::atomic<int> unwinding{0};
static std::atomic<bool> interrupted{false};

namespace {
struct FolderSet {
  std::mutex mutex;
  std::set<std::string> paths;
};
} // namespace

/// Never destroyed: an interruption may come while the process ends.
static FolderSet &temporaryFolders() {
  static FolderSet *folders = new FolderSet;
  return *folders;
}

static void removeFolder(const std::string &path) {
  std::error_code ignored;
  std::filesystem::remove_all(path, ignored);
}

extern "C" {
static void onSignal(int) {
  // A forked child has no thread to wake and shares our pipe.
  if (getpid() != owner)
    _exit(kExitCode);
  int saved = errno;
  char byte = 0;
  if (write(wakeUp[1], &byte, 1) < 0)
    _exit(kExitCode);
  errno = saved;
}
}

static void waitForSignals() {
  char byte;
  for (bool first = true; read(wakeUp[0], &byte, 1) == 1; first = false) {
    interrupted = true;
    if (unwinding && first)
      continue;
    FolderSet &folders = temporaryFolders();
    // Kept locked: no folder may appear after this.
    folders.mutex.lock();
    for (const std::string &path : folders.paths)
      removeFolder(path);
    _exit(kExitCode);
  }
}

void mobileone::handleInterruptions() {
  if (pipe(wakeUp))
    return;
  owner = getpid();
  std::thread(waitForSignals).detach();
  for (int number : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction action = {}, before = {};
    action.sa_handler = onSignal;
    action.sa_flags = SA_RESTART;
    sigaction(number, nullptr, &before);
    if (before.sa_handler != SIG_IGN)
      sigaction(number, &action, nullptr);
  }
}

UnwindOnInterruption::UnwindOnInterruption() { ++unwinding; }
UnwindOnInterruption::~UnwindOnInterruption() { --unwinding; }

void mobileone::throwIfInterrupted() {
  if (interrupted)
    throw Interrupted();
}

TemporaryFolder::TemporaryFolder() {
  std::error_code error;
  std::string pattern =
      std::filesystem::temp_directory_path(error) / "mobileonec-XXXXXX";
  FolderSet &folders = temporaryFolders();
  std::lock_guard<std::mutex> lock(folders.mutex);
  if (error || !mkdtemp(pattern.data()))
    return;
  folder = pattern;
  folders.paths.insert(folder);
}

TemporaryFolder::~TemporaryFolder() {
  if (folder.empty())
    return;
  FolderSet &folders = temporaryFolders();
  std::lock_guard<std::mutex> lock(folders.mutex);
  removeFolder(folder);
  folders.paths.erase(folder);
}
