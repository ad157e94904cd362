#!/usr/bin/env bash
# Times generated C++, compiled by clang and by g++, against the library, on one
# thread pinned to one core, in one run.
#
#   bash benchmarks/cpp/run.sh [SPEC ...]    default: mobileone_s0
set -euo pipefail
cd "$(dirname "$0")/../.."
. compiler/cmake/setup.sh
setup_build mobileonec mobileone_runtime
work=$mobileone_build/benchmarks/cpp
mkdir -p "$work"

# shared FOLDER COMPILER NAME: the project's model as a shared object.
shared() {
  cmake -S "$1/cpp" -B "$1/$2" -DCMAKE_CXX_COMPILER="$2" >"$1/$2.log"
  cmake --build "$1/$2" -j2 >>"$1/$2.log" 2>&1 || { cat "$1/$2.log"; exit 1; }
  "$2" -shared -o "$1/$2.so" -Wl,--whole-archive "$1/$2"/lib"$3".a \
    -Wl,--no-whole-archive
}

c++ -O2 -std=c++17 -Iruntime/include benchmarks/cpp/compare.cpp \
  "$(find "$mobileone_build" -name libmobileone_runtime.a | head -1)" \
  -ldl -pthread -o "$work/compare"
for spec in "${@:-mobileone_s0}"; do
  name=$(basename "$spec" .json)
  folder=$work/$name
  "$mobileone_build/bin/mobileonec" compile "$spec" --random-weights 1 \
    --target host --emit library,cpp -o "$folder" >/dev/null
  c++ -shared -o "$folder/library.so" -Wl,--whole-archive \
    "$folder/lib$name.a" -Wl,--no-whole-archive -lm
  shared "$folder" clang++-22 "$name"
  shared "$folder" g++ "$name"
  echo "$name"
  taskset -c 1 "$work/compare" "$name" 20 library="$folder/library.so" \
    clang="$folder/clang++-22.so" gcc="$folder/g++.so"
done
