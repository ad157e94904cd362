//===- TargetList.cpp - The list of devices -*- C++ -*-===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Target/Devices.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/Triple.h"

#include <algorithm>
#include <map>

using namespace mobileone;

const std::vector<Target> &mobileone::allTargets() {
  static const std::vector<Target> targets = {
      makeX86_64(),     makeX86_64V3(),     makeX86_64V4(),
      makeArm64Linux(), makeArm64Android(), makeIosSimulatorArm64(),
      makeIPhone12(),   makeMacOsArm64(),   makeCudaSm80(),
      makeCudaSm86(),   makeCudaSm89(),     makeCudaSm90(),
      makeCudaSm100(),  makeCudaSm120(),    makeOpenCl(),
  };
  return targets;
}

static bool isOfHostSystem(const Target &target) {
  llvm::Triple host(llvm::sys::getProcessTriple());
  llvm::Triple wanted(target.triple);
  return host.getArch() == wanted.getArch() && host.getOS() == wanted.getOS() &&
         host.isAndroid() == wanted.isAndroid();
}

bool mobileone::exceedsHost(const Target &target) {
  return isOfHostSystem(target) && !runsOnHost(target);
}

bool mobileone::runsOnHost(const Target &target) {
  if (!isOfHostSystem(target))
    return false;
  // LLVM reports a feature only where the operating system saves its state.
  static const llvm::StringMap<bool> features = llvm::sys::getHostCPUFeatures();
  return std::all_of(
      target.neededFeatures.begin(), target.neededFeatures.end(),
      [&](const std::string &feature) { return features.lookup(feature); });
}

const Target *mobileone::hostTarget() {
  const std::vector<Target> &targets = allTargets();
  auto best =
      std::find_if(targets.rbegin(), targets.rend(), [](const Target &each) {
        return !isGpu(each) && runsOnHost(each);
      });
  return best == targets.rend() ? nullptr : &*best;
}

const Target *mobileone::findTarget(const std::string &name,
                                    DiagnosticList &diagnostics) {
  if (name == "host") {
    if (const Target *host = hostTarget())
      return host;
    diagnostics.error(ErrorKind::Unsupported, "--target host",
                      "this machine (" + llvm::sys::getProcessTriple() +
                          ") is none of the targets",
                      "name the target to compile for; `mobileonec targets` "
                      "lists them");
    return nullptr;
  }
  std::vector<std::string> names = {"host"};
  for (const Target &target : allTargets()) {
    if (target.name == name)
      return &target;
    if (!target.isHidden)
      names.push_back(target.name);
  }
  std::string close = closestMatch(name, names);
  diagnostics.error(ErrorKind::Unsupported, "--target",
                    "there is no target '" + escapeForDisplay(name) + "'",
                    (close.empty() ? "" : "did you mean '" + close + "'? ") +
                        std::string("`mobileonec targets` lists them all"));
  return nullptr;
}

bool mobileone::isGpu(const Target &target) {
  return target.machine.multiprocessors > 0;
}

bool mobileone::shareProgram(const Target &one, const Target &other) {
  return &one == &other || (one.capability > 0 && other.capability > 0);
}

std::vector<const Target *>
mobileone::programTargets(const std::vector<const Target *> &targets) {
  std::vector<const Target *> found;
  for (const Target *target : targets)
    if (std::none_of(found.begin(), found.end(), [&](const Target *each) {
          return shareProgram(*each, *target);
        }))
      found.push_back(target);
  return found;
}

/// `gpu` beside a processor for `triple`, whose tables a library then has.
static const Target *besideProcessor(const Target &gpu,
                                     const std::string &triple) {
  // Those in use live as long as the list's own.
  static std::map<std::string, Target> changed;
  auto [entry, isNew] = changed.try_emplace(gpu.name + " " + triple, gpu);
  if (isNew)
    entry->second.triple = triple;
  return &entry->second;
}

/// GPUs are found in machines with Linux, whatever their processor.
static void placeGpus(std::vector<const Target *> &targets) {
  for (const Target *each : targets) {
    llvm::Triple triple(each->triple);
    if (isGpu(*each) || !triple.isOSLinux() || triple.isAndroid())
      continue;
    for (const Target *&gpu : targets)
      if (isGpu(*gpu) && gpu->triple != each->triple)
        gpu = besideProcessor(*gpu, each->triple);
    return;
  }
}

bool mobileone::fitOneLibrary(const std::vector<const Target *> &targets,
                              DiagnosticList &diagnostics) {
  for (const Target *target : targets) {
    const Target &first = *targets.front();
    if (target->triple == first.triple)
      continue;
    diagnostics.error(ErrorKind::Unsupported, "--target",
                      "'" + first.name + "' and '" + target->name +
                          "' cannot share a library: their triples are " +
                          first.triple + " and " + target->triple,
                      "compile one library for each");
    return false;
  }
  return true;
}

std::vector<const Target *>
mobileone::findTargets(const std::string &list, DiagnosticList &diagnostics) {
  std::vector<const Target *> found;
  llvm::SmallVector<llvm::StringRef> names;
  llvm::StringRef(list).split(names, ',');
  bool failed = false;
  for (llvm::StringRef name : names) {
    const Target *target = findTarget(name.trim().str(), diagnostics);
    failed |= !target;
    if (target && std::find(found.begin(), found.end(), target) == found.end())
      found.push_back(target);
  }
  placeGpus(found);
  if (failed || !fitOneLibrary(found, diagnostics))
    return {};
  std::sort(found.begin(), found.end(), [](const Target *a, const Target *b) {
    return a->level != b->level ? a->level > b->level
                                : a->capability < b->capability;
  });
  return found;
}
