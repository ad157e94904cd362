#!/usr/bin/env bash
# Compiles the digits network and classifies the held-out images with it.
# Installs what it needs and says so; safe to run again.
#
#   bash examples/quickstart.sh
set -Eeuo pipefail
cd "$(dirname "$0")/.."
. compiler/cmake/setup.sh

case ${1-} in
'') ;;
*)
  sed -n '2,5p' "$0"
  exit 2
  ;;
esac

work=$mobileone_build/quickstart
# The level that this machine has is chosen when the library is loaded.
targets=x86-64,x86-64-v3,x86-64-v4

finish() {
  local status=$?
  [ $status -eq 0 ] || say "quickstart stopped: see the message above"
}
trap finish EXIT

setup_build mobileonec mobileone_runtime

say "compiling examples/models/digits.json into ${work#"$PWD"/}/digits"
"$mobileone_build/bin/mobileonec" compile examples/models/digits.json \
  --weights examples/models/digits.safetensors --target "$targets" \
  -o "$work/digits"

say "building examples/classify with nothing but the two libraries"
{
  cmake --install "$mobileone_build/runtime" --prefix "$work/runtime"
  cmake -S examples/classify -B "$work/classify" -G Ninja \
    -DCMAKE_PREFIX_PATH="$work/digits;$work/runtime"
  cmake --build "$work/classify"
} >"$work/classify.log" 2>&1 || {
  cat "$work/classify.log" >&2
  exit 1
}

say "classifying the images that were held out from training"
"$work/classify/classify" examples/models/digits

cat <<EOF

The network is in $work/digits:
$(cd "$work/digits" && printf '  %s\n' *)
The program that used it is examples/classify/main.cpp. Next:
  a program in C               examples/embed_c
  your own network             examples/README.md
  all of mobileonec's verbs    $mobileone_build/bin/mobileonec --help
EOF
