#!/usr/bin/env bash
# Builds everything and runs the tests. Safe to run again; installs what it needs.
#
#   bash test/run.sh           what every change must pass
#   bash test/run.sh --full    random sweeps and fuzzing in full length
set -euo pipefail
cd "$(dirname "$0")/.."
. compiler/cmake/setup.sh

parameters=()
for argument in "$@"; do
  case $argument in
  --full) parameters+=(--param full=1) ;;
  *)
    sed -n '2,5p' "$0"
    exit 2
    ;;
  esac
done

setup_build all mobileone-tests
say "running the tests"
status=0
lit -sv "${parameters[@]}" --xunit-xml-output "$mobileone_build/tests.xml" \
  "$mobileone_build/test" || status=$?
python3 test/summary.py "$mobileone_build/tests.xml" || status=1
exit $status
