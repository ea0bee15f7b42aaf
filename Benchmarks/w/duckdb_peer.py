"""Workload W in DuckDB, from CSV: duckdb_peer.py DATA [THREADS] prints its sums as key,value."""

import sys
from pathlib import Path

import duckdb

HERE = Path(__file__).parent


def statements(name: str, data: str) -> str:
    return (HERE / name).read_text(encoding="utf-8").replace("{DATA}", data)


def main(data: str, threads: int = 2) -> None:
    connection = duckdb.connect()
    connection.execute(f"SET threads = {threads}")
    connection.execute("SET preserve_insertion_order = false")  # faster and leaner, and nothing in W needs an order
    connection.execute(statements("load.sql", data))
    connection.execute(statements("workload.sql", data))
    for key, value in connection.execute(statements("summary.sql", data)).fetchall():
        print(f"{key},{value}")


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:3]))
