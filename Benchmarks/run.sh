#!/usr/bin/env bash
# Workload W, Steward against DuckDB and Polars: Benchmarks/run.sh [S|M] [--daily] [--rounds N] [--only check|time] [--with-chdb]
# or, how fast files of each format are read, against DuckDB: Benchmarks/run.sh formats [S|M] [--rounds N]
# Installs what is missing, makes the data, builds `steward`, checks the numbers row by row, and times whole processes.
# Everything it makes goes to bench-data/ beside this folder, which git ignores.
set -euo pipefail
benchmarks="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(dirname "$benchmarks")"
folder="$root/bench-data"
mkdir -p "$folder"

install_packages() {
  if ! command -v apt-get >/dev/null 2>&1; then
    echo "please install: $*" >&2
    exit 1
  fi
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then as_root=(sudo); fi
  "${as_root[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "$@"
}

# A Python environment of its own for the peers.
python="$folder/venv/bin/python"
if [ ! -x "$python" ] || ! "$python" -m pip --version >/dev/null 2>&1; then
  if ! python3 -c 'import ensurepip, venv' >/dev/null 2>&1; then install_packages python3 python3-venv; fi
  rm -rf "$folder/venv"
  python3 -m venv "$folder/venv"
fi
wanted=(-r "$benchmarks/requirements.txt")
case " $* " in *" --with-chdb "*) wanted+=(chdb) ;; esac
"$python" -m pip install --quiet --disable-pip-version-check "${wanted[@]}"

# A C compiler for the generator: any there is, or the one that comes with Swift.
"$root/scripts/setup.sh"
compiler=""
for candidate in cc clang gcc "$(dirname "$(readlink -f "$(command -v swift)")")/clang"; do
  if command -v "$candidate" >/dev/null 2>&1; then compiler="$candidate" && break; fi
done
if [ -z "$compiler" ]; then install_packages gcc libc6-dev && compiler=gcc; fi
"$compiler" -std=c11 -O2 -ffp-contract=off -o "$folder/generate" "$benchmarks/w/generate.c" -lm

swift build --package-path "$root" --configuration release --product steward
steward="$(swift build --package-path "$root" --configuration release --show-bin-path)/steward"

harness=bench.py
if [ "${1:-}" = formats ]; then shift && harness=formats.py; fi
exec "$python" "$benchmarks/harness/$harness" \
  --folder "$folder" --generator "$folder/generate" --steward "$steward" "$@"
