//===- LoweredKernelTests.cpp - What printed kernels look like ------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/Cpp/LoweredKernel.h"
#include "compiler/Codegen/Cpp/UnsupportedIr.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace mobileone;
using Halide::Func;
using Halide::ImageParam;
using Halide::RDom;
using Halide::Var;
using ::testing::HasSubstr;
using ::testing::Not;

namespace {

std::string print(Func func, const std::vector<Halide::Argument> &arguments) {
  Halide::Target target = withoutHalideRuntime(
      Halide::Target("x86-64-linux-sse41-avx-avx2-f16c-fma"));
  Halide::Module module =
      Halide::Pipeline(func).compile_to_module(arguments, "kernel", target);
  return printLoweredKernel(module.functions().front(),
                            {"test_vector.h", "test::level", "kernel", ""},
                            {"stage1.0\n\ndetails", {}});
}

/// A matrix product with 2 x 3 vectors of accumulators.
std::string printProduct() {
  ImageParam filter(Halide::Float(32), 2, "filter");
  ImageParam pixels(Halide::Float(32), 2, "pixels");
  Func sums("sums"), result("result");
  Var c("c"), x("x"), outer("outer"), inner("inner"), block("block");
  RDom r(0, 64, "input");
  sums(c, x) = 0.0f;
  sums(c, x) += filter(c, r) * pixels(r, x);
  result(c, x) = Halide::max(sums(c, x), 0.0f);
  result.output_buffer().dim(0).set_bounds(0, 16).set_stride(1);
  result.output_buffer().dim(1).set_bounds(0, 12).set_stride(16);
  filter.dim(0).set_bounds(0, 16);
  filter.dim(1).set_bounds(0, 64).set_stride(16);
  pixels.dim(0).set_bounds(0, 64);
  pixels.dim(1).set_bounds(0, 12).set_stride(64);
  result.split(x, block, x, 3).reorder(c, x, block).vectorize(c, 8);
  result.unroll(c).unroll(x);
  sums.compute_at(result, block).vectorize(c, 8).unroll(c).unroll(x);
  sums.update().reorder(c, x, r).vectorize(c, 8).unroll(c).unroll(x);
  return print(result, {filter, pixels});
}

TEST(LoweredKernelTest, NamesAccumulators) {
  std::string text = printProduct();
  EXPECT_THAT(text, HasSubstr("f32x8 sums_1_2 = "));
  EXPECT_THAT(text, HasSubstr("sums_1_2 += filter_1 * pixels_2;"));
  EXPECT_THAT(text, Not(HasSubstr("alignas")));
}

TEST(LoweredKernelTest, LoadsOnceWhatIsUsedOften) {
  std::string text = printProduct();
  EXPECT_THAT(text, HasSubstr("const f32x8 filter_0 = loadOnce<f32x8>(&filter["
                              "input * 16]);"));
}

TEST(LoweredKernelTest, ReadsLikeCode) {
  std::string text = printProduct();
  EXPECT_THAT(text, HasSubstr("// stage1.0\n//\n// details\n\n#include "
                              "\"test_vector.h\"\n"));
  EXPECT_THAT(text, HasSubstr("namespace test::level {"));
  EXPECT_THAT(text, HasSubstr("for (int32_t block = 0; block < 4; ++block) {"));
  EXPECT_THAT(text,
              HasSubstr("for (int32_t input = 0; input < 64; ++input) {"));
  EXPECT_THAT(text, HasSubstr("relu(sums_0_0)"));
  EXPECT_THAT(text, HasSubstr("int32_t kernel(void **arguments) {"));
  EXPECT_THAT(text, Not(HasSubstr("$")));
}

TEST(LoweredKernelTest, DoesNotShowHalidesCounters) {
  EXPECT_EQ(printProduct(), printProduct());
}

TEST(LoweredKernelTest, RoundsQuotientsDown) {
  ImageParam input(Halide::Int(32), 1, "input");
  Func result("result");
  Var x("x");
  result(x) = input(x) / 3 + input(x) % 8 + input(x) / 4;
  std::string text = print(result, {input});
  EXPECT_THAT(text, HasSubstr("floorQuotient("));
  EXPECT_THAT(text, HasSubstr("& 7"));
  EXPECT_THAT(text, HasSubstr(">> 2"));
}

/// What is said about `func`.
std::string problemOf(Func func,
                      const std::vector<Halide::Argument> &arguments) {
  try {
    print(func, arguments);
  } catch (const UnsupportedIr &error) {
    return error.what();
  }
  return "";
}

TEST(LoweredKernelTest, RefusesParallelLoops) {
  ImageParam input(Halide::Float(32), 1, "input");
  Func result("result");
  Var x("x");
  result(x) = input(x) + 1.0f;
  result.parallel(x);
  EXPECT_THAT(problemOf(result, {input}), HasSubstr("which is not a buffer"));
}

/// What is said about a kernel of this body, which no schedule makes today.
std::string problemOf(const Halide::Internal::Stmt &body) {
  std::vector<Halide::Internal::LoweredArgument> none;
  Halide::Internal::LoweredFunc function("kernel", none, body,
                                         Halide::LinkageType::External);
  try {
    printLoweredKernel(function, {"test_vector.h", "test", "kernel", ""}, {});
  } catch (const UnsupportedIr &error) {
    return error.what();
  }
  return "";
}

Halide::Internal::Stmt nothing() {
  return Halide::Internal::Evaluate::make(Halide::Expr(0));
}

TEST(LoweredKernelTest, RefusesStatementsWithoutTranslation) {
  using namespace Halide::Internal;
  PrefetchDirective prefetch;
  prefetch.offset = 1;
  EXPECT_EQ(
      problemOf(For::make("y", 0, 4, ForType::Parallel, Halide::Partition::Auto,
                          Halide::DeviceAPI::None, nothing())),
      "a loop that is not serial: 'y'");
  EXPECT_EQ(problemOf(Prefetch::make("input", {Halide::Float(32)},
                                     {Halide::Range(0, 4)}, prefetch,
                                     const_true(), nothing())),
            "a prefetch");
  EXPECT_EQ(problemOf(Atomic::make("sums", "mutex", nothing())),
            "an atomic update");
  EXPECT_EQ(problemOf(Acquire::make(0, 1, nothing())), "a semaphore");
  EXPECT_EQ(problemOf(Fork::make(nothing(), nothing())), "a fork");
  EXPECT_EQ(problemOf(AssertStmt::make(const_true(), Halide::Expr(0))),
            "an assertion");
}

TEST(LoweredKernelTest, RefusesScatteredStores) {
  ImageParam places(Halide::Int(32), 1, "places");
  Func result("result");
  Var x("x");
  RDom r(0, 8, "element");
  result(x) = 0.0f;
  result(Halide::clamp(places(r), 0, 15)) = 1.0f;
  result.output_buffer().dim(0).set_bounds(0, 16);
  places.dim(0).set_bounds(0, 8);
  result.update().allow_race_conditions().vectorize(r);
  EXPECT_THAT(problemOf(result, {places}),
              HasSubstr("a scattered store to 'result"));
}

TEST(LoweredKernelTest, RefusesLargeArrays) {
  ImageParam input(Halide::Float(32), 1, "input");
  Func copy("copy"), result("result");
  Var x("x");
  copy(x) = input(x) + 1.0f;
  result(x) = copy(x) + copy(99999 - x);
  result.output_buffer().dim(0).set_bounds(0, 100000);
  copy.compute_root().store_in(Halide::MemoryType::Stack);
  EXPECT_THAT(problemOf(result, {input}), HasSubstr("bytes: at most 65536"));
}

TEST(LoweredKernelTest, RefusesUnknownFunctions) {
  ImageParam input(Halide::Float(32), 1, "input");
  Func result("result");
  Var x("x");
  result(x) = Halide::atan(input(x));
  EXPECT_THAT(problemOf(result, {input}), HasSubstr("no translation of"));
}

TEST(LoweredKernelTest, RefusesQuotientsByVariables) {
  ImageParam input(Halide::Int(32), 1, "input");
  Func result("result");
  Var x("x");
  result(x) = input(x) / input(x + 1);
  EXPECT_NE(problemOf(result, {input}), "");
}

} // namespace
