#!/usr/bin/env bash
# Measures S0..S4 on an NVIDIA GPU against other engines, where they are installed:
# bash benchmarks/gpu.sh --help
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/compiler/cmake/setup.sh"
cd "$root"
setup_venv "$mobileone_build/benchmarks/venv" benchmarks/requirements.txt
python=$mobileone_build/benchmarks/venv/bin/python
export PYTHONPATH=$root/benchmarks
case " $* " in
*" --help "* | *" -h "*) ;;
*)
  "$python" -m gpu.driver || exit 0
  setup_build mobileonec mobileone_runtime
  ;;
esac
# Files that are named lie where the caller stands.
cd "$OLDPWD"
exec "$python" -m gpu.compare --build "$mobileone_build" "$@"
