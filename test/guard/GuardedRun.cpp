//===- GuardedRun.cpp - Runs a model with guard pages around every buffer -===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Walks a model's tables like the runtime, but gives every operand memory of
// its own between two inaccessible pages, once flush with the upper, once with
// the lower. A kernel that touches a byte outside of its buffers faults.
// Buffers start as NaN, so that an element that nobody wrote shows in the
// result, which must equal the runtime's bit for bit.
//
// Compiled per model: MODEL is its name, MODEL_HEADER its header.
//
//===----------------------------------------------------------------------===//

#include MODEL_HEADER
#include "mobileone/runtime.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <sys/mman.h>
#include <unistd.h>
#include <vector>

namespace {

const char *currentStep = "none";

[[noreturn]] void fail(const char *what) {
  std::fprintf(stderr, "%s: %s in step %s\n", MODEL.name, what, currentStep);
  std::_Exit(1);
}

void onFault(int) { fail("a byte outside of a buffer was touched"); }

/// Memory between two inaccessible pages.
class GuardedMemory {
public:
  enum Placement { AtEnd, AtStart };

  GuardedMemory(size_t bytes, size_t alignment, Placement placement) {
    const size_t page = sysconf(_SC_PAGESIZE);
    mapped = (bytes + page - 1) / page * page + 2 * page;
    void *memory = mmap(nullptr, mapped, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
      fail("out of memory");
    start = static_cast<uint8_t *>(memory);
    mprotect(start, page, PROT_NONE);
    mprotect(start + mapped - page, page, PROT_NONE);
    size_t slack = mapped - 2 * page - bytes;
    base =
        start + page + (placement == AtEnd ? slack / alignment * alignment : 0);
  }
  ~GuardedMemory() { munmap(start, mapped); }
  GuardedMemory(const GuardedMemory &) = delete;
  GuardedMemory &operator=(const GuardedMemory &) = delete;

  uint8_t *base;

private:
  uint8_t *start;
  size_t mapped;
};

/// The bytes that an operand covers, border included, from the start of its
/// space.
struct Extent {
  int64_t begin, end;
};

int64_t elementBytes(const mobileone_operand &operand) {
  return operand.type.bits / 8;
}

Extent extentOf(const mobileone_operand &operand) {
  int64_t begin = operand.offset, end = operand.offset;
  for (int d = 0; d < MOBILEONE_DIMENSIONS; ++d)
    end += int64_t(operand.dim[d].extent - 1) * operand.dim[d].stride *
           elementBytes(operand);
  int64_t column = operand.dim[1].stride * elementBytes(operand);
  int64_t row = operand.dim[2].stride * elementBytes(operand);
  begin -= operand.border_left * column + operand.border_above * row;
  end += operand.border_right * column + operand.border_below * row;
  return {begin, end + elementBytes(operand)};
}

/// A buffer in the arena, from the step that writes it on.
struct Live {
  Extent extent;
  std::unique_ptr<GuardedMemory> memory;
};

class GuardedRun {
public:
  GuardedRun(const mobileone_program &program,
             GuardedMemory::Placement placement, const void *const *inputs,
             void *const *outputs)
      : program(program), placement(placement), inputs(inputs),
        outputs(outputs) {}

  void run() {
    for (pass = 0; pass < MODEL.batch; ++pass)
      for (uint32_t s = 0; s < program.step_count; ++s)
        runStep(program.steps[s]);
  }

private:
  /// Arguments are inputs, weights, scratch, outputs: what lies in the arena
  /// after a weight or scratch operand is written; without these, the last.
  static bool isWritten(const mobileone_step &step, uint32_t index) {
    bool sawOther = index + 1 == step.operand_count;
    for (uint32_t i = 0; i < index; ++i)
      sawOther |= step.operands[i].space == MOBILEONE_SPACE_WEIGHTS ||
                  step.operands[i].space == MOBILEONE_SPACE_SCRATCH;
    return sawOther;
  }

