//===- KernelRunner.cpp - Runs a kernel and its reference -----------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#include "KernelRunner.h"

#include "schedules/HalideKernel.h"
#include "schedules/algorithms/Algorithms.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <dlfcn.h>
#include <filesystem>
#include <sstream>

namespace mobileone::schedules::testing {

namespace {

constexpr int guard = 64;
constexpr float poison = -12345.0f;

double rounded(double value, ElementType type) {
  return type == ElementType::F16 ? double(Halide::float16_t(value))
                                  : double(float(value));
}

/// Memory of an operand with its border and with guards around.
struct Memory {
  Operand operand;
  /// Of these the one that has the operand's type is not empty.
  std::vector<float> floats;
  std::vector<Halide::float16_t> halves;
  std::vector<uint8_t> bytes;
  int64_t elements = 0;
  int64_t origin = 0; ///< Index of element (0, 0, 0).
  int images = 1;
  bool hasHalfType = true;
  halide_dimension_t dimensions[4];
  halide_buffer_t buffer = {};

  explicit Memory(const Operand &operand, int images = 1)
      : operand(operand), images(images) {
    const auto &s = operand.strides;
    const Shape &shape = operand.shape;
    int64_t around = int64_t(operand.border) * (s[1] + s[2]);
    int64_t last = int64_t(operand.storedChannels - 1) * s[0] +
                   int64_t(shape.width - 1) * s[1] +
                   int64_t(shape.height - 1) * s[2] +
                   int64_t(images - 1) * operand.imageStride;
    origin = guard + (around + 15) / 16 * 16;
    elements = origin + last + around + guard + 64;
    if (operand.type == ElementType::F32)
      floats.assign(elements, poison);
    else if (operand.type == ElementType::F16)
      halves.assign(elements, Halide::float16_t(poison));
    else
      bytes.assign(elements, 77);
    // What the arena, the weights and scratch memory hold is aligned.
    while (reinterpret_cast<uintptr_t>(host(origin)) % 64)
      ++origin;
  }

  uint8_t *host(int64_t index) {
    if (operand.type == ElementType::F32)
      return reinterpret_cast<uint8_t *>(floats.data() + index);
    if (operand.type == ElementType::F16)
      return reinterpret_cast<uint8_t *>(halves.data() + index);
    return bytes.data() + index;
  }

  void set(int64_t index, double value) {
    if (operand.type == ElementType::F32)
      floats[index] = float(value);
    else if (operand.type == ElementType::F16)
      halves[index] = Halide::float16_t(value);
    else
      bytes[index] = uint8_t(value);
  }

  /// An element of f32 or f16.
  double get(int64_t index) const {
    return operand.type == ElementType::F16 ? double(halves[index])
                                            : double(floats[index]);
  }

  int64_t index(int c, int x, int y, int n = 0) const {
    return origin + int64_t(c) * operand.strides[0] +
           int64_t(x) * operand.strides[1] + int64_t(y) * operand.strides[2] +
           int64_t(n) * operand.imageStride;
  }

  void write(const Values &values, int n) {
    int b = operand.border;
    const Shape &s = operand.shape;
    for (int y = -b; y < s.height + b; ++y)
      for (int x = -b; x < s.width + b; ++x)
        for (int c = 0; c < operand.storedChannels; ++c) {
          bool inside =
              c < s.channels && x >= 0 && x < s.width && y >= 0 && y < s.height;
          double value =
              inside ? values[(size_t(y) * s.width + x) * s.channels + c] : 0;
          set(index(c, x, y, n), value);
        }
  }

