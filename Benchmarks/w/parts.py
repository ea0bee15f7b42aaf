"""The SQL of W, and of w-daily where it is asked for."""

from pathlib import Path

HERE = Path(__file__).parent
DAILY = HERE.parent / "w-daily"
DAILY_COLUMNS = """count(*) AS events,
  count(*) FILTER (kind = 'followup') AS followup,
  count(*) FILTER (kind = 'share') AS share,"""


def workload(data: str, is_daily: bool) -> str:
    """Makes W's tables from the members and events of load.sql."""
    sql = (HERE / "workload.sql").read_text(encoding="utf-8")
    sql = sql.replace("{DAILY}", DAILY_COLUMNS if is_daily else "")
    if is_daily:
        sql += (DAILY / "metrics.sql").read_text(encoding="utf-8")
    return sql.replace("{DATA}", data)


def load(data: str) -> str:
    return (HERE / "load.sql").read_text(encoding="utf-8").replace("{DATA}", data)


def found(tables: str, is_daily: bool) -> str:
    """Reads Steward's tables."""
    folders = [HERE, DAILY] if is_daily else [HERE]
    sql = "".join((folder / "found.sql").read_text(encoding="utf-8") for folder in folders)
    return sql.replace("{FOUND}", tables)


def summaries(is_daily: bool) -> list[str]:
    """Queries for keys and values."""
    folders = [HERE, DAILY] if is_daily else [HERE]
    return [(folder / "summary.sql").read_text(encoding="utf-8") for folder in folders]
