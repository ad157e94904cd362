#!/usr/bin/env bash
# Measures S0..S4 against other engines, each installed into a virtual environment
# of its own: bash benchmarks/run.sh --help
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/compiler/cmake/setup.sh"
cd "$root"
setup_venv "$mobileone_build/benchmarks/venv" benchmarks/requirements.txt
case " $* " in
*" --help "* | *" -h "*) ;;
*) setup_build mobileonec mobileone_runtime mobileone-peak ;;
esac
# Files that are named lie where the caller stands.
cd "$OLDPWD"
PYTHONPATH=$root/benchmarks exec "$mobileone_build/benchmarks/venv/bin/python" \
  -m peers.compare --build "$mobileone_build" "$@"
