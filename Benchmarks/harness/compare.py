"""Holds the tables of a Steward run against the SQL oracle's, row by row.

compare.py w|w-daily DATA FOUND [SUMMARY …]: DATA is the folder of the CSV files, FOUND what `steward run --out` wrote. SUMMARY files are what peers printed; they must equal the summary of Steward's tables.
Exit status 1 if anything differs; the first few differences of each table are shown.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb

sys.path.append(str(Path(__file__).resolve().parent.parent / "w"))
import parts  # noqa: E402

SHOWN = 5


@dataclass(frozen=True)
class Table:
    """A table that both sides have: the columns that name a row, and those to compare."""

    name: str
    keys: tuple[str, ...]
    values: tuple[str, ...]


def tables(connection: duckdb.DuckDBPyConnection, is_daily: bool) -> list[Table]:
    keys = {
        "facts": ("member_id",),
        "ledger": ("member_id", "rule", "day"),
        "balance": ("member_id",),
        "levels": ("member_id",),
    }
    if is_daily:
        keys |= {"metrics": ("metric", "day"), "alerts": ("state", "since")}
    found = []
    for name, key in keys.items():
        columns = connection.execute(f"SELECT * FROM expected.{name} LIMIT 0").description
        found.append(Table(name, key, tuple(c[0] for c in columns if c[0] not in key)))
    return found


def differences(connection: duckdb.DuckDBPyConnection, table: Table) -> list[str]:
    """Lines that tell how the two tables differ; none if they hold the same rows."""
    join = " AND ".join(f"e.{key} = f.{key}" for key in table.keys)
    key = "concat_ws(' ', " + ", ".join(f"coalesce(e.{k}, f.{k})" for k in table.keys) + ")"
    rows = f"expected.{table.name} e FULL JOIN found.{table.name} f ON {join}"
    checks = {
        "row that Steward lacks": (f"f.{table.keys[0]} IS NULL", "'a row'", "'none'"),
        "row that Steward has too many": (f"e.{table.keys[0]} IS NULL", "'none'", "'a row'"),
    }
    both = f"e.{table.keys[0]} IS NOT NULL AND f.{table.keys[0]} IS NOT NULL"
    for value in table.values:
        checks[value] = (f"{both} AND e.{value} IS DISTINCT FROM f.{value}", f"e.{value}", f"f.{value}")
    counts = connection.execute(
        f"SELECT {', '.join(f'count(*) FILTER ({check[0]})' for check in checks.values())} FROM {rows}"
    ).fetchone()
    lines = []
    for (what, (condition, expected, found)), count in zip(checks.items(), counts or (), strict=True):
        if not count:
            continue
        lines.append(f"  {table.name}: {what}: {count:,} differ")
        query = f"SELECT {key}, {expected}, {found} FROM {rows} WHERE {condition} ORDER BY 1 LIMIT {SHOWN}"
        lines += [f"    {k}: expected {e}, found {f}" for k, e, f in connection.execute(query).fetchall()]
    return lines


def count_of(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0


def repeated_identities(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Every award has an identity of its own."""
    repeated = count_of(connection, "SELECT count(*) - count(DISTINCT id) FROM found.awards")
    return [f"  awards.csv: {repeated:,} awards bear the id of another"] if repeated else []


def summary_differences(summary: dict[str, str], path: Path) -> list[str]:
    printed = dict(line.split(",", 1) for line in path.read_text(encoding="utf-8").splitlines())
    differing = sorted(k for k in summary.keys() | printed.keys() if summary.get(k) != printed.get(k))
    return [f"  {path.stem}: {k}: it says {printed.get(k)}, Steward {summary.get(k)}" for k in differing]


def prepare(connection: duckdb.DuckDBPyConnection, is_daily: bool, data: str, found: str) -> None:
    """Makes the schemas `expected`, computed here from the CSV files, and `found`, read from Steward's tables."""
    scripts = {
        "expected": parts.load(data) + parts.workload(data, is_daily),
        "found": parts.found(found, is_daily),
    }
    for schema, sql in scripts.items():
        connection.execute(f"CREATE SCHEMA {schema}")
        connection.execute(f"SET schema = '{schema}'")
        connection.execute(sql)


def main(is_daily: bool, data: str, found: str, summaries: list[Path]) -> int:
    connection = duckdb.connect()
    connection.execute("SET threads = 2")
    prepare(connection, is_daily, data, found)
    wrong = repeated_identities(connection)
    for table in tables(connection, is_daily):
        lines = differences(connection, table)
        rows = count_of(connection, f"SELECT count(*) FROM expected.{table.name}")
        print(f"  {table.name:<8} {rows:>10,} rows × {len(table.values)} {'differ' if lines else 'agree'}")
        wrong += lines
    summary = dict(row for query in parts.summaries(is_daily) for row in connection.execute(query).fetchall())
    for path in summaries:
        lines = summary_differences(summary, path)
        print(f"  {path.stem:<8} {len(summary):>10,} sums {'differ' if lines else 'agree'}")
        wrong += lines
    print("\n".join(wrong), end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] == "w-daily", sys.argv[2], sys.argv[3], [Path(name) for name in sys.argv[4:]]))
