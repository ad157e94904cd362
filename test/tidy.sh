#!/usr/bin/env bash
# Runs clang-tidy with the checks of .clang-tidy.
#
#   bash test/tidy.sh [--all]    files that differ from main, or all
set -euo pipefail
cd "$(dirname "$0")/.."
. compiler/cmake/setup.sh
setup_build
cmake -S . -B "$mobileone_build" -DCMAKE_EXPORT_COMPILE_COMMANDS=ON >/dev/null
if [ "${1:-}" = --all ]; then
  files=$(git ls-files 'compiler/*.cpp' 'schedules/*.cpp' 'runtime/*.cpp')
else
  files=$(git diff --name-only --diff-filter=d main -- '*.cpp')
fi
[ -n "$files" ] || { say "no file differs from main"; exit 0; }
printf '%s\n' $files | xargs -P "$(nproc)" -n 1 clang-tidy-22 --quiet -p "$mobileone_build"
