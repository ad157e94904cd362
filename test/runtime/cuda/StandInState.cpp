//===- StandInState.cpp - What the stand-in driver keeps ------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StandInState.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>

using namespace mobileone::standin;

static int fromEnvironment(const char *name, int otherwise) {
  const char *value = std::getenv(name);
  return value ? std::atoi(value) : otherwise;
}

State::State() {
  settings.version = fromEnvironment("MOBILEONE_STANDIN_VERSION", 12040);
  settings.devices = fromEnvironment("MOBILEONE_STANDIN_DEVICES", 1);
  settings.capability = fromEnvironment("MOBILEONE_STANDIN_CAPABILITY", 90);
  if (const char *failure = std::getenv("MOBILEONE_STANDIN_FAIL")) {
    std::string text = failure;
    size_t equals = text.find('=');
    settings.failingFunction = text.substr(0, equals);
    settings.result = std::atoi(text.substr(equals + 1).c_str());
  }
  if (const char *log = std::getenv("MOBILEONE_STANDIN_LOG"))
    logPath = log;
}

State &mobileone::standin::state() {
  // Never destroyed: sessions may end after the library's destructors.
  static State &instance = *new State;
  return instance;
}

std::vector<Context *> &mobileone::standin::contextStack() {
  static thread_local std::vector<Context *> stack;
  return stack;
}

int &mobileone::standin::captureCount() {
  static thread_local int count = 0;
  return count;
}

Call::Call(const char *name) : lock(state().mutex) {
  State &all = state();
  all.record.calls.push_back(name);
  ++all.callCount;
  if (!all.logPath.empty())
    if (FILE *log = std::fopen(all.logPath.c_str(), "a")) {
      std::fprintf(log, "%s\n", name);
      std::fclose(log);
    }
  if (all.callCount == all.settings.failingCall ||
      all.settings.failingFunction == name)
    result = all.settings.result;
}

CudaResult mobileone::standin::checkContext() {
  if (contextStack().empty())
    return invalidContext;
  return captureCount() ? captureUnsupported : success;
}

Stream *mobileone::standin::findStream(void *handle) {
  if (contextStack().empty())
    return nullptr;
  Context *context = contextStack().back();
  if (!handle)
    return &state().defaultStreams[context];
  Stream *stream = state().find<Stream>(handle);
  return stream && stream->context == context ? stream : nullptr;
}

static CudaResult run(Work &work) {
  if (!work.kernel) {
    std::memcpy(work.to, work.from, work.bytes);
    return success;
  }
  state().record.launches.push_back(work.kernel->name);
  if (!work.kernel->code)
    return success;
  std::string problem = work.kernel->code->run(
      work.grid, work.block, work.sharedBytes, work.arguments);
  if (problem.empty())
    return success;
  std::fprintf(stderr, "stand-in driver: kernel %s, %s\n",
               work.kernel->name.c_str(), problem.c_str());
  return launchFailed;
}

CudaResult mobileone::standin::drain(Stream &stream) {
  CudaResult result = success;
  while (!stream.pending.empty() && result == success) {
    result = run(stream.pending.front());
    stream.pending.pop_front();
  }
  return result;
}

void mobileone::standin::drainContext() {
  Context *context = contextStack().back();
  drain(state().defaultStreams[context]);
  for (const auto &[handle, object] : state().objects)
    if (auto *stream = dynamic_cast<Stream *>(object.get()))
      if (stream->context == context)
        drain(*stream);
}

void mobileone::standin::enqueue(Stream &stream, Work work) {
  if (!stream.captured) {
    stream.pending.push_back(std::move(work));
    return;
  }
  stream.captured->nodes.push_back(std::make_unique<Node>());
  stream.captured->nodes.back()->work = std::move(work);
}

void mobileone::standin::reset(const Settings &settings) {
  std::lock_guard<std::mutex> lock(state().mutex);
  state().settings = settings;
  state().record = {};
  state().callCount = 0;
}

Record mobileone::standin::record() {
  std::lock_guard<std::mutex> lock(state().mutex);
  return state().record;
}

int mobileone::standin::liveObjects() {
  std::lock_guard<std::mutex> lock(state().mutex);
  int count = state().primary.retains;
  for (const auto &[handle, object] : state().objects)
    count += dynamic_cast<Context *>(object.get()) == nullptr;
  return count;
}

size_t mobileone::standin::liveBytes() {
  std::lock_guard<std::mutex> lock(state().mutex);
  size_t bytes = 0;
  for (const auto &[handle, object] : state().objects)
    if (auto *memory = dynamic_cast<Memory *>(object.get()))
      bytes += memory->isHost ? 0 : memory->bytes;
  return bytes;
}

int mobileone::standin::stackDepth() { return int(contextStack().size()); }

mobileone::runtime::CudaContext mobileone::standin::makeContext() {
  std::lock_guard<std::mutex> lock(state().mutex);
  auto context = std::make_unique<Context>();
  auto handle = reinterpret_cast<runtime::CudaContext>(context.get());
  state().objects[handle] = std::move(context);
  return handle;
}

void mobileone::standin::destroyContext(runtime::CudaContext context) {
  std::lock_guard<std::mutex> lock(state().mutex);
  state().objects.erase(context);
}

bool mobileone::standin::hasOpenCl() { return hasOpenClPlatform(); }
