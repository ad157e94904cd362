#!/usr/bin/env bash
# Estimates how long our networks take on a phone's core, from what they execute:
# bash benchmarks/estimate.sh --help
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/compiler/cmake/setup.sh"
cd "$root"
setup_venv "$mobileone_build/benchmarks/venv" benchmarks/requirements.txt
case " $* " in
*" --help "* | *" -h "*) ;;
*) setup_build mobileonec mobileone-count mobileone-measure-aarch64 ;;
esac
# Files that are named lie where the caller stands.
cd "$OLDPWD"
PYTHONPATH=$root/benchmarks exec "$mobileone_build/benchmarks/venv/bin/python" \
  -m peers.estimate --build "$mobileone_build" "$@"
