//===- LoadStreamsTests.cpp - Weights four vectors at a time --------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/LoadStreams.h"

#include "llvm/AsmParser/Parser.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/Verifier.h"
#include "llvm/Support/SourceMgr.h"
#include "gtest/gtest.h"

namespace {

/// A loop that moves an address on by `step` bytes an iteration, loads vectors
/// of `type` from there at `offsets`, adds them up, and runs `more`.
std::string loopOf(int step, const std::vector<int> &offsets,
                   const std::string &type = "<4 x float>",
                   const std::string &more = "") {
  std::string body, sum = "%sum";
  for (size_t i = 0; i < offsets.size(); ++i) {
    std::string n = std::to_string(i);
    body += "%p" + n + " = getelementptr i8, ptr %p, i64 " +
            std::to_string(offsets[i]) + "\n%v" + n + " = load " + type +
            ", ptr %p" + n + ", align 4\n%s" + n + " = fadd " + type + " " +
            sum + ", %v" + n + "\n";
    sum = "%s" + n;
  }
  return "target triple = \"aarch64-unknown-linux-gnu\"\n"
         "define " +
         type + " @f(ptr %start, i64 %count) {\nentry:\n  br label %loop\n" +
         "loop:\n  %i = phi i64 [ 0, %entry ], [ %j, %loop ]\n  %sum = phi " +
         type + " [ zeroinitializer, %entry ], [ " + sum + ", %loop ]\n" +
         "%at = mul i64 %i, " + std::to_string(step) +
         "\n%p = getelementptr i8, ptr %start, i64 %at\n" + body + more +
         "\n%j = add nuw nsw i64 %i, 1\n%more = icmp ult i64 %j, %count\n"
         "br i1 %more, label %loop, label %end\nend:\n  ret " +
         type + " " + sum + "\n}\n";
}

/// Offsets from `first` on, one per vector.
std::vector<int> row(int first, int vectors) {
  std::vector<int> offsets;
  for (int i = 0; i < vectors; ++i)
    offsets.push_back(first + 16 * i);
  return offsets;
}

/// The function after the rewriting.
std::string rewritten(const std::string &source) {
  llvm::LLVMContext context;
  llvm::SMDiagnostic error;
  auto module = llvm::parseAssemblyString(source, error, context);
  EXPECT_TRUE(module) << error.getMessage().str() << "\n" << source;
  llvm::Function &function = *module->getFunction("f");
  mobileone::loadStreams(function);
  EXPECT_FALSE(llvm::verifyFunction(function, &llvm::errs()));
  std::string text;
  llvm::raw_string_ostream stream(text);
  function.print(stream);
  return text;
}

int count(const std::string &text, const std::string &part) {
  int found = 0;
  for (size_t at = text.find(part); at != std::string::npos;
       at = text.find(part, at + 1))
    ++found;
  return found;
}

TEST(LoadStreams, RowOfAnIterationIsLoadedByFours) {
  std::string text = rewritten(loopOf(128, row(0, 8)));
  EXPECT_EQ(count(text, "call { <4 x float>, <4 x float>"), 2) << text;
  EXPECT_EQ(count(text, " load "), 0) << text;
  EXPECT_EQ(count(text, "%stream = phi ptr [ %start, %entry ]"), 1) << text;
}

TEST(LoadStreams, RowMayStartAnywhereAndBeLoadedInAnyOrder) {
  std::vector<int> offsets = row(-48, 8);
  std::swap(offsets.front(), offsets.back());
  offsets.push_back(offsets.front());
  std::string text = rewritten(loopOf(128, offsets, "<8 x half>"));
  EXPECT_EQ(count(text, "call { <8 x half>, <8 x half>"), 2) << text;
  EXPECT_EQ(count(text, " load "), 0) << text;
}

TEST(LoadStreams, OtherLoadsStay) {
  // A gap, part of what lies between iterations, more than that, one quad, and
  // a step that is no multiple of a quad.
  std::vector<int> gap = row(0, 8);
  gap[3] = 256;
  for (const std::string &source :
       {loopOf(128, gap), loopOf(256, row(0, 8)), loopOf(128, row(0, 9)),
        loopOf(64, row(0, 4)), loopOf(144, row(0, 9))})
    EXPECT_EQ(count(rewritten(source), "ld1x4"), 0) << source;
}

TEST(LoadStreams, LoopsThatWriteStay) {
  std::string store = "store i32 1, ptr %start";
  EXPECT_EQ(
      count(rewritten(loopOf(128, row(0, 8), "<4 x float>", store)), "ld1x4"),
      0);
}

TEST(LoadStreams, TwoRowsOfALoopAreTwoStreams) {
  std::vector<int> offsets = row(0, 8);
  for (int offset : row(4096, 8))
    offsets.push_back(offset);
  std::string text = rewritten(loopOf(128, offsets));
  EXPECT_EQ(count(text, "call { <4 x float>, <4 x float>"), 4) << text;
  EXPECT_EQ(count(text, " = phi ptr "), 2) << text;
}

TEST(LoadStreams, QuadWaitsForSumsThatAreDone) {
  // Of a chain through all vectors, the last one.
  std::string text = rewritten(loopOf(128, row(0, 8)));
  EXPECT_EQ(count(text, "\"=r,=w,0,1,~{memory}\""), 2) << text;
}

TEST(LoadStreams, SumsOfHalvesHaveUpperRegisters) {
  std::string text = rewritten(loopOf(128, row(0, 8), "<8 x half>"));
  EXPECT_EQ(count(text, "\"=r,={v16},0,1,~{memory}\""), 2) << text;
}

} // namespace
