//===- ModelName.cpp - Names that C and C++ programs can use --------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Spec/ModelName.h"

#include <algorithm>
#include <iterator>
#include <string_view>

using namespace mobileone;

/// Of C23 and C++26, with the alternative operators.
static constexpr std::string_view keywords[] = {
    "alignas",     "alignof",       "and",           "and_eq",
    "asm",         "atomic_cancel", "atomic_commit", "atomic_noexcept",
    "auto",        "bitand",        "bitor",         "bool",
    "break",       "case",          "catch",         "char",
    "char16_t",    "char32_t",      "char8_t",       "class",
    "co_await",    "co_return",     "co_yield",      "compl",
    "concept",     "const",         "const_cast",    "consteval",
    "constexpr",   "constinit",     "continue",      "contract_assert",
    "decltype",    "default",       "delete",        "do",
    "double",      "dynamic_cast",  "else",          "enum",
    "explicit",    "export",        "extern",        "false",
    "float",       "for",           "friend",        "goto",
    "if",          "inline",        "int",           "long",
    "mutable",     "namespace",     "new",           "noexcept",
    "not",         "not_eq",        "nullptr",       "operator",
    "or",          "or_eq",         "private",       "protected",
    "public",      "reflexpr",      "register",      "reinterpret_cast",
    "requires",    "restrict",      "return",        "short",
    "signed",      "sizeof",        "static",        "static_assert",
    "static_cast", "struct",        "switch",        "synchronized",
    "template",    "this",          "thread_local",  "throw",
    "true",        "try",           "typedef",       "typeid",
    "typename",    "typeof",        "typeof_unqual", "union",
    "unsigned",    "using",         "virtual",       "void",
    "volatile",    "wchar_t",       "while",         "xor",
    "xor_eq"};

/// What generated libraries call and the program's own entry, the types and
/// macros of the headers that they include, and the runtime's names.
static constexpr std::string_view taken[] = {
    "EOF",
    "INFINITY",
    "NAN",
    "NULL",
    "errno",
    "exp",
    "expf",
    "int16_t",
    "int32_t",
    "int64_t",
    "int8_t",
    "main",
    "memcpy",
    "memmove",
    "memset",
    "mobileone",
    "mobileone_buffer",
    "mobileone_default_options",
    "mobileone_dimension",
    "mobileone_element_type",
    "mobileone_kernel",
    "mobileone_last_error",
    "mobileone_layout",
    "mobileone_level",
    "mobileone_level_supported",
    "mobileone_model",
    "mobileone_observer",
    "mobileone_operand",
    "mobileone_options",
    "mobileone_parallel_for",
    "mobileone_program",
    "mobileone_run",
    "mobileone_session",
    "mobileone_session_buffer",
    "mobileone_session_create",
    "mobileone_session_create_in",
    "mobileone_session_destroy",
    "mobileone_session_memory",
    "mobileone_session_observe",
    "mobileone_session_program",
    "mobileone_space",
    "mobileone_status",
    "mobileone_status_text",
    "mobileone_step",
    "mobileone_task",
    "mobileone_tensor",
    "ptrdiff_t",
    "size_t",
    "std",
    "uint16_t",
    "uint32_t",
    "uint64_t",
    "uint8_t",
};

static bool isLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool isDigit(char c) { return c >= '0' && c <= '9'; }

template <size_t count>
static bool contains(const std::string_view (&list)[count],
                     std::string_view name) {
  return std::find(std::begin(list), std::end(list), name) != std::end(list);
}

std::string mobileone::problemWithName(const std::string &name) {
  if (name.empty())
    return "is empty";
  if (name.size() > 128)
    return "is longer than 128 characters";
  bool isIdentifier =
      isLetter(name[0]) && std::all_of(name.begin(), name.end(), [](char c) {
        return isLetter(c) || isDigit(c);
      });
  if (!isIdentifier)
    return "is not a C identifier: letters, digits and _, no digit first";
  if (contains(keywords, name))
    return "is a keyword of C or C++";
  if (name[0] == '_' || name.find("__") != std::string::npos)
    return "is reserved by C and C++: it starts with _ or contains __";
  if (contains(taken, name))
    return "is taken by the C library or the runtime";
  return "";
}
