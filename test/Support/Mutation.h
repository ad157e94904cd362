//===- Mutation.h - Random damage to files ----------------------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_TEST_SUPPORT_MUTATION_H
#define MOBILEONE_TEST_SUPPORT_MUTATION_H

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <random>
#include <string>
#include <vector>

namespace mobileone {

/// How many rounds a test of random inputs makes: `sample`, or `all` if the
/// environment sets MOBILEONE_FULL_TESTS.
inline int rounds(int sample, int all) {
  const char *full = std::getenv("MOBILEONE_FULL_TESTS");
  return full && std::strcmp(full, "0") != 0 ? all : sample;
}

/// Damages texts as fuzzers do: bytes flipped, removed, doubled, replaced by
/// tokens that matter to the format, pieces of one input put into another.
class Mutator {
public:
  Mutator(uint64_t seed, std::vector<std::string> tokens)
      : random(seed), tokens(std::move(tokens)) {}

  /// A number below `bound`.
  size_t below(size_t bound) {
    return std::uniform_int_distribution<size_t>(0, bound - 1)(random);
  }

  /// Damages `text` in up to 4 places.
  std::string mutate(std::string text, const std::string &other) {
    for (size_t count = 1 + below(4); count > 0; --count)
      mutateOnce(text, other);
    return text;
  }

private:
  void mutateOnce(std::string &text, const std::string &other) {
    size_t position = below(text.size() + 1);
    size_t length = std::min(below(16), text.size() - position);
    switch (below(6)) {
    case 0:
      if (position < text.size())
        text[position] ^= 1 << below(8);
      break;
    case 1:
      text.erase(position, length);
      break;
    case 2:
      text.insert(position, text.substr(position, length));
      break;
    case 3:
      text.replace(position, length, tokens[below(tokens.size())]);
      break;
    case 4:
      text.insert(position, tokens[below(tokens.size())]);
      break;
    case 5:
      text.replace(position, length,
                   other.substr(below(other.size()), below(64)));
      break;
    }
  }

  std::mt19937_64 random;
  std::vector<std::string> tokens;
};

} // namespace mobileone

#endif // MOBILEONE_TEST_SUPPORT_MUTATION_H