  /// The view of [min, min + extent) in `dimension`, or of all for -1.
  halide_buffer_t *view(int dimension, int min, int extent) {
    int extents[] = {operand.storedChannels, operand.shape.width,
                     operand.shape.height};
    int64_t first = origin;
    for (int d = 0; d < 3; ++d) {
      dimensions[d] = {0, extents[d], operand.strides[d], 0};
      if (d != dimension)
        continue;
      dimensions[d].min = min;
      dimensions[d].extent = std::min(extent, extents[d] - min);
      first += int64_t(min) * operand.strides[d];
    }
    dimensions[3] = {0, images, operand.imageStride, 0};
    buffer.dim = dimensions;
    buffer.dimensions = operand.imageStride ? 4 : 3;
    buffer.type = typeOf(operand.type);
    if (operand.type == ElementType::F16 && !hasHalfType)
      buffer.type = halide_type_t(halide_type_uint, 16);
    buffer.host = host(first);
    return &buffer;
  }
};

Values randomValues(size_t count, double low, double high, ElementType type,
                    std::mt19937 &random) {
  std::uniform_real_distribution<double> distribution(low, high);
  Values values(count);
  for (double &value : values) {
    value = rounded(distribution(random), type);
    if (type == ElementType::U8)
      value = std::floor(value);
  }
  return values;
}

Values pack(const WeightPacking &packing, const Values &weights) {
  Values packed(packing.elements(), 0.0);
  for (int o = 0; o < packing.outputs; ++o)
    for (int i = 0; i < packing.inputs; ++i)
      for (int tap = 0; tap < packing.taps; ++tap) {
        size_t target = o;
        if (packing.kind == PackingKind::DepthwiseTaps)
          target = size_t(tap) * packing.paddedOutputs + o;
        else if (packing.kind == PackingKind::Panels)
          target = ((size_t(o / packing.panel) * packing.taps + tap) *
                        packing.paddedInputs +
                    i) *
                       packing.panel +
                   o % packing.panel;
        packed[target] =
            weights[(size_t(o) * packing.inputs + i) * packing.taps + tap];
      }
  return packed;
}

/// A value fits if |found - expected| <= ofLargest * the largest value +
/// relative
/// * |expected|.
struct Tolerance {
  double ofLargest, relative;
};

/// What the rounding of values that stay inside, of sums and of the result
/// amounts to.
Tolerance toleranceOf(const KernelRequest &request) {
  Tolerance tolerance = {1e-5, 1e-4};
  for (const Op &op : request.ops) {
    if (op.weightType == ElementType::F16 || op.type == ElementType::F16)
      tolerance = {std::max(tolerance.ofLargest, 1e-3), 1e-3};
    if (op.accumulatorType == ElementType::F16)
      tolerance = {1e-2, 1e-2};
  }
  return tolerance;
}

/// Compares image `n` and marks its elements in `owned`.
std::string compareImage(const KernelOutput &output, const Memory &memory,
                         int n, const Values &expected, Tolerance tolerance,
                         std::vector<char> &owned) {
  const Shape &s = output.operand.shape;
  std::ostringstream problems;
  // Large terms that cancel leave their rounding in small results.
  double largest = 1.0;
  for (double value : expected)
    largest = std::max(largest, std::abs(value));
  int count = 0;
  for (int y = 0; y < s.height; ++y)
    for (int x = 0; x < s.width; ++x)
      for (int c = 0; c < output.operand.storedChannels; ++c) {
        int64_t index = memory.index(c, x, y, n);
        owned[index] = 1;
        double want = c < s.channels
                          ? expected[(size_t(y) * s.width + x) * s.channels + c]
                          : 0.0;
        double got = memory.get(index);
        double allowed =
            tolerance.ofLargest * largest + tolerance.relative * std::abs(want);
        if (!(std::abs(got - want) <= allowed) && ++count < 4)
          problems << "value " << output.value << " at (" << c << ", " << x
                   << ", " << y << ", " << n << "): " << got << ", not " << want
                   << "\n";
      }
  return problems.str();
}

/// \param expected per image.
std::string compareOutput(const KernelOutput &output, const Memory &memory,
                          const std::vector<Values> &expected,
                          Tolerance tolerance) {
  std::vector<char> owned(memory.elements, 0);
  std::ostringstream problems;
  for (size_t n = 0; n < expected.size(); ++n)
    problems << compareImage(output, memory, int(n), expected[n], tolerance,
                             owned);
  int count = 0;
  for (size_t i = 0; i < owned.size(); ++i)
    if (!owned[i] && memory.get(i) != rounded(poison, memory.operand.type) &&
        ++count < 4)
      problems << "value " << output.value << ": element "
               << int64_t(i) - memory.origin << " is not the kernel's\n";
  return problems.str();
}

/// A kernel with its buffers.
struct Run {
  const KernelRequest &request;
  KernelLayout layout;
  std::vector<Memory> inputs, weights, scratch, outputs;
  KernelFunction function;
  Halide::Callable callable;

