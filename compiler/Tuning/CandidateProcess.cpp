//===- CandidateProcess.cpp - Measures a candidate elsewhere --------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tuning/CandidateProcess.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sstream>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace mobileone;
using Clock = std::chrono::steady_clock;

/// More output than this is not an answer.
static constexpr size_t kMostOutput = 1 << 22;
/// Seconds for starting, sending and answering, on top of a request's limit.
static double graceOf(const MeasureRequest &request) {
  return std::clamp(request.limit * 0.25, 1.0, 5.0);
}

static std::string printRequest(const MeasureRequest &request) {
  std::string text = fmt::format(
      "mobileone-measure 1\nthreads {}\npairs {}\nseconds {}\nlimit {}\n"
      "library {}\nweights {}\ninputs {}\nexpected {}\n{}\n",
      request.threads, request.pairs, request.seconds, request.limit,
      request.library.size(), request.weights->size(), request.inputs.size(),
      request.expected.size(), request.notes);
  text += request.library;
  text.append(request.weights->begin(), request.weights->end());
  return text + request.inputs + request.expected;
}

static bool readTimes(std::istream &line, StepTimes &base, StepTimes &variant) {
  return bool(line >> base.minimum >> base.median >> variant.minimum >>
              variant.median);
}

/// Whether `line` makes sense; "done" sets the kind.
static bool readReplyLine(const std::string &text, MeasureReply &reply) {
  std::istringstream line(text);
  std::string word;
  line >> word;
  StepTimes base, variant;
  if (word == "runs")
    return bool(line >> reply.runs);
  if (word == "step") {
    size_t step = 0;
    if (!(line >> step) || step != reply.base.size() ||
        !readTimes(line, base, variant))
      return false;
    reply.base.push_back(base);
    reply.variant.push_back(variant);
    return true;
  }
  if (word == "total")
    return readTimes(line, reply.baseTotal, reply.variantTotal);
  if (word == "done") {
    reply.kind = MeasureReply::Kind::Measured;
    return true;
  }
  if (word == "wrong" && text == "wrong base") {
    reply.kind = MeasureReply::Kind::WrongBase;
    return true;
  }
  if (word == "wrong" && line >> reply.step) {
    reply.kind = MeasureReply::Kind::WrongStep;
    return true;
  }
  if (word == "failed")
    reply.message = text.substr(std::min(text.size(), size_t(7)));
  return word == "failed";
}

MeasureReply mobileone::parseMeasureReply(const std::string &text) {
  MeasureReply reply;
  std::istringstream stream(text);
  std::string line;
  if (!std::getline(stream, line) || line != "mobileone-measure 1") {
    reply.message = "it did not answer as mobileone-measure does";
    return reply;
  }
  while (std::getline(stream, line))
    if (!readReplyLine(line, reply)) {
      reply.kind = MeasureReply::Kind::Failed;
      reply.message = "it answered '" + line + "'";
      return reply;
    }
  if (reply.kind == MeasureReply::Kind::Failed && reply.message.empty())
    reply.message = "it ended before it was done";
  return reply;
}

namespace {

/// A child process with pipes to its input and from its output and errors.
class Child {
public:
  explicit Child(const std::vector<std::string> &command);
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

Child::Child(const std::vector<std::string> &command) {
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
  char bytes[4096];
  ssize_t count = read(from, bytes, sizeof(bytes));
  if (count > 0 && into.size() < kMostOutput)
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

/// The last line that says something.
static std::string lastLine(std::string text) {
  while (!text.empty() && text.back() == '\n')
    text.pop_back();
  size_t start = text.rfind('\n');
  return start == std::string::npos ? text : text.substr(start + 1);
}

MeasureReply
mobileone::measureElsewhere(const std::vector<std::string> &command,
                            const MeasureRequest &request) {
  // A child that dies early closes its end.
  struct sigaction ignore = {}, before = {};
  ignore.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &ignore, &before);
  MeasureReply reply;
  Child child(command);
  std::string end;
  if (!child.problem.empty()) {
    reply.message = child.problem;
  } else if (!child.talk(printRequest(request),
                         request.limit + graceOf(request))) {
    reply.kind = MeasureReply::Kind::TimedOut;
    reply.message = fmt::format("it took more than {} seconds", request.limit);
  } else {
    end = child.wait();
    reply = parseMeasureReply(child.output);
    // It ends itself at the limit.
    if (end.find(strsignal(SIGALRM)) != std::string::npos) {
      reply.kind = MeasureReply::Kind::TimedOut;
      reply.message =
          fmt::format("it took more than {} seconds", request.limit);
    } else if (!end.empty()) {
      reply.kind = MeasureReply::Kind::Failed;
      std::string said = lastLine(child.errors);
      reply.message = end + (said.empty() ? "" : ": " + said);
    }
  }
  sigaction(SIGPIPE, &before, nullptr);
  return reply;
}
