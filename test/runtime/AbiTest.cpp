//===- AbiTest.cpp - Tests that the ABI is Halide's -----------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Kernels are made by Halide and read `halide_buffer_t`; the runtime passes
// `mobileone_buffer`. Both must have the same fields at the same places.
//
//===----------------------------------------------------------------------===//

#include "mobileone/model_abi.h"

#include <HalideRuntime.h>
#include <gtest/gtest.h>

namespace {

#define SAME_FIELD(ours, theirs, field)                                        \
  static_assert(offsetof(ours, field) == offsetof(theirs, field) &&            \
                sizeof(ours::field) == sizeof(theirs::field))

static_assert(sizeof(mobileone_buffer) == sizeof(halide_buffer_t));
SAME_FIELD(mobileone_buffer, halide_buffer_t, device);
SAME_FIELD(mobileone_buffer, halide_buffer_t, device_interface);
SAME_FIELD(mobileone_buffer, halide_buffer_t, host);
SAME_FIELD(mobileone_buffer, halide_buffer_t, flags);
SAME_FIELD(mobileone_buffer, halide_buffer_t, type);
SAME_FIELD(mobileone_buffer, halide_buffer_t, dimensions);
SAME_FIELD(mobileone_buffer, halide_buffer_t, dim);
SAME_FIELD(mobileone_buffer, halide_buffer_t, padding);

static_assert(sizeof(mobileone_dimension) == sizeof(halide_dimension_t));
SAME_FIELD(mobileone_dimension, halide_dimension_t, min);
SAME_FIELD(mobileone_dimension, halide_dimension_t, extent);
SAME_FIELD(mobileone_dimension, halide_dimension_t, stride);
SAME_FIELD(mobileone_dimension, halide_dimension_t, flags);

static_assert(sizeof(mobileone_element_type) == sizeof(halide_type_t));
SAME_FIELD(mobileone_element_type, halide_type_t, code);
SAME_FIELD(mobileone_element_type, halide_type_t, bits);
SAME_FIELD(mobileone_element_type, halide_type_t, lanes);
static_assert(MOBILEONE_CODE_INT == int(halide_type_int));
static_assert(MOBILEONE_CODE_UINT == int(halide_type_uint));
static_assert(MOBILEONE_CODE_FLOAT == int(halide_type_float));

// The tables as the compiler emits them, on 64-bit machines. A change here is a
// new MOBILEONE_ABI_VERSION.
static_assert(MOBILEONE_ABI_VERSION == 2);
static_assert(sizeof(void *) != 8 || sizeof(mobileone_operand) == 88);
static_assert(sizeof(void *) != 8 || sizeof(mobileone_step) == 56);
static_assert(sizeof(void *) != 8 || sizeof(mobileone_program) == 64);
static_assert(sizeof(void *) != 8 || sizeof(mobileone_launch) == 48);
static_assert(sizeof(mobileone_launch_argument) == 16);
static_assert(sizeof(void *) != 8 || sizeof(mobileone_device_code) == 24);
static_assert(sizeof(void *) != 8 || sizeof(mobileone_tensor) == 64);
static_assert(sizeof(void *) != 8 || sizeof(mobileone_model) == 80);

TEST(AbiTest, HalideReadsOurBuffers) {
  mobileone_dimension dimensions[3] = {
      {0, 4, 1, 0}, {-1, 7, 4, 0}, {2, 5, 28, 0}};
  float values[4 * 7 * 5];
  mobileone_buffer buffer = {};
  buffer.host = reinterpret_cast<uint8_t *>(values);
  buffer.type = {MOBILEONE_CODE_FLOAT, 32, 1};
  buffer.dimensions = 3;
  buffer.dim = dimensions;
  const auto &halide = reinterpret_cast<const halide_buffer_t &>(buffer);
  EXPECT_EQ(halide.type, halide_type_of<float>());
  EXPECT_EQ(halide.number_of_elements(), 140u);
  EXPECT_EQ(halide.begin(), buffer.host);
  EXPECT_EQ(halide.end(), reinterpret_cast<uint8_t *>(values + 140));
  const int position[] = {3, -1, 3};
  EXPECT_EQ(halide.address_of(position),
            reinterpret_cast<uint8_t *>(values + 3 + 28));
}

} // namespace
