# Installs what building needs and says so; quick where it is all there.
#
# To be sourced, not run:
#   . compiler/cmake/setup.sh
#   setup_packages               Debian packages (compiler/cmake/packages.txt)
#   setup_venv DIR REQUIREMENTS  a virtual environment with pinned packages
#   setup_build [TARGET...]      both, then configures and builds in build/
#
# MOBILEONE_BUILD names another build folder. On systems other than Debian
# nothing is installed: what is missing is named.

mobileone_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
mobileone_build=${MOBILEONE_BUILD:-$mobileone_root/build}

say() { printf '== %s\n' "$*" >&2; }

wanted_packages() { grep -v '^#' "$mobileone_root/compiler/cmake/packages.txt"; }

setup_packages() {
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    local missing=() tool
    for tool in clang++-22 mlir-tblgen-22 ld.lld-22 FileCheck-22 g++ python3; do
      command -v "$tool" >/dev/null || missing+=("$tool")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    say "this is not Debian; please install what these come from: ${missing[*]}"
    say "(the Debian names are in compiler/cmake/packages.txt)"
    return 7
  fi
  local missing
  missing=$(comm -23 <(wanted_packages | sort) \
    <(dpkg-query -W -f='${db:Status-Abbrev} ${Package}\n' 2>/dev/null |
      awk '$1 == "ii" { print $2 }' | sort -u))
  [ -z "$missing" ] && return 0
  local sudo=
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      say "run this as root once: apt-get install" $missing
      return 7
    fi
    sudo=sudo
  fi
  say "installing Debian packages:" $missing
  $sudo apt-get update -qq &&
    $sudo env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y -qq --no-install-recommends $missing >&2
}

# A stamp with the requirements' text makes the second time instant.
setup_venv() {
  local dir=$1 requirements=$2 python=python3
  cmp -s "$requirements" "$dir/requirements.txt" && return 0
  # Debian's own interpreter, where another one comes first on the path.
  [ -x /usr/bin/python3 ] && python=/usr/bin/python3
  say "installing Python packages into ${dir#"$mobileone_root"/}:" \
    $(grep -v '^#' "$requirements")
  { [ -x "$dir/bin/pip" ] || "$python" -m venv "$dir"; } &&
    "$dir/bin/python" -m pip install -q --disable-pip-version-check --no-deps \
      -r "$requirements" >&2 &&
    cp "$requirements" "$dir/requirements.txt"
}

setup_build() {
  setup_packages || return
  mkdir -p "$mobileone_build"
  setup_venv "$mobileone_build/venv" \
    "$mobileone_root/compiler/cmake/requirements.txt" || return
  PATH=$mobileone_build/venv/bin:$PATH
  export PATH
  if [ ! -f "$mobileone_build/build.ninja" ]; then
    cmake -S "$mobileone_root" -B "$mobileone_build" -G Ninja \
      -DCMAKE_C_COMPILER=clang-22 -DCMAKE_CXX_COMPILER=clang++-22 \
      -DCMAKE_LINKER_TYPE=LLD \
      -DCMAKE_BUILD_TYPE=Release >"$mobileone_build/configure.log" 2>&1 || {
      cat "$mobileone_build/configure.log" >&2
      return 1
    }
  fi
  say "building ${*:-everything}"
  cmake --build "$mobileone_build" ${*:+--target "$@"} >&2
}