  uint8_t *place(const mobileone_step &step, uint32_t index) {
    const mobileone_operand &operand = step.operands[index];
    Extent extent = extentOf(operand);
    switch (operand.space) {
    case MOBILEONE_SPACE_ARENA:
      return isWritten(step, index) ? create(operand, extent) : find(operand);
    case MOBILEONE_SPACE_WEIGHTS:
      return copyOf(static_cast<const uint8_t *>(MODEL.weights), extent, 64);
    case MOBILEONE_SPACE_SCRATCH:
      return copyOf(nullptr, extent, 64);
    case MOBILEONE_SPACE_INPUT:
      return copyOf(static_cast<const uint8_t *>(inputs[operand.index]) +
                        pass * imageBytes(MODEL.inputs[operand.index]),
                    extent, elementBytes(operand));
    case MOBILEONE_SPACE_OUTPUT:
      written.push_back({operand.index, extent, temporary.size()});
      return copyOf(nullptr, extent, elementBytes(operand));
    }
    fail("unknown space");
  }

  uint8_t *copyOf(const uint8_t *source, Extent extent, size_t alignment) {
    size_t bytes = extent.end - extent.begin;
    temporary.push_back(
        std::make_unique<GuardedMemory>(bytes, alignment, placement));
    uint8_t *base = temporary.back()->base;
    if (source)
      std::memcpy(base, source + extent.begin, bytes);
    else
      std::memset(base, 0xff, bytes);
    return base;
  }

  uint8_t *create(const mobileone_operand &operand, Extent extent) {
    size_t bytes = extent.end - extent.begin;
    Live &live = arena[operand.offset];
    live.extent = extent;
    live.memory = std::make_unique<GuardedMemory>(bytes, 64, placement);
    std::memset(live.memory->base, 0xff, bytes);
    uint8_t *host = live.memory->base + (operand.offset - extent.begin);
    zeroBorder(operand, host);
    return host;
  }

  static void zeroBorder(const mobileone_operand &operand, uint8_t *host) {
    const mobileone_dimension *dim = operand.dim;
    for (int y = -operand.border_above;
         y < dim[2].extent + operand.border_below; ++y)
      for (int x = -operand.border_left;
           x < dim[1].extent + operand.border_right; ++x) {
        bool inside =
            x >= 0 && x < dim[1].extent && y >= 0 && y < dim[2].extent;
        int64_t at = int64_t(x) * dim[1].stride + int64_t(y) * dim[2].stride;
        if (!inside)
          std::memset(host + at * elementBytes(operand), 0,
                      dim[0].extent * elementBytes(operand));
      }
  }

  uint8_t *find(const mobileone_operand &operand) {
    auto live = arena.find(operand.offset);
    if (live == arena.end())
      fail("a buffer is read that no step wrote");
    return live->second.memory->base +
           (operand.offset - live->second.extent.begin);
  }

  void runStep(const mobileone_step &step) {
    currentStep = step.name;
    std::vector<uint8_t *> hosts;
    for (uint32_t i = 0; i < step.operand_count; ++i)
      hosts.push_back(place(step, i));
    for (uint32_t tile = 0; tile < step.tile_count; ++tile)
      runTile(step, tile, hosts);
    for (const Written &output : written)
      std::memcpy(static_cast<uint8_t *>(outputs[output.index]) +
                      pass * imageBytes(MODEL.outputs[output.index]) +
                      output.extent.begin,
                  temporary[output.memory]->base,
                  output.extent.end - output.extent.begin);
    written.clear();
    temporary.clear();
  }

  static void runTile(const mobileone_step &step, uint32_t tile,
                      const std::vector<uint8_t *> &hosts) {
    mobileone_buffer buffers[MOBILEONE_MAX_OPERANDS] = {};
    mobileone_dimension dimensions[MOBILEONE_MAX_OPERANDS]
                                  [MOBILEONE_DIMENSIONS];
    void *arguments[MOBILEONE_MAX_OPERANDS];
    for (uint32_t i = 0; i < step.operand_count; ++i) {
      const mobileone_operand &operand = step.operands[i];
      std::memcpy(dimensions[i], operand.dim, sizeof(operand.dim));
      buffers[i].host = hosts[i];
      buffers[i].type = operand.type;
      buffers[i].dimensions = MOBILEONE_DIMENSIONS;
      buffers[i].dim = dimensions[i];
      if (operand.tile_dimension >= 0)
        crop(operand, tile, buffers[i]);
      arguments[i] = &buffers[i];
    }
    if (step.kernel(arguments))
      fail("the kernel returned an error");
  }

