//===- vector.h - What the kernels' sources are written in ------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Vectors of the compiler's own (GCC 12 and later, Clang 16 and later), and the
// few functions on them that C++ has no operator for. A vector has as many
// lanes as the instruction set that the kernel was made for.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_VECTOR_H
#define MOBILEONE_VECTOR_H

#include "mobileone/model_abi.h"

#include <stdint.h>

namespace mobileone {
namespace vector {
// Without linkage: sources for different instruction sets must not share them.
namespace {

#define MOBILEONE_VECTOR(NAME, ELEMENT, LANES)                                 \
  typedef ELEMENT NAME __attribute__((vector_size(LANES * sizeof(ELEMENT))))

MOBILEONE_VECTOR(f32x2, float, 2);
MOBILEONE_VECTOR(f32x4, float, 4);
MOBILEONE_VECTOR(f32x8, float, 8);
MOBILEONE_VECTOR(f32x16, float, 16);
MOBILEONE_VECTOR(i32x2, int32_t, 2);
MOBILEONE_VECTOR(i32x4, int32_t, 4);
MOBILEONE_VECTOR(i32x8, int32_t, 8);
MOBILEONE_VECTOR(i32x16, int32_t, 16);
MOBILEONE_VECTOR(u32x2, uint32_t, 2);
MOBILEONE_VECTOR(u32x4, uint32_t, 4);
MOBILEONE_VECTOR(u32x8, uint32_t, 8);
MOBILEONE_VECTOR(u32x16, uint32_t, 16);
MOBILEONE_VECTOR(u8x2, uint8_t, 2);
MOBILEONE_VECTOR(u8x4, uint8_t, 4);
MOBILEONE_VECTOR(u8x8, uint8_t, 8);
MOBILEONE_VECTOR(u8x16, uint8_t, 16);
MOBILEONE_VECTOR(u8x32, uint8_t, 32);
MOBILEONE_VECTOR(u8x64, uint8_t, 64);

#undef MOBILEONE_VECTOR

template <typename V> constexpr int lanes() {
  return sizeof(V) / sizeof(V{}[0]);
}

/// The elements at `from`, which need not be aligned to the vector.
template <typename V, typename T> inline V load(const T *from) {
  V result;
  __builtin_memcpy(&result, from, sizeof(V));
  return result;
}

/// The same, for a value that is used several times: keeps it in a register,
/// where GCC would otherwise load it again for each use.
template <typename V, typename T> inline V loadOnce(const T *from) {
  V result = load<V>(from);
  // Smaller ones have no register of their own.
  if constexpr (sizeof(V) >= 16) {
#if defined(__x86_64__)
    __asm__("" : "+v"(result));
#elif defined(__aarch64__)
    __asm__("" : "+w"(result));
#endif
  }
  return result;
}

template <typename V, typename T> inline void store(T *to, V value) {
  __builtin_memcpy(to, &value, sizeof(V));
}

/// The same value in all lanes.
template <typename V, typename T> inline V broadcast(T value) {
  return value - V{};
}

template <typename V, typename T> inline V convert(T value) {
  return __builtin_convertvector(value, V);
}

template <typename V, typename T> inline V reinterpret(T value) {
  static_assert(sizeof(V) == sizeof(T), "");
  V result;
  __builtin_memcpy(&result, &value, sizeof(V));
  return result;
}

/// from[0], from[stride], from[2 * stride], ... in the first `count` lanes.
template <typename V, typename T>
inline V gather(const T *from, int stride, int count = lanes<V>()) {
  V result = {};
  for (int i = 0; i < count; ++i)
    result[i] = from[i * stride];
  return result;
}

/// from[places[0]], from[places[1]], ... in the first `count` lanes.
template <typename V, typename T, typename P>
inline V gatherAt(const T *from, P places, int count) {
  V result = {};
  for (int i = 0; i < count; ++i)
    result[i] = from[places[i]];
  return result;
}

/// Stores the first `count` lanes.
template <typename V, typename T>
inline void storePart(T *to, V value, int count) {
  for (int i = 0; i < count; ++i)
    to[i] = value[i];
}

/// The first `count` lanes where `mask` is set; zero in the others.
template <typename V, typename T, typename M>
inline V loadWhere(const T *from, M mask, int count) {
  V result = {};
  for (int i = 0; i < count; ++i)
    if (mask[i])
      result[i] = from[i];
  return result;
}

template <typename V, typename T, typename M>
inline void storeWhere(T *to, V value, M mask, int count) {
  for (int i = 0; i < count; ++i)
    if (mask[i])
      to[i] = value[i];
}

/// base, base + stride, base + 2 * stride, ...
template <typename V, typename T> inline V ramp(T base, T stride) {
  V result = {};
  for (int i = 0; i < lanes<V>(); ++i)
    result[i] = base + i * stride;
  return result;
}

/// The lanes of `a`, then of `b`, by their numbers.
template <int... Lanes, typename V> inline auto shuffle(V a, V b) {
  return __builtin_shufflevector(a, b, Lanes...);
}

/// The larger and the smaller of each pair of lanes; also of two scalars.
template <typename V> inline V maximum(V a, V b) { return a > b ? a : b; }
template <typename V> inline V minimum(V a, V b) { return a < b ? a : b; }

// GCC compares and blends where one instruction would do. Its builtins need no
// header, which would take longer to compile than most kernels.
#if defined(__GNUC__) && !defined(__clang__)
#if defined(__SSE2__)
inline f32x4 maximum(f32x4 a, f32x4 b) { return __builtin_ia32_maxps(a, b); }
inline f32x4 minimum(f32x4 a, f32x4 b) { return __builtin_ia32_minps(a, b); }
#endif
#if defined(__AVX__)
inline f32x8 maximum(f32x8 a, f32x8 b) { return __builtin_ia32_maxps256(a, b); }
inline f32x8 minimum(f32x8 a, f32x8 b) { return __builtin_ia32_minps256(a, b); }
#endif
#if defined(__AVX512F__)
// All lanes, in the current rounding mode.
inline f32x16 maximum(f32x16 a, f32x16 b) {
  return __builtin_ia32_maxps512_mask(a, b, f32x16{}, -1, 4);
}
inline f32x16 minimum(f32x16 a, f32x16 b) {
  return __builtin_ia32_minps512_mask(a, b, f32x16{}, -1, 4);
}
#endif
#endif

/// The larger of each lane and zero.
template <typename V> inline V relu(V value) { return maximum(value, V{}); }

/// The largest integer that is not larger, for values of less than 2^31.
template <typename V> inline V roundDown(V value) {
  typedef decltype(value < value) I;
  V towardsZero = convert<V>(convert<I>(value));
  return towardsZero > value ? towardsZero - 1.0f : towardsZero;
}

/// The sum of the first `count` lanes.
template <typename V> inline auto reduceAdd(V value, int count) {
  auto sum = value[0];
  for (int i = 1; i < count; ++i)
    sum += value[i];
  return sum;
}

/// Quotient and remainder of division that rounds down; b > 0.
inline int32_t floorQuotient(int32_t a, int32_t b) {
  return a / b - (a % b < 0);
}
inline int32_t floorModulo(int32_t a, int32_t b) {
  int32_t remainder = a % b;
  return remainder < 0 ? remainder + b : remainder;
}

/// The elements of a kernel's argument.
template <typename T> inline T *host(void *argument) {
  return reinterpret_cast<T *>(static_cast<mobileone_buffer *>(argument)->host);
}

inline const mobileone_dimension &dimension(void *argument, int number) {
  return static_cast<mobileone_buffer *>(argument)->dim[number];
}

} // namespace
} // namespace vector
} // namespace mobileone

#endif // MOBILEONE_VECTOR_H
