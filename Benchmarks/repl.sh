#!/usr/bin/env bash
# How fast the operator's bench answers: Benchmarks/repl.sh [ROUNDS]
# The reading club's rules over the sample community of 10,000 members and about a million events, loaded once; each question is asked
# ROUNDS times (5). `why` is asked of the twenty members with the most events and of two hundred others. Start-up is that of a REPL
# without rules and data; `init` looks at the whole folder. Everything it makes goes to bench-data/ beside this folder, which git
# ignores. STEWARD=FILE measures a binary that is there already.
set -euo pipefail
benchmarks="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(dirname "$benchmarks")"
folder="$root/bench-data"
rounds="${1:-5}"
mkdir -p "$folder/empty"
steward="${STEWARD:-}"
if [ -z "$steward" ]; then
  "$root/scripts/setup.sh"
  swift build --package-path "$root" --configuration release --product steward
  steward="$(swift build --package-path "$root" --configuration release --show-bin-path)/steward"
fi
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

# The twenty with the most events, and every fiftieth member.
members="$folder/repl.members"
python3 - "$folder/club" "$members" <<'PYTHON'
import collections
import csv
import sys

folder, out = sys.argv[1:]
with open(folder + "/events.csv", newline="", encoding="utf-8") as file:
    rows = csv.reader(file)
    place = next(rows).index("member")
    counts = collections.Counter(row[place] for row in rows)
with open(folder + "/members.csv", newline="", encoding="utf-8") as file:
    ids = sorted(row["id"] for row in csv.DictReader(file))
busiest = [member for member, _ in counts.most_common(21) if member][:20]
with open(out, "w", encoding="utf-8") as file:
    file.write("\n".join(busiest + ids[::50]) + "\n")
PYTHON

script="$folder/repl.script"
{
  echo ':time on'
  for ((round = 0; round < rounds; round++)); do printf '%s\n' "${questions[@]}"; done
  # The first answer about points runs the rules.
  echo 'points'
  for ((round = 0; round < rounds; round++)); do printf '%s\n' "${standing[@]}"; done
  sed 's/^/:why /' "$members"
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
later = seconds[rounds * len(questions) + 1 :][: rounds * len(standing)]
why = seconds[rounds * len(questions) + 1 + rounds * len(standing) :]
print(f"{'question':44}{'median':>10}{'slowest':>10}")
for group, times in ((questions, first), (standing, later)):
    for index, name in enumerate(group):
        own = times[index :: len(group)]
        wide = sum(1 for c in name if ord(c) > 0x2E80)
        print(f"{name:{44 - wide}}{statistics.median(own) * 1000:7.0f} ms{max(own) * 1000:7.0f} ms")
    if group is questions:
        print(f"{'points, the first time (runs the rules)':44}{rules * 1000:7.0f} ms")
for name, own in (("why, the twenty busiest members", why[:20]), ("why, every fiftieth member", why[20:])):
    print(f"{name:44}{statistics.median(own) * 1000:7.0f} ms{max(own) * 1000:7.0f} ms")
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

python3 - "$steward" "$folder" <<'PYTHON'
import shutil
import statistics
import subprocess
import sys
import time

steward, folder = sys.argv[1:]
times = []
for _ in range(3):
    shutil.rmtree(folder + "/init", ignore_errors=True)
    start = time.perf_counter()
    subprocess.run(
        [steward, "init", folder + "/club", "--out", folder + "/init"], stdout=subprocess.DEVNULL, check=True)
    times.append(time.perf_counter() - start)
print(f"{'init, the whole folder':44}{statistics.median(times) * 1000:7.0f} ms{max(times) * 1000:7.0f} ms")
PYTHON
