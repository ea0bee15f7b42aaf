"""What the measurements say, as a table for people and as JSON for later comparison."""

import json
from dataclasses import asdict
from pathlib import Path

from measure import Measurement, middle

MEGABYTE = 1_000_000


def table(measured: dict[str, list[Measurement]]) -> str:
    rows = [f"  {'':<10}{'wall s':>8}{'(least – most)':>18}{'cpu s':>8}{'peak MB':>9}"]
    for name, measurements in measured.items():
        typical = middle(measurements)
        walls = [m.wall for m in measurements]
        spread = f"({min(walls):.2f} – {max(walls):.2f})"
        rows.append(f"  {name:<10}{typical.wall:>8.2f}{spread:>18}{typical.cpu:>8.2f}{typical.peak / MEGABYTE:>9,.0f}")
    return "\n".join(rows)


def ratios(measured: dict[str, list[Measurement]], subject: str) -> str:
    """How many times the subject's time and memory each peer takes, and the fastest and the leanest of them."""
    own = middle(measured[subject])
    peers = {name: middle(measurements) for name, measurements in measured.items() if name != subject}
    lines = [
        f"  {name} takes {peer.wall / own.wall:.2f} times as long and {peer.peak / own.peak:.2f} times the memory"
        for name, peer in peers.items()
    ]
    if peers:
        fastest = min(peers.values(), key=lambda peer: peer.wall).wall / own.wall
        leanest = min(peers.values(), key=lambda peer: peer.peak).peak / own.peak
        lines.append(f"  against the best of each: {fastest:.2f} times faster, {1 / leanest:.2f} of the memory")
    return "\n".join(lines)


def write_json(path: Path, about: dict[str, object], measured: dict[str, list[Measurement]]) -> None:
    content = about | {"measurements": {name: [asdict(m) for m in found] for name, found in measured.items()}}
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
