"""Workload W in DuckDB, from CSV: duckdb_peer.py DATA [daily] prints its sums as key,value."""

import sys

import duckdb

import parts

THREADS = 2


def main(data: str, is_daily: bool) -> None:
    connection = duckdb.connect()
    connection.execute(f"SET threads = {THREADS}")
    connection.execute("SET preserve_insertion_order = false")  # faster and leaner, and nothing in W needs an order
    connection.execute(parts.load(data))
    connection.execute(parts.workload(data, is_daily))
    for query in parts.summaries(is_daily):
        for key, value in connection.execute(query).fetchall():
            print(f"{key},{value}")


if __name__ == "__main__":
    main(sys.argv[1], "daily" in sys.argv[2:])