  Run(const KernelRequest &request, const Schedule &schedule,
      KernelFunction function)
      : request(request), layout(schedule.layout(request)), function(function) {
    if (function)
      return;
    HalideKernel kernel;
    schedule.build(request, layout, kernel);
    Halide::Target target(request.machine.halideTarget +
                          "-jit-no_asserts-no_runtime");
    target = target.without_feature(Halide::Target::NoRuntime);
    callable = kernel.pipeline.compile_to_callable(kernel.arguments, target);
  }

  /// What a GPU wrote comes back.
  void copyBack() {
    for (std::vector<Memory> *each : {&inputs, &weights, &scratch, &outputs})
      for (Memory &memory : *each) {
        halide_buffer_t &buffer = memory.buffer;
        if (!buffer.device_interface)
          continue;
        buffer.device_interface->copy_to_host(nullptr, &buffer);
        buffer.device_interface->device_free(nullptr, &buffer);
      }
  }

  void describeHalves() {
    for (std::vector<Memory> *each : {&inputs, &weights, &scratch, &outputs})
      for (Memory &memory : *each)
        memory.hasHalfType = request.machine.hasHalfType;
  }

  void runTile(int tile) {
    int dimension = layout.tileDimension, extent = layout.tileExtent;
    int min = dimension < 0 ? 0 : tile * extent;
    describeHalves();
    Halide::JITUserContext context;
    Halide::JITUserContext *contextPointer = &context;
    std::vector<const void *> arguments = {&contextPointer};
    for (Memory &memory : inputs)
      arguments.push_back(memory.view(-1, 0, 0));
    for (Memory &memory : weights)
      arguments.push_back(memory.view(-1, 0, 0));
    for (size_t i = 0; i < scratch.size(); ++i) {
      bool follows = layout.scratch[i].followsTile && dimension >= 0;
      halide_buffer_t *view =
          scratch[i].view(follows ? dimension : -1, min, extent);
      // A tile's scratch begins at the start of its memory.
      view->host = scratch[i].host(scratch[i].origin);
      arguments.push_back(view);
    }
    for (Memory &memory : outputs)
      arguments.push_back(memory.view(dimension, min, extent));
    call(arguments);
    copyBack();
  }

