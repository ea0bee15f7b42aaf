"""How fast files of each format are read: Steward and DuckDB add up the columns of the same file, whole processes in alternation.

Called by `run.sh formats`, which installs what is missing and builds `steward`. The files in other formats are made of the
workload's events.csv once.
"""

import argparse
import gzip
import json
import shutil
import sys
from pathlib import Path

import duckdb

from bench import AS_OF, BENCHMARKS, SIZES, make_data
from measure import Contender, ContenderFailed, alternate
from report import table

NAMES = ["events.csv", "events.csv.gz", "events.jsonl", "events.jsonl.gz"]


def compress(file: Path, target: Path) -> None:
    with file.open("rb") as source, gzip.open(target, "wb", compresslevel=6) as sink:
        shutil.copyfileobj(source, sink, 1 << 20)


def make_variants(data: Path) -> None:
    """events.jsonl with the fields that a row has, and both files compressed; left alone where they are newer."""
    csv = data / "events.csv"
    lines = data / "events.jsonl"
    if not lines.exists() or lines.stat().st_mtime < csv.stat().st_mtime:
        texts = "{'member_id': 'VARCHAR', 'ts': 'VARCHAR', 'kind': 'VARCHAR', 'amount': 'DECIMAL(12,2)', " \
            "'quality': 'DECIMAL(4,3)', 'content_id': 'VARCHAR'}"
        making = data / "events.jsonl.making"
        duckdb.execute(
            f"COPY (SELECT * FROM read_csv('{csv}', header = true, auto_detect = false, delim = ',', columns = {texts})) "
            f"TO '{making}' (FORMAT json)"
        )
        making.rename(lines)
    for file in (csv, lines):
        target = file.with_name(file.name + ".gz")
        if not target.exists() or target.stat().st_mtime < file.stat().st_mtime:
            making = target.with_suffix(".making")
            compress(file, making)
            making.rename(target)


def contenders(steward: Path, data: Path, folder: Path, name: str) -> list[Contender]:
    rules = folder / "formats" / name
    rules.mkdir(parents=True, exist_ok=True)
    text = (BENCHMARKS / "formats" / "reads.steward").read_text(encoding="utf-8").replace("EVENTS", name)
    (rules / "reads.steward").write_text(text, encoding="utf-8")
    command = (str(steward), "run", str(rules), "--data", str(data), "--as-of", AS_OF, "--threads", "2", "--format", "json")
    peer = (sys.executable, str(BENCHMARKS / "formats" / "duckdb_peer.py"), str(data / name))
    return [Contender("Steward", command), Contender("DuckDB", peer)]


def differences(printed: Path) -> str | None:
    """What the two programs added up, if it is not the same; Steward's overview shows whole numbers."""
    figures = json.loads((printed / "Steward.csv").read_text(encoding="utf-8"))["summary"]["figures"]
    own = [float(figure["value"].replace(",", "")) for figure in figures]
    peer = [float(word) for word in (printed / "DuckDB.csv").read_text(encoding="utf-8").split()]
    return None if all(abs(a - b) <= 0.5 for a, b in zip(own, peer, strict=True)) else f"{own} against {peer}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", nargs="?", default="S", choices=SIZES)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--generator", type=Path, required=True)
    parser.add_argument("--steward", type=Path, required=True)
    options = parser.parse_args()
    data = make_data(options.folder, options.size, options.generator)
    make_variants(data)
    failed = False
    for name in NAMES:
        printed = options.folder / "results" / options.size / "formats" / name
        printed.mkdir(parents=True, exist_ok=True)
        size = (data / name).stat().st_size
        print(f"{name}, {size / 1e6:.0f} MB", flush=True)
        try:
            measured = alternate(contenders(options.steward, data, options.folder, name), options.rounds, printed)
        except ContenderFailed as error:
            print(error)
            return 1
        print(table(measured), flush=True)
        if told := differences(printed):
            print(f"the sums differ: {told}")
            failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
