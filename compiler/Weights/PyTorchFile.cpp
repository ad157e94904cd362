//===- PyTorchFile.cpp - Recognizes pickled checkpoints -------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Weights/PyTorchFile.h"

#include "compiler/Support/Diagnostics.h"

#include <fmt/format.h>

using namespace mobileone;

static constexpr std::string_view suffixes[] = {".pth.tar", ".pth", ".pt",
                                                ".ckpt",    ".bin", ".pkl"};

/// The suffix that PyTorch's files have, or empty.
static std::string_view pyTorchSuffix(std::string_view path) {
  for (std::string_view suffix : suffixes)
    if (path.size() > suffix.size() &&
        path.substr(path.size() - suffix.size()) == suffix)
      return suffix;
  return "";
}

bool mobileone::isPyTorchFile(const std::string &path, std::string_view bytes) {
  // The header length of a safetensors file may look like a pickle's start.
  if (bytes.size() > 8 && bytes[8] == '{')
    return false;
  bool isZip = bytes.substr(0, 4) == "PK\x03\x04";
  bool isPickle =
      bytes.size() >= 2 && bytes[0] == '\x80' && bytes[1] >= 2 && bytes[1] <= 5;
  return isZip || isPickle || !pyTorchSuffix(path).empty();
}

/// `text` as one word of a POSIX shell, without backslashes, which messages
/// double.
static std::string quoteForShell(const std::string &text) {
  std::string quoted = "'";
  for (char c : text)
    quoted += c == '\'' ? std::string("'\"'\"'") : std::string(1, c);
  return quoted + "'";
}

std::string mobileone::conversionCommand(const std::string &path) {
  std::string target =
      path.substr(0, path.size() - pyTorchSuffix(path).size()) + ".safetensors";
  return fmt::format(
      "python3 -c \"import sys, torch, safetensors.torch as st; s = "
      "torch.load(sys.argv[1], map_location='cpu', weights_only=True); s = "
      "s.get('state_dict', s); st.save_file({{k: v.contiguous().clone() for k, "
      "v in s.items()}}, sys.argv[2])\" {} {}",
      escapeForDisplay(quoteForShell(path)),
      escapeForDisplay(quoteForShell(target)));
}
