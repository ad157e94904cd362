# Compiles the digits network for each of some targets, and builds and runs the
# example programs with it. They fail where they disagree with PyTorch.
#
#   bash classify_levels.sh SOURCE FOLDER TARGET,... [PRECISION]
#
# FOLDER/runtime is where the runtime is installed.
set -euo pipefail
source=$1 folder=$2 targets=$3 precision=${4:-f32}

for target in ${targets//,/ }; do
  mobileonec compile "$source/examples/models/digits.json" \
    --weights "$source/examples/models/digits.safetensors" \
    --target "$target" --precision "$precision" -o "$folder/digits" >"$folder/compile.log"
  for example in classify embed_c; do
    {
      cmake -S "$source/examples/$example" -B "$folder/$example" -G Ninja \
        -DCMAKE_PREFIX_PATH="$folder/digits;$folder/runtime"
      cmake --build "$folder/$example"
    } >"$folder/build.log" || {
      cat "$folder/build.log"
      exit 1
    }
    echo "$target: $example"
    "$folder/$example/$example" "$source/examples/models/digits"
  done
done
