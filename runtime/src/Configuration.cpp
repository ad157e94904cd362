//===- Configuration.cpp - What a session is made from --------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Configuration.h"
#include "TextList.h"

#include <string.h>

using namespace mobileone::runtime;

namespace {

/// Reads options of a program built with an older or a newer header: fields
/// that it does not have keep their defaults, fields that this runtime does not
/// have must be 0.
mobileone_status readOptions(const mobileone_options *given,
                             mobileone_options &options, ErrorText &error) {
  options = mobileone_default_options();
  if (!given)
    return MOBILEONE_OK;
  if (given->struct_bytes < sizeof(given->struct_bytes))
    return fail(error, MOBILEONE_INVALID_ARGUMENT,
                "options.struct_bytes is %u: start from "
                "mobileone_default_options().",
                given->struct_bytes);
  size_t known = sizeof(options);
  const char *bytes = reinterpret_cast<const char *>(given);
  for (size_t i = known; i < given->struct_bytes; ++i)
    if (bytes[i])
      return fail(error, MOBILEONE_INVALID_ARGUMENT,
                  "The options have %u bytes and use one behind the %u that "
                  "this runtime knows.",
                  given->struct_bytes, unsigned(known));
  memcpy(&options, given,
         given->struct_bytes < known ? given->struct_bytes : known);
  if (options.threads == 0)
    options.threads = 1;
  if (options.threads > MOBILEONE_MAX_THREADS)
    return fail(error, MOBILEONE_INVALID_ARGUMENT,
                "options.threads is %u, more than %u.", options.threads,
                MOBILEONE_MAX_THREADS);
  return MOBILEONE_OK;
}

/// Reports that no program of `model` is what the caller may have.
mobileone_status failWithoutProgram(const mobileone_model &model, int32_t level,
                                    ErrorText &error) {
  TextList targets;
  for (uint32_t i = 0; i < model.program_count; ++i)
    targets.add("%s", model.programs[i].target);
  if (level >= 0)
    return fail(error, MOBILEONE_UNSUPPORTED_CPU,
                "options.level is %d, but model '%s' is compiled for %s.",
                level, model.name, targets.text);
  return fail(error, MOBILEONE_UNSUPPORTED_CPU,
              "Model '%s' is compiled for %s; this CPU runs none of it.",
              model.name, targets.text);
}

/// Takes the model's program for GPUs, if there is one that runs here.
/// MOBILEONE_UNSUPPORTED_CPU, without a text, says that it has none.
mobileone_status selectGpuProgram(const mobileone_model &model,
                                  Configuration &configuration,
                                  ErrorText &error) {
  for (uint32_t i = 0; i < model.program_count; ++i) {
    configuration.program = &model.programs[i];
    if (!isForGpu(*configuration.program))
      continue;
    if constexpr (hasCuda) {
      mobileone_status status =
          checkDeviceCode(model, *configuration.program, error);
      return status == MOBILEONE_OK
                 ? findCudaDevice(model, *configuration.program,
                                  configuration.options, configuration.cuda,
                                  error)
                 : status;
    }
    return fail(error, MOBILEONE_NO_DEVICE,
                "There is no NVIDIA driver for this system.");
  }
  return MOBILEONE_UNSUPPORTED_CPU;
}

/// Whether the caller wants a GPU and nothing else: what it passes has no
/// meaning on a CPU.
bool asksForGpu(const mobileone_options &options) {
  return options.level == MOBILEONE_LEVEL_CUDA || options.cuda_context ||
         options.cuda_stream || options.device_pointers;
}

mobileone_status selectProgram(const mobileone_model &model,
                               Configuration &configuration, ErrorText &error) {
  const mobileone_options &options = configuration.options;
  int32_t level = options.level;
  bool isGpuOnly = asksForGpu(options);
  if (isGpuOnly && level >= 0 && level != MOBILEONE_LEVEL_CUDA)
    return fail(error, MOBILEONE_INVALID_ARGUMENT,
                "options.level is %d, one of CPUs, but options.cuda_context, "
                "cuda_stream or device_pointers are for GPUs.",
                level);
  mobileone_status gpuStatus = MOBILEONE_UNSUPPORTED_CPU;
  if (level < 0 || isGpuOnly)
    gpuStatus = selectGpuProgram(model, configuration, error);
  bool hasGpuProgram = gpuStatus != MOBILEONE_UNSUPPORTED_CPU;
  if (gpuStatus == MOBILEONE_OK || (isGpuOnly && hasGpuProgram))
    return gpuStatus;
  if (isGpuOnly)
    return failWithoutProgram(model, MOBILEONE_LEVEL_CUDA, error);
  if (level >= 0 && !mobileone_level_supported(uint32_t(level)))
    return fail(error, MOBILEONE_UNSUPPORTED_CPU,
                "options.level is %d, but the CPU or the operating system "
                "lacks some of what that level stands for.",
                level);
  for (uint32_t i = 0; i < model.program_count; ++i) {
    configuration.program = &model.programs[i];
    uint32_t has = configuration.program->level;
    if (!isForGpu(*configuration.program) &&
        (level >= 0 ? has == uint32_t(level) : mobileone_level_supported(has)))
      return MOBILEONE_OK;
  }
  // Of a model for GPUs, what is missing there says more.
  return hasGpuProgram ? gpuStatus : failWithoutProgram(model, level, error);
}

mobileone_status selectWeights(const mobileone_model &model,
                               const mobileone_options &options,
                               const uint8_t *&weights, ErrorText &error) {
  unsigned long long wanted = model.weights_bytes;
  unsigned long long given = options.weights_bytes;
  if (model.weights && options.weights)
    return fail(error, MOBILEONE_INVALID_ARGUMENT,
                "Model '%s' has its weights inside: options.weights must be "
                "NULL.",
                model.name);
  const void *chosen = model.weights ? model.weights : options.weights;
  if (!chosen && wanted)
    return fail(error, MOBILEONE_WEIGHTS_MISMATCH,
                "Model '%s' has no weights inside: options.weights must point "
                "to its %llu bytes.",
                model.name, wanted);
  if (!model.weights && given != wanted)
    return fail(error, MOBILEONE_WEIGHTS_MISMATCH,
                "Model '%s' has %llu bytes of weights, options.weights_bytes "
                "is %llu.",
                model.name, wanted, given);
  if (reinterpret_cast<uintptr_t>(chosen) % MOBILEONE_ALIGNMENT)
    return fail(error, MOBILEONE_INVALID_ARGUMENT,
                "The weights of model '%s' are not aligned to %d bytes.",
                model.name, MOBILEONE_ALIGNMENT);
  weights = static_cast<const uint8_t *>(chosen);
  return MOBILEONE_OK;
}

/// Sizes are refused long before the sum in MOBILEONE_SESSION_BYTES can
/// overflow.
mobileone_status measure(const mobileone_model &model,
                         const mobileone_program &program, uint32_t threads,
                         uint64_t &bytes, ErrorText &error) {
  if (program.arena_bytes % MOBILEONE_ALIGNMENT ||
      program.scratch_bytes % MOBILEONE_ALIGNMENT)
    return fail(error, MOBILEONE_INVALID_ARGUMENT,
                "Model '%s' (%s): arena_bytes and scratch_bytes must be "
                "multiples of %d.",
                model.name, program.target, MOBILEONE_ALIGNMENT);
  uint64_t limit = (SIZE_MAX / 4) / MOBILEONE_MAX_THREADS;
  if (program.arena_bytes > limit || program.scratch_bytes > limit)
    return fail(error, MOBILEONE_OUT_OF_MEMORY,
                "Model '%s' (%s) wants %llu bytes for activations and %llu per "
                "thread.",
                model.name, program.target,
                static_cast<unsigned long long>(program.arena_bytes),
                static_cast<unsigned long long>(program.scratch_bytes));
  bytes = MOBILEONE_SESSION_BYTES(program.arena_bytes, program.scratch_bytes,
                                  threads);
  return MOBILEONE_OK;
}

} // namespace

