//===- PyTorchFileTest.cpp - Recognizes pickled checkpoints ---------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Weights/PyTorchFile.h"
#include "test/Weights/SafetensorsBytes.h"

#include <gtest/gtest.h>

using namespace mobileone;

TEST(PyTorchFile, IsKnownByItsFirstBytes) {
  EXPECT_TRUE(isPyTorchFile("w.safetensors", "PK\x03\x04 and so on"));
  EXPECT_TRUE(isPyTorchFile("w.safetensors", "\x80\x02\x8a\x0a and so on"));
  EXPECT_TRUE(isPyTorchFile("w", "\x80\x05"));
  EXPECT_FALSE(isPyTorchFile("w", "\x80\x01"));
  EXPECT_FALSE(isPyTorchFile("w", ""));
  EXPECT_FALSE(isPyTorchFile("w", "hello"));
}

TEST(PyTorchFile, IsKnownByItsName) {
  for (const char *name :
       {"a.pth", "a.pt", "b/a.pth.tar", "pytorch_model.bin", "a.ckpt", "a.pkl"})
    EXPECT_TRUE(isPyTorchFile(name, "anything")) << name;
  EXPECT_FALSE(isPyTorchFile("a.path", "anything"));
  EXPECT_FALSE(isPyTorchFile(".pth", "anything"));
}

TEST(PyTorchFile, SafetensorsAreNone) {
  EXPECT_FALSE(isPyTorchFile("a.pth", safetensorsOf("{}")));
  // A header of 0x280 bytes starts like a pickle.
  std::string file = safetensorsOf("{" + std::string(0x27E, ' ') + "}");
  ASSERT_EQ(file.substr(0, 2), "\x80\x02");
  EXPECT_FALSE(isPyTorchFile("a.safetensors", file));
}

TEST(PyTorchFile, TheCommandNamesBothFiles) {
  const std::string script =
      "python3 -c \"import sys, torch, safetensors.torch as st; s = "
      "torch.load(sys.argv[1], map_location='cpu', weights_only=True); s = "
      "s.get('state_dict', s); st.save_file({k: v.contiguous().clone() for k, "
      "v in s.items()}, sys.argv[2])\" ";
  EXPECT_EQ(conversionCommand("a/b.pth.tar"),
            script + "'a/b.pth.tar' 'a/b.safetensors'");
  EXPECT_EQ(conversionCommand("it's"),
            script + "'it'\"'\"'s' 'it'\"'\"'s.safetensors'");
}
