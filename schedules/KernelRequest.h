//===- KernelRequest.h - What a kernel is asked to compute ------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The one header that the compiler and the schedules share. A request says
// WHAT one kernel computes (a list of operations with constant shapes), on
// which buffers, for which machine; a layout is a schedule's answer: how it
// cuts the work into tiles, how it wants its weights packed, which scratch
// memory it needs. Neither mentions Halide or MLIR.
//
// Every tensor has the dimensions (channel, x, y); vectors are (n, 1, 1), a
// channel's sums per row are (c, 1, y). Where a kernel computes a whole batch,
// the image is a fourth dimension of what is not a weight.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_SCHEDULES_KERNELREQUEST_H
#define MOBILEONE_SCHEDULES_KERNELREQUEST_H

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace mobileone::schedules {

enum class ElementType : uint8_t { F32, U8, F16 };

int bytesOf(ElementType type);
/// "f32", "u8", "f16".
const char *nameOf(ElementType type);

enum class Activation : uint8_t { None, ReLU };

/// The operations that kernels are made of. One file in `algorithms/` each.
enum class OpKind : uint8_t {
  /// The caller's image to normalized f32: (v - mean[c]) / std[c].
  ReadInput,
  /// 2-D convolution, zero padding, bias; `groups` is 1 or the channel count.
  Conv,
  /// inputs: activations, gate (c, 1, 1). activations * gate, then activation.
  Scale,
  /// (c, x, y) -> (c, 1, y): sums over x.
  RowSums,
  /// Squeeze-excite's two layers: inputs: row sums (c, 1, y).
  /// sigmoid(expand(relu(reduce(sum_y / pixels)))) -> (c, 1, 1).
  Excite,
  /// (c, x, y) -> (c, 1, 1).
  GlobalAveragePool,
  /// (c, 1, 1) -> (n, 1, 1), with bias.
  Linear,
  /// A copy into the caller's layout.
  WriteOutput
};

/// Logical extents of a tensor, without padding.
struct Shape {
  int channels = 1;
  int width = 1;
  int height = 1;
};

/// A buffer that a kernel reads or writes.
struct Operand {
  Shape shape;
  ElementType type = ElementType::F32;
  /// Channels that exist in memory, padding included; the padding holds zeros
  /// and the kernel must write it. Equal to shape.channels where the caller
  /// owns the memory.
  int storedChannels = 1;
  /// Strides in elements of (channel, x, y).
  std::array<int, 3> strides = {1, 1, 1};
  /// Elements from one image to the next; 0 where the buffer has no dimension
  /// of images.
  int imageStride = 0;
  /// Pixels of zeros around (x, y) that readers may rely on. Writers must not
  /// touch them: whoever calls the kernel writes them.
  int border = 0;
};

/// One operation. Its inputs are value numbers: 0 .. inputs.size()-1 are the
/// request's inputs, then follows one value per op in order.
struct Op {
  OpKind kind = OpKind::Conv;
  std::vector<int> inputs;
  Shape result;
  /// Of the result where it leaves the kernel. What stays inside may be kept
  /// wider.
  ElementType type = ElementType::F32;
  Activation activation = Activation::None;
  // Conv.
  int kernel = 1, stride = 1, padding = 0, groups = 1;
  // Conv, Linear, Excite: of the filters.
  ElementType weightType = ElementType::F32;
  // Conv, Linear: what products are added up in, and biases are. Scale: what
  // is multiplied in. F16 on machines with arithmetic in half precision only,
  // and where input and filter are F16.
  ElementType accumulatorType = ElementType::F32;
  // Excite: width of the hidden layer, pixels of the pooled map.
  int hidden = 0, pixels = 0;
  // ReadInput: one value per channel, or empty for 0 and 1.
  std::vector<float> mean, standardDeviation;
};

/// Facts about the machine that schedules choose by. Data only; the compiler
/// fills it from its list of devices.
struct Machine {
  std::string name; ///< "x86-64-v4".
  /// Folder with schedules: "x86", "arm64", "cuda", or "generic".
  std::string family;
  std::string halideTarget; ///< Without no_runtime and the like.
  int vectorBytes = 16;
  int vectorRegisters = 16;
  int l1Bytes = 32 * 1024;
  int l2Bytes = 512 * 1024;
  /// Channels of activations in memory are a multiple of this.
  int channelAlignment = 16;
  /// Multiply-adds of halves are instructions.
  bool halfArithmetic = false;
  /// Activations have zeros around them in memory where a padded convolution
  /// reads them; else kernels look at the edges themselves.
  bool hasBorders = true;
  /// A kernel computes all images of a batch, not one.
  bool computesBatch = false;
  /// Its code can name halves; else kernels compute them from their bits.
  bool hasHalfType = true;
  /// Of a GPU; 0 elsewhere. Each runs blocks of threads.
  int multiprocessors = 0;
  /// Of memory that the threads of a block share.
  int sharedBytes = 0;
};

struct KernelOutput {
  int value; ///< Number of the value that is written.
  Operand operand;
};

/// What one kernel computes.
struct KernelRequest {
  std::string name; ///< A C identifier, unique within the model.
  Machine machine;
  /// Images that one call computes: 1 unless the machine computes batches.
  int images = 1;
  std::vector<Operand> inputs;
  std::vector<Op> ops;
  std::vector<KernelOutput> outputs;
  /// Overrides of the schedule's own choices, by parameter name; from tuning.
  std::map<std::string, int> parameters;
};

/// How a weight operand lies in memory, zero-padded.
enum class PackingKind : uint8_t {
  /// A vector: [padded outputs].
  Vector,
  /// A depthwise filter: [tap][padded channels], tap = ky * kernel + kx.
  DepthwiseTaps,
  /// A dense filter: [output / panel][tap][input][output % panel]. A linear
  /// layer or pointwise convolution has one tap.
  Panels
};

struct WeightPacking {
  PackingKind kind = PackingKind::Vector;
  ElementType type = ElementType::F32;
  /// Panels: outputs per panel; divides paddedOutputs.
  int panel = 1;
  int taps = 1;
  int inputs = 1, outputs = 1; ///< Logical; depthwise: inputs is 1.
  int paddedInputs = 1, paddedOutputs = 1;

  int64_t elements() const {
    return int64_t(taps) * paddedInputs * paddedOutputs;
  }
};

/// Memory for a value that the kernel keeps between its stages, private to a
/// thread. It is passed as an output buffer.
struct ScratchBuffer {
  /// What it is for: the number of the value that it is or belongs to.
  int value;
  /// Its extents may differ from the value's; 64-byte aligned.
  Operand operand;
  /// The tile's rows only, or, if false, all of it in every tile. Only where
  /// tiles cut y.
  bool followsTile = true;
};

/// A schedule's decisions about a request.
struct KernelLayout {
  std::string schedule; ///< Name of the schedule that made it.
  /// The dimension (0 = channel, 2 = y) of every output that tiles cut, or -1
  /// for one tile. The last tile may be smaller.
  int tileDimension = -1;
  int tileExtent = 0;
  int tileCount = 1;
  /// Per weight operand, in the order of `weightOperands`.
  std::vector<WeightPacking> weights;
  std::vector<ScratchBuffer> scratch;
  /// What was chosen, by parameter name: for the manifest and for tuning.
  std::map<std::string, int> parameters;
};

/// The arguments of a compiled kernel, in order: the request's inputs, the
/// weights, the layout's scratch buffers, the request's outputs. A tile's call
/// passes inputs and weights whole, and views of the tile of every output and
/// of the scratch buffers that follow tiles; coordinates stay those of the
/// whole tensor, so the view of tile t starts at t * tileExtent. Strides and
/// the extents of outputs in dimensions that are not cut are constants of the
/// kernel; mins and a tile's extent are read from the buffers.
///
/// A GPU's kernel is launched with the buffers' addresses: all its mins are 0,
/// all extents and strides constants.
///
/// Weight operands in order, op by op: Conv and Linear have filter, bias;
/// Excite has reduce filter, reduce bias, expand filter, expand bias.
enum class WeightRole : uint8_t {
  Filter,
  Bias,
  ReduceFilter,
  ReduceBias,
  ExpandFilter,
  ExpandBias
};
struct WeightOperand {
  int op;
  WeightRole role;
};
std::vector<WeightOperand> weightOperands(const KernelRequest &request);

/// The three-dimensional view of a packed weight operand that its kernel reads:
/// Vector (output, 1, 1), DepthwiseTaps (channel, tap, 1), Panels
/// (output % panel, tap * paddedInputs + input, output / panel), all dense.
Operand packedOperand(const WeightPacking &packing);

/// The shape of value number `value`.
const Shape &shapeOf(const KernelRequest &request, int value);

/// The request as text, one line per input, op and output: equal texts, equal
/// kernels. `name` is not part of it.
std::string print(const KernelRequest &request);

/// What of `request` decides how fast a schedule is on a machine: as `print`,
/// without machine and parameters, and without the constants of normalization.
/// Tuned parameters are kept by this text.
std::string printWorkload(const KernelRequest &request);

/// Multiply-adds of the convolutions and linear layers of `request`, of one
/// image.
int64_t multiplyAdds(const KernelRequest &request);

} // namespace mobileone::schedules

#endif // MOBILEONE_SCHEDULES_KERNELREQUEST_H
