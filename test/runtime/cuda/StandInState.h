//===- StandInState.h - What the stand-in driver keeps ----------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TEST_RUNTIME_CUDA_STANDINSTATE_H
#define MOBILEONE_TEST_RUNTIME_CUDA_STANDINSTATE_H

#include "OpenClProgram.h"
#include "StandInDriver.h"

#include <deque>
#include <map>
#include <memory>
#include <mutex>

namespace mobileone::standin {

using runtime::CudaAddress;
using runtime::CudaResult;

// CUresult.
constexpr CudaResult success = 0, invalidValue = 1, outOfMemory = 2,
                     noDevice = 100, invalidDevice = 101, invalidImage = 200,
                     invalidContext = 201, invalidPtx = 218,
                     invalidHandle = 400, notFound = 500, launchFailed = 719,
                     captureUnsupported = 900, captureInvalidated = 901;

/// What a handle of the driver points to.
struct Object {
  virtual ~Object() = default;
  struct Context *context = nullptr; ///< Where it was made.
};

struct Context : Object {
  int retains = 0; ///< Of a primary context.
};

struct Memory : Object {
  ~Memory() override { freeShared(address); }
  void *address = nullptr;
  size_t bytes = 0;
  bool isHost = false;
};

struct Module : Object {
  OpenClProgram *program = nullptr; ///< Null where kernels do nothing.
  std::map<std::string, std::unique_ptr<struct Kernel>> kernels;
};

struct Kernel {
  Module *module = nullptr;
  std::string name;
  OpenClKernel *code = nullptr;
  unsigned allowedSharedBytes = 48 << 10;
};

/// Work on a stream: a launch, or a copy where there is no kernel.
struct Work {
  Kernel *kernel = nullptr;
  unsigned grid[3] = {}, block[3] = {}, sharedBytes = 0;
  KernelArguments arguments;
  void *to = nullptr;
  const void *from = nullptr;
  size_t bytes = 0;
};

struct Node {
  Work work;
};

struct Graph : Object {
  std::vector<std::unique_ptr<Node>> nodes;
};

struct Executable : Object {
  std::vector<std::pair<const Node *, Work>> work;
};

struct Stream : Object {
  std::deque<Work> pending;
  std::unique_ptr<Graph> captured; ///< While a capture is going on.
  bool isCaptureValid = true;
};

/// All of it, of which there is one in a process.
struct State {
  std::mutex mutex;
  Settings settings;
  Record record;
  int callCount = 0;
  std::string logPath;
  Context primary;
  std::map<void *, std::unique_ptr<Object>> objects;
  std::map<Context *, Stream> defaultStreams;

  State();
  /// The object of type T that `handle` is, or null.
  template <typename T> T *find(void *handle) {
    auto found = objects.find(handle);
    return found == objects.end() ? nullptr
                                  : dynamic_cast<T *>(found->second.get());
  }
  template <typename T> T *add(std::unique_ptr<T> object);
};
State &state();

/// The contexts of this thread, the current one last.
std::vector<Context *> &contextStack();
/// Streams that this thread captures.
int &captureCount();

template <typename T> T *State::add(std::unique_ptr<T> object) {
  T *address = object.get();
  address->context = contextStack().back();
  objects[address] = std::move(object);
  return address;
}

/// One call of a function: holds the state's mutex, records the name and says
/// how the call is to fail, if it is.
class Call {
public:
  explicit Call(const char *name);
  CudaResult result = success;

private:
  std::lock_guard<std::mutex> lock;
};

/// Begins a function of the driver that does nothing when it is to fail.
#define RETURN_IF_TOLD(name)                                                   \
  Call call(name);                                                             \
  if (call.result)                                                             \
  return call.result

/// Why a call that needs a current context cannot be made, if it cannot.
CudaResult checkContext();

/// The stream that `handle` is in the current context, or null.
Stream *findStream(void *handle);
/// Does the work that waits on `stream`.
CudaResult drain(Stream &stream);
/// Does all work of the current context, as freeing memory or code does.
void drainContext();
/// Adds `work` to `stream` or to the graph that it is captured into.
void enqueue(Stream &stream, Work work);

} // namespace mobileone::standin

#endif // MOBILEONE_TEST_RUNTIME_CUDA_STANDINSTATE_H
