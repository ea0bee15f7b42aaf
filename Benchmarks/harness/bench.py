"""Workload W: Steward, DuckDB and Polars compute the same numbers from the same files.

Makes the data, checks Steward's tables row by row against the SQL oracle, then times whole processes in alternation.
Called by run.sh, which installs what is missing and builds `steward`.
"""

import argparse
import filecmp
import hashlib
import importlib.metadata
import os
import shutil
import subprocess
import sys
from pathlib import Path

from measure import Contender, ContenderFailed, alternate, run
from report import ratios, table, write_json

BENCHMARKS = Path(__file__).resolve().parent.parent
WORKLOAD = BENCHMARKS / "w"
AS_OF = "2025-06-29"
SIZES = {"XS": (1_000, 100_000), "S": (10_000, 1_000_000), "M": (100_000, 10_000_000)}


def make_data(folder: Path, size: str, generator: Path) -> Path:
    """The files of this size; made anew only if the generator has changed."""
    data = folder / size
    stamp = data / "generator.sha256"
    fingerprint = hashlib.sha256((WORKLOAD / "generate.c").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == fingerprint:
        return data
    making = folder / f"{size}.making"
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(parents=True)
    members, events = SIZES[size]
    subprocess.run([str(generator), str(members), str(events), str(making)], check=True)
    (making / stamp.name).write_text(fingerprint, encoding="utf-8")
    shutil.rmtree(data, ignore_errors=True)
    making.rename(data)
    return data


def steward(binary: Path, data: Path, threads: int, workload: str, out: Path | None = None) -> Contender:
    command = [str(binary), "run", str(BENCHMARKS / workload), "--data", str(data), "--as-of", AS_OF, "--threads", str(threads)]
    return Contender("Steward", tuple(command + (["--out", str(out)] if out else [])))


def peers(data: Path, workload: str, with_chdb: bool) -> list[Contender]:
    """The peers get as many threads as Steward does."""
    limits = {"POLARS_MAX_THREADS": "2"}
    names = ["DuckDB", "Polars"] + (["chdb"] if with_chdb and workload == "w" else [])
    asked = ("daily",) if workload == "w-daily" else ()
    return [
        Contender(name, (sys.executable, str(WORKLOAD / f"{name.lower()}_peer.py"), str(data), *asked), limits)
        for name in names
    ]


def same_tables(first: Path, second: Path) -> list[str]:
    """Names of the tables that differ in a byte; run.json may, as it holds the seconds taken."""
    names = {path.name for folder in (first, second) for path in folder.iterdir()} - {"run.json"}
    _, differing, absent = filecmp.cmpfiles(first, second, sorted(names), shallow=False)
    return differing + absent


def check(binary: Path, data: Path, workload: str, others: list[Contender], folder: Path) -> bool:
    """Steward's tables with one and with two threads against the oracle's, and the peers' sums against its own."""
    summaries = []
    for peer in others:
        path = folder / f"{peer.name}.csv"
        run(peer, path)
        summaries.append(str(path))
    agreed = True
    for threads in (1, 2):
        out = folder / f"tables-{threads}"
        shutil.rmtree(out, ignore_errors=True)
        run(steward(binary, data, threads, workload, out), folder / "Steward.csv")
        print(f"Steward's tables with {threads} thread{'s' if threads > 1 else ''} against the oracle:", flush=True)
        comparison = [sys.executable, str(BENCHMARKS / "harness" / "compare.py"), workload, str(data), str(out)]
        agreed &= subprocess.run(comparison + summaries, check=False).returncode == 0
    differing = same_tables(folder / "tables-1", folder / "tables-2")
    print(f"  one thread and two: {'other bytes in ' + ', '.join(differing) if differing else 'the same bytes'}")
    return agreed and not differing


def time_all(
    binary: Path, data: Path, workload: str, others: list[Contender], rounds: int, folder: Path, size: str
) -> None:
    members, events = SIZES[size]
    megabytes = sum(path.stat().st_size for path in data.glob("*.csv")) / 1_000_000
    versions = {peer.name: importlib.metadata.version(peer.name.lower()) for peer in others}
    busy = os.getloadavg()[0]
    print(
        f"{workload} at {size}: {members:,} members, {events:,} events, {megabytes:,.0f} MB of CSV; two threads each;\n"
        f"whole processes, medians of {rounds} in alternation after a warm-up; "
        + ", ".join(f"{name} {version}" for name, version in versions.items())
    )
    measured = alternate([steward(binary, data, 2, workload), *others], rounds, folder)
    print(table(measured))
    print(ratios(measured, "Steward"))
    if busy > 0.5:
        print(f"  the machine was busy with other work as this began (load {busy:.1f}): the figures are rough")
    about: dict[str, object] = {"size": size, "rounds": rounds, "versions": versions, "load": busy}
    write_json(folder / "timings.json", about, measured)
    print(f"  every measurement: {folder / 'timings.json'}")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="Benchmarks/run.sh", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("size", nargs="?", choices=SIZES, default="S", help="S: 1 M events; M: 10 M; XS for a try")
    parser.add_argument("--daily", action="store_true", help="with four daily metrics and an alert (w-daily)")
    parser.add_argument("--rounds", type=int, default=5, help="timed rounds after the warm-up (default: 5)")
    parser.add_argument("--only", choices=("check", "time"), help="only compare the tables, or only time")
    parser.add_argument("--with-chdb", action="store_true", help="ClickHouse (chdb) as a third peer")
    parser.add_argument("--folder", type=Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--generator", type=Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--steward", type=Path, required=True, help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> int:
    options = arguments()
    data = make_data(options.folder, options.size, options.generator)
    workload = "w-daily" if options.daily else "w"
    results = options.folder / "results" / options.size / workload
    results.mkdir(parents=True, exist_ok=True)
    others = peers(data, workload, options.with_chdb)
    try:
        agreed = options.only == "time" or check(options.steward, data, workload, others, results)
        if options.only != "check":
            time_all(options.steward, data, workload, others, max(1, options.rounds), results, options.size)
    except ContenderFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0 if agreed else 1


if __name__ == "__main__":
    sys.exit(main())
