//===- runtime.hpp - Running a compiled model from C++ ----------*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   #include "digits.h"
//   #include "mobileone/runtime.hpp"
//
//   mobileone::Session session(digits);
//   std::vector<float> image(8 * 8), logits(10);
//   if (!session.run({image}, {logits}))
//     std::fprintf(stderr, "%s\n", session.error());
//
// A header on top of mobileone/runtime.h; C++17, with or without exceptions.
// Nothing here throws.
//
//===----------------------------------------------------------------------===//

#ifndef MOBILEONE_RUNTIME_HPP
#define MOBILEONE_RUNTIME_HPP

#include "runtime.h"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <type_traits>
#include <utility>

namespace mobileone {

/// A tensor that a run reads: anything with `data()` and `size()`, or an array.
/// It must live until the run ends and hold as many elements of the type that
/// the model's header gives; half-precision elements may be `uint16_t`. With
/// `options.device_pointers` it is an address on the GPU and a count, {pointer,
/// count}, and must live until the stream has done the run.
class Input {
public:
  template <typename Container>
  Input(const Container &container)
      : Input(container.data(), container.size()) {}
  template <typename Element, std::size_t count>
  Input(const Element (&array)[count]) : Input(array, count) {}
  template <typename Element>
  Input(const Element *elements, std::size_t count)
      : data(elements), bytes(count * sizeof(Element)),
        type(typeOf<Element>()) {}

  /// The element type of a C++ type.
  template <typename Element> static mobileone_element_type typeOf() {
    static_assert(std::is_arithmetic_v<Element>, "tensors hold numbers");
    uint8_t code = std::is_floating_point_v<Element> ? MOBILEONE_CODE_FLOAT
                   : std::is_signed_v<Element>       ? MOBILEONE_CODE_INT
                                                     : MOBILEONE_CODE_UINT;
    return {code, uint8_t(8 * sizeof(Element)), 1};
  }

private:
  friend class Session;
  const void *data;
  std::uint64_t bytes;
  mobileone_element_type type;
};

/// A tensor that a run writes; like Input, but not const.
class Output {
public:
  template <typename Container>
  Output(Container &container) : Output(container.data(), container.size()) {}
  template <typename Element, std::size_t count>
  Output(Element (&array)[count]) : Output(array, count) {}
  template <typename Element>
  Output(Element *elements, std::size_t count)
      : data(elements), bytes(count * sizeof(Element)),
        type(Input::typeOf<Element>()) {}

private:
  friend class Session;
  void *data;
  std::uint64_t bytes;
  mobileone_element_type type;
};

/// Owns a mobileone_session. Belongs to one thread at a time; can be moved, not
/// copied. The model must outlive it.
class Session {
public:
  /// No session: `run` fails.
  Session() = default;
  /// Whether it worked is asked with `if (session)`.
  explicit Session(
      const mobileone_model &model,
      const mobileone_options &options = mobileone_default_options()) noexcept
      : model(&model),
        lastStatus(mobileone_session_create(&model, &options, &session)) {}
  /// In memory of the caller, which must outlive the session.
  Session(const mobileone_model &model, const mobileone_options &options,
          void *memory, std::size_t bytes) noexcept
      : model(&model), lastStatus(mobileone_session_create_in(
                           &model, &options, memory, bytes, &session)) {}
  Session(Session &&other) noexcept { swap(other); }
  Session &operator=(Session &&other) noexcept {
    Session(std::move(other)).swap(*this);
    return *this;
  }
  ~Session() { mobileone_session_destroy(session); }

  explicit operator bool() const { return session != nullptr; }

  /// Runs the model; returns whether that worked. Checks that the tensors are
  /// as many, and of the types and sizes, as the model wants. Where the
  /// constructor failed, its status and error stand.
  bool run(std::initializer_list<Input> inputs,
           std::initializer_list<Output> outputs) noexcept {
    const void *inputPointers[maxTensors];
    void *outputPointers[maxTensors];
    problem = nullptr;
    if (!session)
      return model ? false : refuse("There is no session.");
    if (!collect(inputs, model->inputs, model->input_count, inputPointers))
      return refuse("The inputs are not as many, or not of the type and size, "
                    "as the model's header says.");
    if (!collect(outputs, model->outputs, model->output_count, outputPointers))
      return refuse("The outputs are not as many, or not of the type and size, "
                    "as the model's header says.");
    lastStatus = mobileone_run(session, inputPointers, outputPointers);
    return lastStatus == MOBILEONE_OK;
  }

  /// Of the constructor or of the last run.
  mobileone_status status() const { return lastStatus; }
  /// What went wrong; meaningful after a failure, in the same thread.
  const char *error() const {
    return problem ? problem : mobileone_last_error(session);
  }
  /// The target whose program runs, "cuda-sm80"; "" without a session.
  const char *target() const {
    return session ? mobileone_session_program(session)->target : "";
  }
  /// The name of the GPU that it runs on; "" on CPUs.
  const char *device() const {
    return session ? mobileone_session_device(session) : "";
  }
  /// For the functions of mobileone/runtime.h. Stays the Session's.
  mobileone_session *get() const { return session; }

  void swap(Session &other) noexcept {
    std::swap(session, other.session);
    std::swap(model, other.model);
    std::swap(lastStatus, other.lastStatus);
    std::swap(problem, other.problem);
  }

private:
  static constexpr std::size_t maxTensors = 64;

  bool refuse(const char *what) {
    problem = what;
    lastStatus = MOBILEONE_INVALID_ARGUMENT;
    return false;
  }

  static bool fits(const mobileone_element_type &given,
                   const mobileone_element_type &wanted) {
    bool isHalf = wanted.code == MOBILEONE_CODE_FLOAT && wanted.bits == 16 &&
                  given.code == MOBILEONE_CODE_UINT;
    return given.bits == wanted.bits && (given.code == wanted.code || isHalf);
  }

  template <typename Tensor, typename Pointer>
  static bool collect(std::initializer_list<Tensor> given,
                      const mobileone_tensor *wanted, std::size_t count,
                      Pointer *pointers) {
    if (given.size() != count || count > maxTensors)
      return false;
    for (const Tensor &tensor : given) {
      if (tensor.bytes != wanted->bytes || !fits(tensor.type, wanted->type))
        return false;
      *pointers++ = tensor.data;
      ++wanted;
    }
    return true;
  }

  mobileone_session *session = nullptr;
  const mobileone_model *model = nullptr;
  mobileone_status lastStatus = MOBILEONE_INVALID_ARGUMENT;
  /// What `run` itself refused, else NULL.
  const char *problem = nullptr;
};

} // namespace mobileone

#endif // MOBILEONE_RUNTIME_HPP
