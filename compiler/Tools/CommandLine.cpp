//===- CommandLine.cpp - Verbs, flags, help, exit codes -------------------===//
//
// Part of the mobileonec project, under the Apache License v2.0 with LLVM
// Exceptions. See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compiler/Tools/CommandLine.h"

#include "llvm/Config/llvm-config.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fmt/format.h>
#include <iostream>
#include <memory>

using namespace mobileone;

namespace {

/// Help as one screen: usage, what the verb does, arguments, options, example.
class HelpFormatter : public CLI::Formatter {
public:
  explicit HelpFormatter(std::string usage, std::string description)
      : usage(std::move(usage)), description(std::move(description)) {
    column_width(28);
    label("Positionals", "Arguments");
  }

  std::string make_usage(const CLI::App *, std::string) const override {
    return "";
  }
  std::string make_description(const CLI::App *) const override {
    return "Usage: " + usage + "\n\n" + description + "\n";
  }
  std::string make_option_opts(const CLI::Option *option) const override {
    std::string text = option->get_option_text();
    return text.empty() ? "" : " " + text;
  }
  std::string make_subcommands(const CLI::App *app,
                               CLI::AppFormatMode) const override {
    std::string text;
    for (const CLI::App *verb : app->get_subcommands({}))
      text += fmt::format("  {:<10}{}\n", verb->get_name(),
                          verb->get_description());
    return text.empty() ? "" : "\nVerbs:\n" + text;
  }

private:
  std::string usage, description;
};

} // namespace

static const char kExitCodes[] =
    "Exit codes: 0 success, 1 internal error, 2 wrong usage, 3 bad input,\n"
    "4 weights do not fit, 5 unsupported operation or target, 6 verification\n"
    "failed, 7 a tool is missing, 8 interrupted.";

std::string mobileone::versionText() {
  return fmt::format("mobileonec {}\nLLVM {}\nHalide {}", MOBILEONE_VERSION,
                     LLVM_VERSION_STRING, MOBILEONE_HALIDE_VERSION);
}

CLI::App *mobileone::addVerb(CLI::App &app, const VerbHelp &help) {
  CLI::App *verb = app.add_subcommand(help.name, help.summary);
  verb->formatter(std::make_shared<HelpFormatter>(
      fmt::format("mobileonec {} {}", help.name, help.usage),
      help.description));
  verb->get_help_ptr()->description("Print this help");
  std::string example = help.example;
  for (size_t at = 0; (at = example.find('\n', at)) != std::string::npos;)
    example.insert(++at, "  ");
  verb->footer("Example:\n  " + example);
  return verb;
}

int mobileone::report(const DiagnosticList &diagnostics) {
  std::fflush(stdout);
  std::fputs(diagnostics.str().c_str(), stderr);
  return diagnostics.exitCode();
}

int mobileone::printResult(const std::string &text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) == text.size() &&
      std::fflush(stdout) == 0)
    return 0;
  DiagnosticList diagnostics;
  diagnostics.error(ErrorKind::BadInput, "stdout",
                    fmt::format("cannot be written: {}", std::strerror(errno)));
  return report(diagnostics);
}

/// The names that `app` knows for what the user typed in `word`'s place.
static std::vector<std::string> candidates(const CLI::App &app,
                                           const std::string &word) {
  std::vector<std::string> names;
  if (word.size() > 1 && word[0] == '-') {
    for (const CLI::Option *option : app.get_options())
      for (const std::string &name : option->get_lnames())
        names.push_back("--" + name);
    return names;
  }
  for (const CLI::App *verb : app.get_subcommands({}))
    names.push_back(verb->get_name());
  return names;
}

/// The first argument that nothing takes, as an error with a suggestion.
static void reportUnknown(const CLI::App &app, const CLI::App *verb,
                          const std::string &argument,
                          DiagnosticList &diagnostics) {
  const CLI::App &scope = verb ? *verb : app;
  std::string word = argument.substr(0, argument.find('='));
  bool isOption = word.size() > 1 && word[0] == '-';
  std::string kind = isOption ? "option" : verb ? "argument" : "verb";
  std::string match = closestMatch(word, candidates(scope, word));
  std::string help = fmt::format("see 'mobileonec {}--help'",
                                 verb ? verb->get_name() + " " : std::string());
  diagnostics.error(
      ErrorKind::Usage,
      verb ? "mobileonec " + verb->get_name() : std::string("mobileonec"),
      fmt::format("{} {} '{}'", isOption || !verb ? "unknown" : "unexpected",
                  kind, escapeForDisplay(word)),
      match.empty() ? help
                    : fmt::format("did you mean '{}'? Or {}", match, help));
}

/// Turns what CLI11 says into an error of ours.
static int reportUsage(const CLI::App &app, const CLI::ParseError &error) {
  DiagnosticList diagnostics;
  std::vector<CLI::App *> chosen = app.get_subcommands();
  const CLI::App *verb = chosen.empty() ? nullptr : chosen.front();
  std::vector<std::string> unknown = app.remaining(true);
  // An option that is misspelt counts, not the value that follows it.
  auto option =
      std::find_if(unknown.begin(), unknown.end(), [](const std::string &text) {
        return text.size() > 1 && text[0] == '-';
      });
  if (!unknown.empty()) {
    reportUnknown(app, verb,
                  verb && option != unknown.end() ? *option : unknown.front(),
                  diagnostics);
  } else if (!verb) {
    diagnostics.error(ErrorKind::Usage, "mobileonec", "no verb",
                      "see 'mobileonec --help'");
  } else {
    diagnostics.error(
        ErrorKind::Usage, "mobileonec " + verb->get_name(), error.what(),
        fmt::format("see 'mobileonec {} --help'", verb->get_name()));
  }
  return report(diagnostics);
}

static void setUp(CLI::App &app, VerbAction &action) {
  app.formatter(std::make_shared<HelpFormatter>(
      "mobileonec VERB ...",
      "Compiles networks of the MobileOne family into static libraries.\n"
      "'mobileonec VERB --help' says more about each verb."));
  app.get_help_ptr()->description("Print this help");
  app.set_version_flag("--version", versionText(),
                       "Print the versions of mobileonec, LLVM and Halide");
  app.footer(std::string("Example:\n"
                         "  mobileonec compile mobileone_s0 --random-weights 1"
                         " --target host -o s0\n"
                         "  mobileonec bench s0 --layers\n\n") +
             kExitCodes);
  app.require_subcommand(1);
  for (AddVerb *add : allVerbs())
    add(app, action);
}

int mobileone::runCommandLine(int argc, const char *const *argv) {
  CLI::App app;
  VerbAction action;
  setUp(app, action);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success &request) {
    return app.exit(request, std::cout, std::cerr);
  } catch (const CLI::ParseError &error) {
    return reportUsage(app, error);
  }
  return action();
}