  /// \param arguments what Halide's JIT wants first, then the buffers.
  void call(const std::vector<const void *> &arguments) {
    if (!function) {
      for (std::vector<Memory> *each : {&inputs, &weights, &outputs})
        for (Memory &memory : *each)
          memory.buffer.set_host_dirty(request.machine.multiprocessors > 0);
      callable.call_argv_fast(arguments.size(), arguments.data());
      return;
    }
    std::vector<void *> buffers;
    for (size_t i = 1; i < arguments.size(); ++i)
      buffers.push_back(const_cast<void *>(arguments[i]));
    function(buffers.data());
  }
};

} // namespace

std::string runAndCompare(const KernelRequest &request,
                          const Schedule &schedule, unsigned seed,
                          KernelFunction function, double magnitude) {
  std::mt19937 random(seed);
  Run run(request, schedule, function);
  const int images = request.images;
  // Per image, per input.
  std::vector<std::vector<Values>> inputs(images);
  std::vector<Values> weights;
  for (const Operand &operand : request.inputs) {
    const Shape &s = operand.shape;
    bool isBytes = operand.type == ElementType::U8;
    run.inputs.emplace_back(operand, images);
    for (int n = 0; n < images; ++n) {
      inputs[n].push_back(randomValues(
          size_t(s.channels) * s.width * s.height, isBytes ? 0 : -magnitude,
          isBytes ? 256 : magnitude, operand.type, random));
      run.inputs.back().write(inputs[n].back(), n);
    }
  }
  for (const WeightPacking &packing : run.layout.weights) {
    double bound = 1.0 / std::sqrt(double(packing.inputs) * packing.taps);
    size_t count = size_t(packing.outputs) * packing.inputs * packing.taps;
    weights.push_back(randomValues(count, -bound, bound, packing.type, random));
    run.weights.emplace_back(packedOperand(packing));
    Values packed = pack(packing, weights.back());
    Memory &memory = run.weights.back();
    for (size_t i = 0; i < packed.size(); ++i)
      memory.set(memory.origin + int64_t(i), packed[i]);
  }
  for (const ScratchBuffer &scratch : run.layout.scratch)
    run.scratch.emplace_back(scratch.operand, images);
  for (const KernelOutput &output : request.outputs)
    run.outputs.emplace_back(output.operand, images);
  for (int tile = run.layout.tileCount - 1; tile >= 0; --tile)
    run.runTile(tile);
  // Per output, per image.
  std::vector<std::vector<Values>> expected(request.outputs.size());
  for (int n = 0; n < images; ++n) {
    std::vector<Values> values = computeReference(request, inputs[n], weights);
    for (size_t i = 0; i < request.outputs.size(); ++i)
      expected[i].push_back(values[request.outputs[i].value]);
  }
  std::string problems;
  for (size_t i = 0; i < request.outputs.size(); ++i)
    problems += compareOutput(request.outputs[i], run.outputs[i], expected[i],
                              toleranceOf(request));
  return problems.empty() ? problems : print(request) + problems;
}

KernelRequest requestFor(const std::string &machine) {
  KernelRequest request;
  request.name = "kernel";
  Machine &m = request.machine;
  m.name = machine;
  bool isArm64 = machine == "arm64" || machine == "arm64-on-x86-64";
  m.halfArithmetic = machine == "generic-half" || isArm64;
  bool isGeneric = machine == "generic" || machine == "generic-half";
  m.family = isGeneric ? "generic" : "x86";
  if (isArm64) {
    m.family = "arm64";
    m.halideTarget = machine == "arm64"
                         ? "arm-64-linux-arm_dot_prod-arm_fp16"
                         : "x86-64-linux-avx-avx2-f16c-fma-sse41";
    m.vectorRegisters = 32;
    m.l1Bytes = 128 * 1024;
    m.l2Bytes = 4 * 1024 * 1024;
    return request;
  }
  m.halideTarget = "x86-64-linux-sse41";
  if (machine == "cuda" || machine == "opencl" || machine == "opencl-generic") {
    bool isCuda = machine == "cuda";
    m.family = machine == "opencl-generic" ? "cuda-generic" : "cuda";
    m.halideTarget =
        isCuda ? "x86-64-linux-cuda-cuda_capability_80" : "x86-64-linux-opencl";
    m.hasHalfType = isCuda;
    m.hasBorders = false;
    m.computesBatch = true;
    m.multiprocessors = 108;
    m.sharedBytes = 48 * 1024;
  }
  if (machine == "x86-64-v3") {
    m.halideTarget = "x86-64-linux-avx-avx2-f16c-fma-sse41";
    m.vectorBytes = 32;
  } else if (machine == "x86-64-v4") {
    m.halideTarget = "x86-64-linux-avx-avx2-avx512-avx512_skylake-f16c-fma-"
                     "sse41";
    m.vectorBytes = 64;
    m.vectorRegisters = 32;
    m.l2Bytes = 1024 * 1024;
  }
  return request;
}

/// Loads what Halide's runtime then finds in this process.
static bool hasOpenCl() {
  static const bool found = dlopen("libOpenCL.so.1", RTLD_NOW | RTLD_GLOBAL) &&
                            std::filesystem::exists("/etc/OpenCL/vendors");
  return found;
}

bool canRun(const Machine &machine) {
  Halide::Target target(machine.halideTarget);
  if (target.has_gpu_feature())
    return target.has_feature(Halide::Target::OpenCL) && hasOpenCl();
  Halide::Target host = Halide::get_host_target();
  if (target.arch != host.arch)
    return false;
  if (target.has_feature(Halide::Target::AVX2) &&
      !host.has_feature(Halide::Target::AVX2))
    return false;
  if (machine.vectorBytes == 64)
    return host.has_feature(Halide::Target::AVX512_Skylake);
  return true;
}

} // namespace mobileone::schedules::testing
