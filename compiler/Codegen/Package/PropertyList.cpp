//===- PropertyList.cpp - Apple's plists as XML ---------------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Codegen/Package/PropertyList.h"

using namespace mobileone;
using nlohmann::json;

static std::string escape(const std::string &text) {
  std::string escaped;
  for (char c : text) {
    switch (c) {
    case '&':
      escaped += "&amp;";
      break;
    case '<':
      escaped += "&lt;";
      break;
    case '>':
      escaped += "&gt;";
      break;
    default:
      escaped += c;
    }
  }
  return escaped;
}

static std::string print(const json &value, const std::string &indent) {
  std::string inner = indent + "\t", text;
  if (value.is_string())
    return indent + "<string>" + escape(value) + "</string>\n";
  if (value.is_boolean())
    return indent + (value ? "<true/>\n" : "<false/>\n");
  if (value.is_array()) {
    for (const json &element : value)
      text += print(element, inner);
    return indent + "<array>\n" + text + indent + "</array>\n";
  }
  for (const auto &[key, element] : value.items())
    text += inner + "<key>" + escape(key) + "</key>\n" + print(element, inner);
  return indent + "<dict>\n" + text + indent + "</dict>\n";
}

std::string mobileone::printPropertyList(const json &root) {
  return R"(<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
)" + print(root, "") +
         "</plist>\n";
}
