//===- mobileonec.cpp - The compiler's command line -----------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/CommandLine.h"
#include "compiler/Tools/Interruption.h"

#include <csignal>
#include <exception>
#include <new>

int main(int argc, char **argv) {
  mobileone::handleInterruptions();
  // A file that grows too large is an error of its writer, not the end.
  std::signal(SIGXFSZ, SIG_IGN);
  mobileone::DiagnosticList diagnostics;
  try {
    return mobileone::runCommandLine(argc, argv);
  } catch (const mobileone::Interrupted &) {
    return int(mobileone::ErrorKind::Interrupted);
  } catch (const std::bad_alloc &) {
    diagnostics.error(mobileone::ErrorKind::Internal, "mobileonec",
                      "out of memory");
  } catch (const std::exception &error) {
    diagnostics.error(mobileone::ErrorKind::Internal, "mobileonec",
                      error.what(),
                      "this is a defect of the compiler; please report it with "
                      "the command line and the spec");
  }
  return mobileone::report(diagnostics);
}
