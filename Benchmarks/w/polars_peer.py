"""Workload W in Polars, from CSV: polars_peer.py DATA [daily] prints its sums as key,value. POLARS_MAX_THREADS bounds it."""

import sys
from datetime import date, timedelta

import polars as pl
from polars import col

ONE = pl.lit(1)
AS_OF = date(2025, 6, 30)  # the first day that W does not see
COUNTED = {  # days looked back, by what is counted
    "checkin": (7, 30, 90),
    "comment": (7, 30, 90),
    "answer": (7, 30, 90),
    "post": (30,),
    "view": (7, 30),
    "like": (30,),
}


def load(data: str) -> tuple[pl.DataFrame, pl.LazyFrame]:
    """Members, and events (not yet read) with cents and thousandths of quality as whole numbers."""
    schema = {
        "member_id": pl.String,
        "ts": pl.String,
        "kind": pl.String,
        "amount": pl.Float64,
        "quality": pl.Float64,
        "content_id": pl.String,
    }
    moment = col("ts").str.to_datetime("%Y-%m-%dT%H:%M:%SZ", time_unit="us", strict=True)
    events = pl.scan_csv(f"{data}/events.csv", schema=schema).select(
        "member_id",
        moment.alias("ts"),
        col("kind").cast(pl.Categorical),
        (col("amount") * 100).round(0).cast(pl.Int64).alias("amount"),
        (col("quality") * 1000).round(0).cast(pl.Int32).alias("quality"),
    )
    members = pl.read_csv(f"{data}/members.csv", schema_overrides={"joined": pl.Date}, columns=["id", "joined"])
    return members.rename({"id": "member_id"}), events.filter(col("ts") < pl.lit(AS_OF))


def is_kind(kind: str) -> pl.Expr:
    return col("kind") == kind


def member_days(events: pl.LazyFrame, is_daily: bool) -> pl.DataFrame:
    """A row a member and day, as every window and rule of W counts in days; the events stream past."""
    good = is_kind("answer") & (col("quality") >= 800)
    more = [is_kind(kind).sum().cast(pl.Int64).alias(kind) for kind in ("followup", "share")]
    more = [*more, pl.len().cast(pl.Int64).alias("events")] if is_daily else []
    return (
        events.group_by("member_id", col("ts").dt.date().alias("day"))
        .agg(
            *[is_kind(kind).sum().cast(pl.Int64).alias(kind) for kind in COUNTED],
            *more,
            good.sum().cast(pl.Int64).alias("good"),
            pl.when(is_kind("answer")).then(col("quality")).sum().cast(pl.Int64).alias("quality"),
            pl.when(is_kind("purchase")).then(col("amount")).sum().alias("amount"),
            col("ts").max().alias("last_seen"),
        )
        .collect(engine="streaming")
        .sort("member_id", "day")
    )


def streaks(days: pl.DataFrame) -> pl.DataFrame:
    """Runs of days with a check-in: within a run, day minus row number stays the same."""
    run = col("day").cast(pl.Int32) - pl.int_range(pl.len()).over("member_id")
    length = pl.int_range(pl.len()).over("member_id", "run") + 1
    checkins = days.lazy().filter(col("checkin") > 0).select("member_id", "day")
    return checkins.with_columns(run.alias("run")).with_columns(length.alias("length")).collect()


def facts(members: pl.DataFrame, days: pl.DataFrame, runs: pl.DataFrame) -> pl.DataFrame:
    def within(n: int) -> pl.Expr:
        return col("day") >= AS_OF - timedelta(days=n)

    def total(column: str, n: int) -> pl.Expr:
        return pl.when(within(n)).then(col(column)).otherwise(0).sum()

    windows = (
        days.lazy()
        .group_by("member_id")
        .agg(
            *[total(kind, n).alias(f"{kind}_{n}") for kind, lengths in COUNTED.items() for n in lengths],
            total("amount", 30).alias("amount_30_cents"),
            total("amount", 90).alias("amount_90_cents"),
            total("quality", 30).alias("quality_sum_30"),
            total("good", 30).alias("good_30"),
            within(30).sum().alias("active_days_30"),
            col("last_seen").max(),
        )
    )
    current = runs.lazy().filter(col("day") == AS_OF - timedelta(days=1))
    joined = members.lazy().join(windows, on="member_id", how="left")
    joined = joined.join(current.select("member_id", col("length").alias("streak_days")), on="member_id", how="left")
    quality = (col("quality_sum_30") / col("answer_30") / 1000).alias("quality_30")
    exempt = pl.exclude("last_seen", "quality_30", "joined", "member_id")
    return joined.with_columns(quality).with_columns(exempt.fill_null(0)).collect()


