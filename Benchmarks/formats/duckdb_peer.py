"""Reads one file of events in DuckDB, all columns that W reads: duckdb_peer.py FILE [THREADS] prints the sums of each."""

import sys

import duckdb

COLUMNS = """{
  'member_id': 'VARCHAR', 'ts': 'TIMESTAMP',
  'kind': "ENUM('checkin', 'like', 'comment', 'post', 'answer', 'followup', 'purchase', 'share', 'view')",
  'amount': 'DECIMAL(12,2)', 'quality': 'DECIMAL(4,3)', 'content_id': 'VARCHAR'}"""


def reader(file: str) -> str:
    if ".json" in file:
        return f"read_json('{file}', format = 'newline_delimited', columns = {COLUMNS})"
    return f"read_csv('{file}', header = true, auto_detect = false, delim = ',', quote = '\"', columns = {COLUMNS})"


def main(file: str, threads: int = 2) -> None:
    connection = duckdb.connect()
    connection.execute(f"SET threads = {threads}")
    connection.execute("SET preserve_insertion_order = false")
    count, amount, quality, _, _ = connection.execute(
        "SELECT count(*), sum(amount) FILTER (kind = 'purchase'), sum(quality) FILTER (kind = 'answer'), max(ts), "
        f"max(member_id) FROM {reader(file)}"
    ).fetchone()
    print(f"{count} {float(amount):.6f} {float(quality):.6f}")


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:3]))
