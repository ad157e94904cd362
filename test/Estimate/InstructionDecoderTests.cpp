//===- InstructionDecoderTests.cpp - Tests of classifying instructions ----===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Estimate/InstructionDecoder.h"

#include "llvm/ADT/StringExtras.h"

#include "gtest/gtest.h"

using namespace mobileone;

namespace {
/// An instruction and all that is not 0 of what it counts as.
struct Sample {
  const char *text, *bytes;
  OperationCounts counts;
};
} // namespace

/// One instruction that takes `slots` and has what `others` say.
template <typename... Others>
static OperationCounts takes(uint64_t slots, Others... others) {
  OperationCounts counts;
  counts.instructions = 1;
  counts.slots = slots;
  for (auto [field, value] :
       std::initializer_list<std::pair<uint64_t OperationCounts::*, uint64_t>>{
           others...})
    counts.*field = value;
  return counts;
}

using Field = std::pair<uint64_t OperationCounts::*, uint64_t>;
static const Field kSimd{&OperationCounts::simd, 1},
    kMultiply{&OperationCounts::multiplies, 1},
    kFma{&OperationCounts::multiplyAdds, 1}, kLoad{&OperationCounts::loads, 1},
    kVectorLoad{&OperationCounts::vectorLoads, 1},
    kStore{&OperationCounts::stores, 1},
    kVectorStore{&OperationCounts::vectorStores, 1},
    kBranch{&OperationCounts::branches, 1};

static OperationCounts count(const char *architecture, const std::string &hex,
                             uint64_t address, uint64_t &unknown) {
  auto decoder = InstructionDecoder::create(architecture);
  std::string bytes;
  EXPECT_TRUE(decoder && llvm::tryGetFromHex(hex, bytes));
  return decoder->count({address, 1, bytes}, unknown);
}

static void expectEqual(const OperationCounts &counts,
                        const OperationCounts &expected,
                        const std::string &text) {
  EXPECT_EQ(counts.instructions, expected.instructions) << text;
  EXPECT_EQ(counts.slots, expected.slots) << text;
  EXPECT_EQ(counts.simd, expected.simd) << text;
  EXPECT_EQ(counts.multiplies, expected.multiplies) << text;
  EXPECT_EQ(counts.multiplyAdds, expected.multiplyAdds) << text;
  EXPECT_EQ(counts.loads, expected.loads) << text;
  EXPECT_EQ(counts.vectorLoads, expected.vectorLoads) << text;
  EXPECT_EQ(counts.stores, expected.stores) << text;
  EXPECT_EQ(counts.vectorStores, expected.vectorStores) << text;
  EXPECT_EQ(counts.branches, expected.branches) << text;
}

static void expectSamples(const char *architecture,
                          const std::vector<Sample> &samples) {
  for (const Sample &sample : samples) {
    uint64_t unknown = 0;
    expectEqual(count(architecture, sample.bytes, 0, unknown), sample.counts,
                sample.text);
    EXPECT_EQ(unknown, 0u) << sample.text;
  }
}

TEST(InstructionDecoderTest, ClassifiesArm64) {
  Field pair{&OperationCounts::loads, 2},
      vectorPair{&OperationCounts::vectorLoads, 2},
      four{&OperationCounts::loads, 4},
      vectorFour{&OperationCounts::vectorLoads, 4},
      stores{&OperationCounts::stores, 2},
      vectorStores{&OperationCounts::vectorStores, 2};
  expectSamples(
      "aarch64",
      {{"fmla v0.4s, v1.4s, v2.s[1]", "2010a24f",
        takes(1, kSimd, kMultiply, kFma)},
       {"fmla v0.8h, v1.8h, v2.h[3]", "2010324f",
        takes(1, kSimd, kMultiply, kFma)},
       {"fmlal v0.4s, v1.4h, v2.4h", "20ec224e",
        takes(1, kSimd, kMultiply, kFma)},
       {"sdot v0.4s, v1.16b, v2.16b", "2094824e",
        takes(1, kSimd, kMultiply, kFma)},
       {"fmul v0.4s, v1.4s, v2.4s", "20dc226e", takes(1, kSimd, kMultiply)},
       {"fadd v0.4s, v1.4s, v2.4s", "20d4224e", takes(1, kSimd)},
       {"fcvtl v0.4s, v1.4h", "2078210e", takes(1, kSimd)},
       {"dup v0.4s, w1", "200c044e", takes(1, kSimd)},
       {"mov v0.16b, v1.16b", "201ca14e", takes(1)},
       {"orr v0.16b, v1.16b, v2.16b", "201ca24e", takes(1, kSimd)},
       {"movi v0.2d, #0", "00e4006f", takes(1)},
       {"movi v0.4s, #3", "6004004f", takes(1, kSimd)},
       {"ldr q0, [x1]", "2000c03d", takes(1, kLoad, kVectorLoad)},
       {"ldp q0, q1, [x1], #32", "2004c1ac", takes(3, pair, vectorPair)},
       {"ldp x0, x1, [x2]", "400440a9", takes(2, pair)},
       {"ldrb w0, [x1]", "20004039", takes(1, kLoad)},
       {"ld1r {v0.4s}, [x1]", "20c8404d", takes(2, kLoad, kVectorLoad, kSimd)},
       {"ld1 {v0.4s, v1.4s, v2.4s, v3.4s}, [x1]", "2028404c",
        takes(4, four, vectorFour)},
       {"str q0, [x1, #16]!", "200c813c", takes(2, kStore, kVectorStore)},
       {"stp q0, q1, [x1]", "200400ad", takes(2, stores, vectorStores)},
       {"add x0, x1, x2", "2000028b", takes(1)},
       {"prfm pldl1keep, [x1]", "200080f9", takes(1, kLoad)},
       {"b.ne #16", "81000054", takes(1, kBranch)},
       {"cbnz x0, #8", "400000b5", takes(1, kBranch)},
       {"ret", "c0035fd6", takes(1, kBranch)}});
}

