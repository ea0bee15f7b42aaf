#!/usr/bin/env bash
# How fast the REPL answers: Benchmarks/repl.sh [ROUNDS]
# The reading club's rules over the sample community of 10,000 members and about a million events, loaded once; each question is asked
# ROUNDS times (5), at another moment or under another name each time where an answer would be kept. Start-up is that of a REPL without
# rules and data. Everything it makes goes to bench-data/ beside this folder, which git ignores.
set -euo pipefail
benchmarks="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(dirname "$benchmarks")"
folder="$root/bench-data"
rounds="${1:-5}"
mkdir -p "$folder/empty"
"$root/scripts/setup.sh"
swift build --package-path "$root" --configuration release --product steward
steward="$(swift build --package-path "$root" --configuration release --show-bin-path)/steward"
[ -d "$folder/club" ] || "$steward" sample "$folder/club" >/dev/null

questions=(
  'count(members)'
  'share(沉默书友)'
  'count(like, last 30 days)'
  'sum(amount of purchase, last 90 days)'
  'distinct(content of view, last 30 days)'
  'streak(checkin)'
  'median(count(comment, last 30 days))'
  'engagement'
  'city'
  'now - joined'
)
standing=('points' 'growth' 'standing' 'earned(this month)' 'avg(points among 活跃书友)' ':why m00113' ':timeline m00113')

script="$folder/repl.script"
{
  echo ':time on'
  for ((round = 0; round < rounds; round++)); do printf '%s\n' "${questions[@]}"; done
  # The first answer about points runs the rules.
  echo 'points'
  for ((round = 0; round < rounds; round++)); do printf '%s\n' "${standing[@]}"; done
} >"$script"

printed="$folder/repl.printed"
"$steward" repl "$root/rules/home-community" --data "$folder/club" <"$script" >"$printed"
python3 - "$printed" "$rounds" "${questions[@]}" -- "${standing[@]}" <<'PYTHON'
import re
import statistics
import sys

printed, rounds, *names = sys.argv[1:]
rounds = int(rounds)
split = names.index("--")
questions, standing = names[:split], names[split + 1 :]
seconds = [float(x) for x in re.findall(r"^(\d+\.\d+) s$", open(printed, encoding="utf-8").read(), re.M)][1:]
first = seconds[: rounds * len(questions)]
rules = seconds[rounds * len(questions)]
later = seconds[rounds * len(questions) + 1 :]
print(f"{'question':44}{'median':>10}{'slowest':>10}")
for group, times in ((questions, first), (standing, later)):
    for index, name in enumerate(group):
        own = times[index :: len(group)]
        wide = sum(1 for c in name if ord(c) > 0x2E80)
        print(f"{name:{44 - wide}}{statistics.median(own) * 1000:7.0f} ms{max(own) * 1000:7.0f} ms")
    if group is questions:
        print(f"{'points, the first time (runs the rules)':44}{rules * 1000:7.0f} ms")
PYTHON

python3 - "$steward" "$folder/empty" <<'PYTHON'
import statistics
import subprocess
import sys
import time

steward, folder = sys.argv[1:]
times = []
for _ in range(20):
    start = time.perf_counter()
    subprocess.run([steward, "repl"], cwd=folder, input=b"1 + 1\n", stdout=subprocess.DEVNULL, check=True)
    times.append(time.perf_counter() - start)
print(f"{'start-up, one answer and the end':44}{statistics.median(times) * 1000:7.0f} ms{max(times) * 1000:7.0f} ms")
PYTHON
