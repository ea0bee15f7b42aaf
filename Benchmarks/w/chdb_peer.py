"""Workload W in ClickHouse (chdb), from CSV: chdb_peer.py DATA [THREADS] prints its sums as key,value."""

import sys
from pathlib import Path

from chdb import session

SUMMED = (
    "checkin_7 checkin_30 checkin_90 comment_7 comment_30 comment_90 answer_7 answer_30 answer_90 post_30 "
    "view_7 view_30 like_30 good_30 active_days_30 streak_days"
).split()
COMPUTED = {
    "amount_30_cents": "toInt64(sum(amount_30) * 100)",
    "amount_90_cents": "toInt64(sum(amount_90) * 100)",
    "quality_30_milli": "toInt64(round(sumIf(toFloat64(quality_sum_30) / answer_30, answer_30 > 0) * 1000))",
    "last_seen": "sum(toUnixTimestamp(last_seen))",
}


def main(data: str, threads: int = 2) -> None:
    database = session.Session()

    def rows(query: str) -> list[list[str]]:
        printed = str(database.query(query, "TSV"))
        return [line.split("\t") for line in printed.splitlines()]

    database.query(f"SET max_threads = {threads}")
    database.query("CREATE DATABASE w ENGINE = Atomic")
    script = Path(__file__).with_name("chdb_workload.sql").read_text(encoding="utf-8")
    for statement in script.replace("{DATA}", data).split(";"):
        if statement.strip():
            database.query(statement)

    sums = {name: f"sum({name})" for name in SUMMED} | COMPUTED
    values = rows(f"SELECT {', '.join(sums.values())} FROM w.facts")[0]
    found = {f"facts.{name}": value for name, value in zip(sums, values, strict=True)}
    for rule, awards, points in rows("SELECT rule, sum(awards), sum(points) FROM w.ledger GROUP BY rule"):
        found[f"ledger.{rule}.awards"] = awards
        found[f"ledger.{rule}.points"] = points
    found["balance.squares"] = rows("SELECT sum(points * points) FROM w.balance")[0][0]
    for level, count in rows("SELECT level, count() FROM w.levels GROUP BY level"):
        found[f"level.{level}"] = count
    for key in sorted(found):
        print(f"{key},{found[key]}")


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:3]))