TEST(InstructionDecoderTest, ClassifiesX86_64) {
  expectSamples(
      "x86_64",
      {{"vfmadd231ps ymm2, ymm1, ymm0", "c4e275b8d0",
        takes(1, kSimd, kMultiply, kFma)},
       {"vfmadd231ps ymm2, ymm1, [rax]", "c4e275b810",
        takes(1, kSimd, kMultiply, kFma, kLoad, kVectorLoad)},
       {"vfmadd231ps zmm2, zmm1, dword ptr [rax]{1to16}", "62f27558b810",
        takes(1, kSimd, kMultiply, kFma, kLoad, kVectorLoad)},
       {"vmulps ymm2, ymm1, ymm0", "c5f459d0", takes(1, kSimd, kMultiply)},
       {"vpmaddwd ymm2, ymm1, ymm0", "c5f5f5d0", takes(1, kSimd, kMultiply)},
       {"vmaxps ymm2, ymm1, ymm0", "c5f45fd0", takes(1, kSimd)},
       {"vmovups ymm0, [rax]", "c5fc1000", takes(1, kLoad, kVectorLoad)},
       {"vmovss xmm0, [rax]", "c5fa1000", takes(1, kLoad, kVectorLoad)},
       {"vmovups [rax], ymm0", "c5fc1100", takes(1, kStore, kVectorStore)},
       {"vmovaps ymm1, ymm0", "c5fc28c8", takes(1)},
       {"vbroadcastss ymm0, [rax]", "c4e27d1800", takes(1, kLoad, kVectorLoad)},
       {"vbroadcastss ymm0, xmm0", "c4e27d18c0", takes(1, kSimd)},
       {"vcvtph2ps ymm0, [rax]", "c4e27d1300",
        takes(1, kSimd, kLoad, kVectorLoad)},
       {"vinsertf128 ymm1, ymm0, [rax], 1", "c4e37d180801",
        takes(1, kSimd, kLoad, kVectorLoad)},
       {"vxorps xmm0, xmm0, xmm0", "c5f857c0", takes(1)},
       {"vzeroupper", "c5f877", takes(1)},
       {"add rbx, rax", "4801c3", takes(1)},
       {"lea rcx, [rax + rbx]", "488d0c18", takes(1)},
       {"add rbx, [rax]", "480318", takes(1, kLoad)},
       {"add [rbx], rax", "480103", takes(1, kLoad, kStore)},
       {"mov rbx, [rax]", "488b18", takes(1, kLoad)},
       {"push rax", "50", takes(1, kStore)},
       {"pop rax", "58", takes(1, kLoad)},
       {"prefetcht0 [rax]", "0f1808", takes(1, kLoad)},
       {"ret", "c3", takes(1, kLoad, kBranch)}});
}

TEST(InstructionDecoderTest, FusesComparisonsWithBranches) {
  uint64_t unknown = 0;
  // subs x0, x0, #1; b.ne; b.ne: the second one has nothing to fuse with.
  OperationCounts counts =
      count("aarch64", "000400f18100005481000054", 0, unknown);
  EXPECT_EQ(counts.instructions, 3u);
  EXPECT_EQ(counts.slots, 2u);
  // subs, add, b.ne: not beside each other.
  counts = count("aarch64", "000400f12000028b81000054", 0, unknown);
  EXPECT_EQ(counts.slots, 3u);
  // subs; cbnz, which tests a register.
  counts = count("aarch64", "000400f1400000b5", 0, unknown);
  EXPECT_EQ(counts.slots, 2u);
  // cmp rbx, rax; jne
  counts = count("x86_64", "4839c37500", 0, unknown);
  EXPECT_EQ(counts.instructions, 2u);
  EXPECT_EQ(counts.slots, 1u);
  EXPECT_EQ(unknown, 0u);
}

TEST(InstructionDecoderTest, CountsWhatIsNoInstruction) {
  uint64_t unknown = 0;
  OperationCounts counts =
      count("aarch64", "2010a24fffffffff", 0x1000, unknown);
  EXPECT_EQ(counts.instructions, 1u);
  EXPECT_EQ(unknown, 4u);
}

TEST(InstructionDecoderTest, LeavesOutWhatGoesOnInTheNextPage) {
  uint64_t unknown = 0;
  // vmulps, and two bytes of vfmadd231ps at the end of a page.
  OperationCounts counts = count("x86_64", "c5f459d0c4e2", 0x1ffa, unknown);
  EXPECT_EQ(counts.instructions, 1u);
  EXPECT_EQ(unknown, 0u);
  // vmulps, and vmovups without the four bytes of its offset.
  counts = count("x86_64", "c5f459d0c5fc1080", 0x1ff5, unknown);
  EXPECT_EQ(counts.instructions, 1u);
  EXPECT_EQ(unknown, 0u);
  count("x86_64", "c5f459d0c4e2", 0x1fe0, unknown);
  EXPECT_EQ(unknown, 2u);
}

TEST(InstructionDecoderTest, KnowsTwoArchitectures) {
  EXPECT_FALSE(InstructionDecoder::create("riscv64"));
}
