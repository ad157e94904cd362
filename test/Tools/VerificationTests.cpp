//===- VerificationTests.cpp - Libraries that do not fit ------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/LocalExecution.h"
#include "compiler/Tools/ModelSession.h"
#include "compiler/Tools/Verification.h"
#include "test/Support/TemporaryFolder.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

#include <fmt/format.h>

using namespace mobileone;
using testing::HasSubstr;

namespace {

/// A network with its library.
struct Compiled {
  CompileResult result;
  LoadedModel library;
};

class VerificationTest : public testing::Test {
protected:
  /// A network of one stage, for the lowest level.
  Compiled makeNetwork(int channels, int blocks) {
    std::string name = fmt::format("net_{}_{}", channels, blocks);
    CompileOptions options;
    options.spec = folder.write(
        name + ".json", fmt::format(R"({{"spec_version": 1, "name": "{}",
                        "input": {{"height": 8, "width": 8}},
                        "stem": {{"channels": 8}},
                        "stages": [{{"channels": {}, "blocks": {}}}],
                        "head": {{"kind": "classifier", "classes": 4}}}})",
                                    name, channels, blocks));
    options.randomSeed = 1;
    options.targets = findTargets({"x86-64"}, diagnostics);
    options.output = folder.file(name);
    auto result = compile(options, diagnostics);
    auto library = LoadedModel::load(options.output, diagnostics);
    if (!result || !library)
      throw std::runtime_error(diagnostics.str());
    return {std::move(*result), std::move(*library)};
  }

  /// The error of comparing `library` with what another network computes.
  std::string verifyOther(const Compiled &network, const Compiled &other) {
    std::FILE *sink = std::tmpfile();
    Progress progress(sink, Progress::Style::Lines);
    LocalExecution execution(other.library);
    EXPECT_FALSE(
        verify(network.result, execution, {}, 1, progress, diagnostics));
    std::fclose(sink);
    EXPECT_EQ(diagnostics.exitCode(), int(ErrorKind::Internal));
    return diagnostics.str();
  }

  TemporaryFolder folder;
  DiagnosticList diagnostics;
};

TEST_F(VerificationTest, LibraryOfAnotherDepth) {
  Compiled network = makeNetwork(16, 1), deeper = makeNetwork(16, 3);
  EXPECT_THAT(verifyOther(network, deeper), HasSubstr("steps for "));
}

TEST_F(VerificationTest, LibraryOfAnotherWidth) {
  Compiled wide = makeNetwork(64, 1), narrow = makeNetwork(16, 1);
  EXPECT_THAT(verifyOther(wide, narrow), HasSubstr("has no operand that is the "
                                                   "result 0 of kernel '"));
}

TEST_F(VerificationTest, LevelThatTheLibraryLacks) {
  Compiled network = makeNetwork(16, 1);
  EXPECT_FALSE(ModelSession::create(network.library, 1, 4, diagnostics));
  EXPECT_EQ(diagnostics.exitCode(), int(ErrorKind::Unsupported));
  EXPECT_THAT(diagnostics.str(),
              HasSubstr("the library holds code for x86-64; compile it with "
                        "--target host"));
}

} // namespace
