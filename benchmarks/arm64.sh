#!/usr/bin/env bash
# Counts what S0, S1 and S4 execute on arm64 beside other engines, in an emulator:
# bash benchmarks/arm64.sh --help
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/compiler/cmake/setup.sh"
cd "$root"
setup_venv "$mobileone_build/benchmarks/venv" benchmarks/requirements.txt
case " $* " in
*" --help "* | *" -h "*) ;;
*)
  setup_build mobileonec mobileone-count mobileone-estimate
  runtime=$mobileone_build/benchmarks/arm64/runtime
  cmake -S runtime -B "$runtime" -G Ninja -DCMAKE_BUILD_TYPE=Release \
    -DCMAKE_TOOLCHAIN_FILE="$root/runtime/cmake/aarch64-linux-gnu.cmake" >&2
  cmake --build "$runtime" >&2
  ;;
esac
# Files that are named lie where the caller stands.
cd "$OLDPWD"
PYTHONPATH=$root/benchmarks exec "$mobileone_build/benchmarks/venv/bin/python" \
  -m peers.count --build "$mobileone_build" "$@"