def ledger(days: pl.DataFrame, runs: pl.DataFrame) -> pl.DataFrame:
    """A row a member, rule and period, with its awards and their points."""

    def awarded(rows: pl.LazyFrame, rule: str, points: int, awards: pl.Expr = ONE) -> pl.LazyFrame:
        count = awards.cast(pl.Int64)
        return rows.select("member_id", "day", rule=pl.lit(rule), awards=count, points=points * count)

    daily = days.lazy()
    weekly = daily.group_by("member_id", col("day").dt.truncate("1w")).agg(
        written=(col("post") + col("answer")).sum(), comments=col("comment").sum()
    )
    return pl.concat(
        [
            awarded(daily.filter(col("checkin") > 0), "checkin_points", 5),
            awarded(runs.lazy().filter(col("length") % 7 == 0), "streak7", 20),
            awarded(daily.filter(col("good") > 0), "answer_points", 10, pl.min_horizontal(col("good"), 3)),
            awarded(daily.filter(col("comment") > 0), "comment_points", 2, pl.min_horizontal(col("comment"), 10)),
            awarded(weekly.filter((col("written") >= 3) & (col("comments") >= 5)), "weekly", 50),
        ]
    ).collect()


def levels(members: pl.DataFrame, balance: pl.DataFrame) -> pl.DataFrame:
    points, good = col("points"), col("good_30")
    level = (
        pl.when((points >= 2000) & (good >= 10) & (col("active_days_30") >= 15))
        .then(pl.lit("champion"))
        .when((points >= 500) & (good >= 5))
        .then(pl.lit("contributor"))
        .when(points >= 50)
        .then(pl.lit("member"))
        .otherwise(pl.lit("newcomer"))
    )
    joined = members.lazy().join(balance.lazy(), on="member_id", how="left").with_columns(points.fill_null(0))
    return joined.select("member_id", "points", level=level).collect()


def summary(about: pl.DataFrame, awards: pl.DataFrame, balance: pl.DataFrame, standing: pl.DataFrame) -> dict[str, int]:
    unsummed = ("member_id", "joined", "quality_sum_30", "quality_30", "last_seen")
    found = {f"facts.{name}": about[name].sum() for name in about.columns if name not in unsummed}
    found["facts.quality_30_milli"] = round(about["quality_30"].fill_nan(None).sum() * 1000)
    found["facts.last_seen"] = about["last_seen"].dt.epoch("s").sum()
    for rule, count, points in awards.group_by("rule").agg(col("awards").sum(), col("points").sum()).rows():
        found[f"ledger.{rule}.awards"] = count
        found[f"ledger.{rule}.points"] = points
    found["balance.squares"] = (balance["points"] ** 2).sum()
    for level, count in standing.group_by("level").len().rows():
        found[f"level.{level}"] = count
    return found


def metrics(members: pl.DataFrame, days: pl.DataFrame) -> dict[str, str]:
    """The daily metrics of w-daily, and on how many days its alert fires."""
    first = days["day"].min()
    calendar = pl.LazyFrame({"day": pl.date_range(first, AS_OF, closed="left", eager=True)})
    deep = col("comment") + col("answer") + col("post") + col("followup")
    totals = days.lazy().group_by("day").agg(
        dau=pl.len(), events=col("events").sum(), deep=deep.sum(), interactions=(deep + col("like") + col("share")).sum()
    )
    # Each member is alive for thirty days from an active one, or until the next.
    following = col("day").shift(-1).over("member_id").fill_null(date(9999, 12, 31))
    stretches = days.lazy().select(
        comes=col("day"), goes=pl.min_horizontal(col("day") + pl.duration(days=30), following)
    )
    changes = pl.concat(
        [
            stretches.group_by(day=col("comes")).agg(change=pl.len().cast(pl.Int64)),
            stretches.group_by(day=col("goes")).agg(change=-pl.len().cast(pl.Int64)),
        ]
    )
    changes = changes.group_by("day").agg(col("change").sum())
    arrivals = members.lazy().group_by(day=pl.max_horizontal(col("joined"), pl.lit(first))).agg(arrived=pl.len())
    joined = calendar.join(totals, on="day", how="left").join(changes, on="day", how="left")
    found = (
        joined.join(arrivals, on="day", how="left")
        .sort("day")
        .with_columns(alive=col("change").fill_null(0).cum_sum(), present=col("arrived").fill_null(0).cum_sum())
        .select(
            dau=col("dau").fill_null(0).cast(pl.Float64),
            zombie=(col("present") - col("alive")) / col("present"),
            interaction_rate=(col("interactions") / col("events")).fill_null(0).fill_nan(0),
            deep_share=(col("deep") / col("interactions")).fill_null(0).fill_nan(0),
        )
        .with_columns(fires=(col("zombie") > 0.77).cast(pl.Int8).rolling_sum(3) == 3)
        .collect()
    )
    result = {f"metrics.{name}": f"{found[name].sum():.9f}" for name in found.columns if name != "fires"}
    return result | {"alerts.days": str(found["fires"].sum())}


def main(data: str, is_daily: bool) -> None:
    members, events = load(data)
    days = member_days(events, is_daily)
    runs = streaks(days)
    about = facts(members, days, runs)
    awards = ledger(days, runs)
    balance = awards.lazy().group_by("member_id").agg(col("points").sum()).collect()
    found: dict[str, int | str] = dict(summary(about, awards, balance, levels(about, balance)))
    if is_daily:
        found |= metrics(members, days)
    for key, value in sorted(found.items()):
        print(f"{key},{value}")


if __name__ == "__main__":
    main(sys.argv[1], "daily" in sys.argv[2:])
