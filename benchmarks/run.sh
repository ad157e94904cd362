#!/usr/bin/env bash
# Measures S0..S4 against other engines; installs them into a virtual environment
# of their own.
#
#   bash benchmarks/run.sh [--models mobileone_s0,...] [--threads N] [--json FILE]
set -euo pipefail
cd "$(dirname "$0")/.."
. compiler/cmake/setup.sh
setup_build mobileonec mobileone_runtime mobileone-peak
setup_venv "$mobileone_build/benchmarks/venv" benchmarks/requirements.txt
cd benchmarks
exec "$mobileone_build/benchmarks/venv/bin/python" -m peers.compare \
  --build "$mobileone_build" "$@"
