//===- Sha256.cpp - SHA-256 -----------------------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Sha256.h"

#include <string.h>

using namespace mobileone::runtime;

namespace {

constexpr uint32_t roundConstants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1,
    0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
    0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
    0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
    0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
    0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
    0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
    0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
    0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};
constexpr uint32_t initialState[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372,
                                      0xa54ff53a, 0x510e527f, 0x9b05688c,
                                      0x1f83d9ab, 0x5be0cd19};
constexpr uint32_t blockBytes = 64;

uint32_t rotate(uint32_t value, int bits) {
  return (value >> bits) | (value << (32 - bits));
}

uint32_t readBigEndian(const uint8_t *bytes) {
  return uint32_t(bytes[0]) << 24 | uint32_t(bytes[1]) << 16 |
         uint32_t(bytes[2]) << 8 | bytes[3];
}

void expandBlock(const uint8_t *block, uint32_t *w) {
  for (int i = 0; i < 16; ++i)
    w[i] = readBigEndian(block + 4 * i);
  for (int i = 16; i < 64; ++i) {
    uint32_t a = w[i - 15], b = w[i - 2];
    w[i] = w[i - 16] + (rotate(a, 7) ^ rotate(a, 18) ^ (a >> 3)) + w[i - 7] +
           (rotate(b, 17) ^ rotate(b, 19) ^ (b >> 10));
  }
}

/// FIPS 180-4, 6.2.2; `s` holds a to h.
void addBlock(uint32_t *state, const uint8_t *block) {
  uint32_t w[64], s[8];
  expandBlock(block, w);
  memcpy(s, state, sizeof(s));
  for (int i = 0; i < 64; ++i) {
    uint32_t choice = (s[4] & s[5]) ^ (~s[4] & s[6]);
    uint32_t majority = (s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]);
    uint32_t first = s[7] + choice + roundConstants[i] + w[i] +
                     (rotate(s[4], 6) ^ rotate(s[4], 11) ^ rotate(s[4], 25));
    uint32_t second =
        majority + (rotate(s[0], 2) ^ rotate(s[0], 13) ^ rotate(s[0], 22));
    memmove(s + 1, s, 7 * sizeof(s[0]));
    s[4] += first;
    s[0] = first + second;
  }
  for (int i = 0; i < 8; ++i)
    state[i] += s[i];
}

} // namespace

uint64_t mobileone::runtime::sha256Prefix(const uint8_t *data, uint64_t bytes) {
  uint32_t state[8];
  memcpy(state, initialState, sizeof(state));
  uint64_t whole = bytes / blockBytes * blockBytes;
  for (uint64_t i = 0; i < whole; i += blockBytes)
    addBlock(state, data + i);

  // The rest, a one bit, zeros, and the length in bits: one block or two.
  uint8_t tail[2 * blockBytes] = {};
  uint64_t rest = bytes - whole;
  if (rest)
    memcpy(tail, data + whole, rest);
  tail[rest] = 0x80;
  uint64_t tailBytes = rest + 9 <= blockBytes ? blockBytes : 2 * blockBytes;
  for (int i = 0; i < 8; ++i)
    tail[tailBytes - 1 - i] = uint8_t(bytes * 8 >> (8 * i));
  for (uint64_t i = 0; i < tailBytes; i += blockBytes)
    addBlock(state, tail + i);
  return uint64_t(state[0]) << 32 | state[1];
}
