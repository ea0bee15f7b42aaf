#!/usr/bin/env bash
# Writes what a shell and `man` want to know of steward, made by the commands themselves.
# Usage: scripts/shell-files.sh STEWARD FOLDER
set -euo pipefail
steward=$1
folder=$2
mkdir -p "$folder"
LC_ALL=C "$steward" --generate-completion-script bash >"$folder/steward.bash"
LC_ALL=C "$steward" --generate-completion-script zsh >"$folder/_steward"
LC_ALL=C "$steward" --generate-completion-script fish >"$folder/steward.fish"
"$steward" help --man --lang en >"$folder/steward.1"
"$steward" help --man --lang zh >"$folder/steward.zh_CN.1"