  static void crop(const mobileone_operand &operand, uint32_t tile,
                   mobileone_buffer &buffer) {
    mobileone_dimension &dim = buffer.dim[operand.tile_dimension];
    int64_t first = int64_t(tile) * operand.tile_extent;
    dim.min += first;
    dim.extent = operand.dim[operand.tile_dimension].extent - first;
    if (dim.extent > operand.tile_extent)
      dim.extent = operand.tile_extent;
    // Scratch memory holds one tile at a time.
    if (operand.space == MOBILEONE_SPACE_SCRATCH)
      return;
    buffer.host += first * dim.stride * elementBytes(operand);
  }

  struct Written {
    uint32_t index;
    Extent extent;
    size_t memory;
  };

  static uint64_t imageBytes(const mobileone_tensor &tensor) {
    return tensor.bytes / MODEL.batch;
  }

  const mobileone_program &program;
  GuardedMemory::Placement placement;
  const void *const *inputs;
  void *const *outputs;
  uint32_t pass = 0; ///< Each is one image.
  std::map<uint64_t, Live> arena;
  std::vector<std::unique_ptr<GuardedMemory>> temporary;
  std::vector<Written> written;
};

using Tensors = std::vector<std::vector<uint8_t>>;

Tensors randomInputs() {
  Tensors inputs;
  uint32_t state = 1;
  for (uint32_t i = 0; i < MODEL.input_count; ++i) {
    inputs.emplace_back(MODEL.inputs[i].bytes);
    bool isFloat = MODEL.inputs[i].type.code == MOBILEONE_CODE_FLOAT;
    for (size_t at = 0; at < inputs[i].size(); at += isFloat ? 4 : 1) {
      state = state * 1664525u + 1013904223u;
      float value = (state >> 8) * 0x1p-23f - 1;
      if (isFloat)
        std::memcpy(&inputs[i][at], &value, 4);
      else
        inputs[i][at] = state >> 24;
    }
  }
  return inputs;
}

Tensors emptyOutputs() {
  Tensors outputs;
  for (uint32_t i = 0; i < MODEL.output_count; ++i)
    outputs.emplace_back(MODEL.outputs[i].bytes, 0xff);
  return outputs;
}

std::vector<void *> pointers(Tensors &tensors) {
  std::vector<void *> result;
  for (std::vector<uint8_t> &tensor : tensors)
    result.push_back(tensor.data());
  return result;
}

/// What the runtime computes at `level`.
Tensors runWithRuntime(uint32_t level, const void *const *inputs) {
  mobileone_options options = mobileone_default_options();
  options.level = level;
  mobileone_session *session;
  Tensors outputs = emptyOutputs();
  if (mobileone_session_create(&MODEL, &options, &session) != MOBILEONE_OK ||
      mobileone_run(session, inputs, pointers(outputs).data()) != MOBILEONE_OK)
    fail(mobileone_last_error(nullptr));
  mobileone_session_destroy(session);
  return outputs;
}

} // namespace

int main() {
  std::signal(SIGSEGV, onFault);
  std::signal(SIGBUS, onFault);
  Tensors inputs = randomInputs();
  std::vector<void *> inputPointers = pointers(inputs);
  for (uint32_t p = 0; p < MODEL.program_count; ++p) {
    const mobileone_program &program = MODEL.programs[p];
    if (!mobileone_level_supported(program.level)) {
      std::printf("%s: this CPU does not run it\n", program.target);
      continue;
    }
    Tensors expected = runWithRuntime(program.level, inputPointers.data());
    for (auto placement : {GuardedMemory::AtEnd, GuardedMemory::AtStart}) {
      Tensors outputs = emptyOutputs();
      GuardedRun(program, placement, inputPointers.data(),
                 pointers(outputs).data())
          .run();
      currentStep = "none";
      if (outputs != expected)
        fail("the result differs from the runtime's");
    }
    std::printf("%s: %u steps touch only their buffers\n", program.target,
                program.step_count);
  }
}
