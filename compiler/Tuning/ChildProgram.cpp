//===- ChildProgram.cpp - Talks to a program ------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tuning/ChildProgram.h"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace mobileone;
using Clock = std::chrono::steady_clock;

namespace {

/// A child process with pipes to its input and from its output and errors.
class Child {
public:
  /// More output than `mostOutput` bytes is not kept.
  Child(const std::vector<std::string> &command, size_t mostOutput);
  ~Child();
  Child(const Child &) = delete;
  Child &operator=(const Child &) = delete;

  /// Sends `input` while it reads; false after `seconds`.
  bool talk(const std::string &input, double seconds);
  /// Waits for the end; how it ended if that was no success, or "".
  std::string wait();

  std::string output, errors, problem;

private:
  [[noreturn]] void live(const std::vector<std::string> &command, pid_t parent);
  void drain(int &from, std::string &into);
  void feed(const std::string &input);

  size_t mostOutput;
  pid_t process = -1;
  int toChild[2] = {-1, -1}, fromChild[2] = {-1, -1}, errorsOf[2] = {-1, -1};
  size_t sent = 0;
};

} // namespace

static void closeEnd(int &file) {
  if (file >= 0)
    close(file);
  file = -1;
}

Child::Child(const std::vector<std::string> &command, size_t mostOutput)
    : mostOutput(mostOutput) {
  if (pipe2(toChild, O_CLOEXEC) || pipe2(fromChild, O_CLOEXEC) ||
      pipe2(errorsOf, O_CLOEXEC)) {
    problem = fmt::format("no pipe: {}", std::strerror(errno));
    return;
  }
  pid_t parent = getpid();
  process = fork();
  if (process == 0)
    live(command, parent);
  if (process < 0)
    problem = fmt::format("no process: {}", std::strerror(errno));
  else
    setpgid(process, process);
  closeEnd(toChild[0]);
  closeEnd(fromChild[1]);
  closeEnd(errorsOf[1]);
  for (int file : {toChild[1], fromChild[0], errorsOf[0]})
    fcntl(file, F_SETFL, O_NONBLOCK);
}

void Child::live(const std::vector<std::string> &command, pid_t parent) {
  // Of its own group: an interruption from the terminal is ours to handle.
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent)
    _exit(127);
  for (int number : {SIGINT, SIGTERM, SIGHUP, SIGPIPE})
    signal(number, SIG_DFL);
  dup2(toChild[0], STDIN_FILENO);
  dup2(fromChild[1], STDOUT_FILENO);
  dup2(errorsOf[1], STDERR_FILENO);
  std::vector<char *> arguments;
  for (const std::string &argument : command)
    arguments.push_back(const_cast<char *>(argument.c_str()));
  arguments.push_back(nullptr);
  execvp(arguments[0], arguments.data());
  dprintf(STDERR_FILENO, "cannot run %s: %s\n", arguments[0],
          std::strerror(errno));
  _exit(127);
}

Child::~Child() {
  for (int *file : {&toChild[0], &toChild[1], &fromChild[0], &fromChild[1],
                    &errorsOf[0], &errorsOf[1]})
    closeEnd(*file);
  if (process > 0) {
    kill(-process, SIGKILL);
    wait();
  }
}

void Child::drain(int &from, std::string &into) {
  char bytes[1 << 16];
  ssize_t count = read(from, bytes, sizeof(bytes));
  if (count > 0 && into.size() < mostOutput)
    into.append(bytes, size_t(count));
  else if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR))
    closeEnd(from);
}

void Child::feed(const std::string &input) {
  ssize_t count = write(toChild[1], &input[sent], input.size() - sent);
  if (count > 0)
    sent += size_t(count);
  // It may have died, or have read enough to answer.
  if (sent == input.size() || (count < 0 && errno != EAGAIN && errno != EINTR))
    closeEnd(toChild[1]);
}

bool Child::talk(const std::string &input, double seconds) {
  Clock::time_point end =
      Clock::now() + std::chrono::milliseconds(int64_t(1e3 * seconds));
  while (fromChild[0] >= 0 || errorsOf[0] >= 0) {
    auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        end - Clock::now());
    if (left.count() <= 0)
      return false;
    pollfd files[] = {{toChild[1], POLLOUT, 0},
                      {fromChild[0], POLLIN, 0},
                      {errorsOf[0], POLLIN, 0}};
    if (poll(files, 3, int(left.count())) <= 0)
      continue;
    if (files[0].revents)
      feed(input);
    if (files[1].revents)
      drain(fromChild[0], output);
    if (files[2].revents)
      drain(errorsOf[0], errors);
  }
  return true;
}

std::string Child::wait() {
  int status = 0;
  while (waitpid(process, &status, 0) < 0 && errno == EINTR)
    continue;
  process = -1;
  if (WIFSIGNALED(status))
    return fmt::format("it died: {}", strsignal(WTERMSIG(status)));
  if (WEXITSTATUS(status) != 0)
    return fmt::format("it ended with exit code {}", WEXITSTATUS(status));
  return "";
}

ProgramResult mobileone::runProgram(const std::vector<std::string> &command,
                                    const std::string &input, double seconds,
                                    size_t mostOutput) {
  // A child that dies early closes its end.
  struct sigaction ignore = {}, before = {};
  ignore.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &ignore, &before);
  ProgramResult result;
  {
    Child child(command, mostOutput);
    result.problem = child.problem;
    if (result.problem.empty()) {
      result.timedOut = !child.talk(input, seconds);
      if (!result.timedOut)
        result.end = child.wait();
      result.output = std::move(child.output);
      result.errors = std::move(child.errors);
    }
  }
  // It ends itself at its limit.
  result.timedOut |= result.end.find(strsignal(SIGALRM)) != std::string::npos;
  sigaction(SIGPIPE, &before, nullptr);
  return result;
}

std::string mobileone::lastLine(std::string text) {
  while (!text.empty() && text.back() == '\n')
    text.pop_back();
  size_t start = text.rfind('\n');
  return start == std::string::npos ? text : text.substr(start + 1);
}
