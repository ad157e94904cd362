//===- LogWriter.cpp - Measurements as JSON lines -------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LogWriter.h"

#include <sys/utsname.h>

namespace mobileone::tune {

/// `text` as a JSON string.
static std::string quoted(const std::string &text) {
  std::string result = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\')
      result += '\\';
    // What is no text has no business here.
    result += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
  }
  return result + "\"";
}

static std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.3f", value);
  return text;
}

static std::string printTime(const measure::Time &time) {
  return "{\"min\":" + number(time.minimum) +
         ",\"median\":" + number(time.median) + "}";
}

/// What the system calls the machine: "iPhone13,2".
static std::string deviceName() {
  utsname names;
  return uname(&names) ? "" : names.machine;
}

LogWriter::~LogWriter() {
  if (file)
    std::fclose(file);
}

bool LogWriter::open(const char *path, const mobileone_tune_table &table) {
  file = std::fopen(path, "w");
  if (!file)
    return false;
  std::fprintf(file,
               "{\"log_version\":%u,\"parameters_version\":%u,\"target\":%s,"
               "\"threads\":%u,\"runner\":\"app\",\"device\":%s}\n",
               table.log_version, table.parameters_version,
               quoted(table.target).c_str(), table.threads,
               quoted(deviceName()).c_str());
  return !std::fflush(file);
}

bool LogWriter::add(const mobileone_tune_network &network,
                    const mobileone_tune_choice &choice,
                    const std::string &rest) {
  std::chrono::duration<double> elapsed =
      std::chrono::steady_clock::now() - start;
  const mobileone_tune_kernel &kernel = network.kernels[choice.kernel];
  std::string line = "{\"workload\":" + quoted(kernel.workload) +
                     ",\"model\":" + quoted(network.name) +
                     ",\"kernel\":" + quoted(kernel.name) +
                     ",\"schedule\":" + quoted(kernel.schedule) +
                     ",\"parameters\":" + choice.parameters + "," + rest +
                     ",\"elapsed\":" + number(elapsed.count()) + "}\n";
  return std::fputs(line.c_str(), file) >= 0 && !std::fflush(file);
}

bool LogWriter::addTimes(const mobileone_tune_network &network,
                         const mobileone_tune_choice &choice,
                         const KernelTimes &times) {
  return add(network, choice,
             "\"result\":\"measured\",\"runs\":" + std::to_string(times.runs) +
                 ",\"microseconds\":" + printTime(times.candidate) +
                 ",\"default_microseconds\":" + printTime(times.standard));
}

bool LogWriter::addFailure(const mobileone_tune_network &network,
                           const mobileone_tune_choice &choice,
                           const char *result, const std::string &message) {
  return add(network, choice,
             "\"result\":" + quoted(result) +
                 ",\"message\":" + quoted(message));
}

} // namespace mobileone::tune
