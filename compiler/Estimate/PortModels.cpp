//===- PortModels.cpp - The list of cores ---------------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Estimate/PortModel.h"

using namespace mobileone;

const std::vector<PortModel> &mobileone::allPortModels() {
  static const std::vector<PortModel> models = {
      makeFirestorm(),
      makeZen4(),
  };
  return models;
}

const PortModel *mobileone::findPortModel(const std::string &name,
                                          DiagnosticList &diagnostics) {
  std::vector<std::string> names;
  std::string list;
  for (const PortModel &model : allPortModels()) {
    if (model.name == name)
      return &model;
    names.push_back(model.name);
    list += (list.empty() ? "" : ", ") + model.name;
  }
  std::string close = closestMatch(name, names);
  diagnostics.error(ErrorKind::Unsupported, "--estimate",
                    "there is no model of '" + escapeForDisplay(name) + "'",
                    (close.empty() ? "" : "did you mean '" + close + "'? ") +
                        std::string("There are: ") + list);
  return nullptr;
}
