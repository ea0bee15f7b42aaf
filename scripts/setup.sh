#!/usr/bin/env bash
# Installs what building and running Steward needs and this Debian machine lacks. Swift itself must be there.
set -euo pipefail

if ! command -v swift >/dev/null 2>&1; then
  echo "Steward needs Swift 6.3 or newer: https://www.swift.org/install/linux/" >&2
  exit 1
fi

missing=()
[ -e /usr/share/zoneinfo/Asia/Shanghai ] || missing+=(tzdata)
[ -e /usr/include/zlib.h ] || missing+=(zlib1g-dev)
[ -e /usr/include/readline/readline.h ] || missing+=(libreadline-dev)
if [ ${#missing[@]} -eq 0 ]; then exit 0; fi

if ! command -v apt-get >/dev/null 2>&1; then
  echo "please install: ${missing[*]}" >&2
  exit 1
fi
run=()
if [ "$(id -u)" -ne 0 ]; then run=(sudo); fi
"${run[@]}" apt-get update -qq
DEBIAN_FRONTEND=noninteractive "${run[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}"
