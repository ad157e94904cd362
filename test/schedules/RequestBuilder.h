//===- RequestBuilder.h - Short ways to write requests ----------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef MOBILEONE_TEST_SCHEDULES_REQUESTBUILDER_H
#define MOBILEONE_TEST_SCHEDULES_REQUESTBUILDER_H

#include "KernelRunner.h"

namespace mobileone::schedules::testing {

/// Appends inputs, operations and outputs to a request; each returns the number
/// of its value. Inputs come first.
struct RequestBuilder {
  KernelRequest request;

  explicit RequestBuilder(const std::string &machine)
      : request(requestFor(machine)) {}

  /// Activations in the arena: NHWC, padded channels.
  Operand activations(Shape shape, int border) const;
  int input(Shape shape, int border = 0);
  /// The caller's memory: dense NHWC or NCHW.
  Operand dense(Shape shape, bool channelsFirst, ElementType type) const;
  int callerInput(Shape shape, bool channelsFirst, ElementType type);

  int op(OpKind kind, std::vector<int> inputs, Shape result,
         Activation activation = Activation::None);
  int readInput(int input, bool normalize);
  int conv(int input, int channels, int kernel, int stride,
           Activation activation = Activation::ReLU);
  int depthwise(int input, int kernel, int stride,
                Activation activation = Activation::ReLU);
  int scale(int input, int gate, Activation activation = Activation::ReLU);
  int rowSums(int input);
  int excite(int rowSums, int hidden, int pixels);
  int pool(int input);
  int linear(int input, int outputs);
  int writeOutput(int input);

  void output(int value, int border = 0);
  void callerOutput(int value, bool channelsFirst);

  /// Makes activations and filters f16, as the compiler does it, and, on a
  /// machine with arithmetic in half precision, sums.
  void lowerPrecision();

private:
  void addImages(Operand &operand) const;
};

} // namespace mobileone::schedules::testing

#endif // MOBILEONE_TEST_SCHEDULES_REQUESTBUILDER_H