mobileone_status mobileone::runtime::checkVersion(const mobileone_model *model,
                                                  ErrorText &error) {
  if (!model)
    return fail(error, MOBILEONE_INVALID_ARGUMENT, "The model is NULL.");
  // Nothing behind these two fields has a known meaning in another version.
  if (model->abi_version != MOBILEONE_ABI_VERSION)
    return fail(error, MOBILEONE_VERSION_MISMATCH,
                "The model has ABI version %u, this runtime has version %u: "
                "compile the model and the program with the same release.",
                model->abi_version, MOBILEONE_ABI_VERSION);
  if (model->struct_bytes != sizeof(mobileone_model))
    return fail(error, MOBILEONE_VERSION_MISMATCH,
                "The model's table has %u bytes, ABI version %u has %u.",
                model->struct_bytes, MOBILEONE_ABI_VERSION,
                unsigned(sizeof(mobileone_model)));
  return MOBILEONE_OK;
}

mobileone_options mobileone_default_options(void) {
  mobileone_options options;
  memset(&options, 0, sizeof(options));
  options.struct_bytes = sizeof(options);
  options.threads = 1;
  options.level = -1;
  options.spin_microseconds = 500;
  return options;
}

mobileone_status mobileone::runtime::configure(const mobileone_model *model,
                                               const mobileone_options *options,
                                               Configuration &configuration,
                                               ErrorText &error) {
  mobileone_status status = checkVersion(model, error);
  if (status == MOBILEONE_OK)
    status = readOptions(options, configuration.options, error);
  if (status == MOBILEONE_OK)
    status = selectProgram(*model, configuration, error);
  if (status == MOBILEONE_OK)
    status = selectWeights(*model, configuration.options, configuration.weights,
                           error);
  if (status == MOBILEONE_OK)
    status =
        measure(*model, *configuration.program, configuration.options.threads,
                configuration.memoryBytes, error);
  if (status == MOBILEONE_OK)
    status = checkSteps(*model, *configuration.program, error);
  if constexpr (hasCuda)
    if (status == MOBILEONE_OK && isForGpu(*configuration.program))
      configuration.memoryBytes =
          MOBILEONE_SESSION_BYTES(launchBytes(*configuration.program), 0, 0);
  configuration.model = model;
  return status;
}
