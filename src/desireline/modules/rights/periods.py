"""For how long what is kept: periods in months, by type of event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, select

from desireline.formats.segment_files.blanking import Outdated
from desireline.log.tables import failed_event
from desireline.modules.rights.errors import PeriodUnfit
from desireline.modules.rights.tables import retention

EVENT, FAILED = "event", "failed_event"
WHAT = (EVENT, FAILED)
MOST_MONTHS = 1_200
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Period:
    """For how many months events of a type are kept, or failed events."""

    what: str
    type: str
    """Empty: all types that have no period of their own."""
    months: int


def list_periods(look: Connection) -> list[Period]:
    """All that are set; what is not among them is kept for ever."""
    rows = look.execute(select(retention).order_by(retention.c.what, retention.c.type))
    return [Period(**row) for row in rows.mappings()]


def set_period(tx: Connection, period: Period) -> None:
    """From now on it is kept so long. Raises PeriodUnfit."""
    if period.what not in WHAT or (period.type and period.what != EVENT):
        raise PeriodUnfit(
            f"There is no period for {period.what[:40]!r} {period.type[:40]!r}.",
            hint="Periods are for events, by type or for all, and for failed events.",
        )
    if not 1 <= period.months <= MOST_MONTHS:
        raise PeriodUnfit(
            f"{period.months} months is no period.", hint=f"From 1 to {MOST_MONTHS} months."
        )
    tx.execute(delete(retention).where(_is(period.what, period.type)))
    values = {"what": period.what, "type": period.type, "months": period.months}
    tx.execute(insert(retention).values(values))


def lift_period(tx: Connection, what: str, type_: str = "") -> None:
    """From now on it is kept for ever, or as the others. Raises PeriodUnfit."""
    if tx.execute(delete(retention).where(_is(what, type_))).rowcount == 0:
        raise PeriodUnfit(
            f"No period is set for {what[:40]!r} {type_[:40]!r}.",
            hint="desireline retention list shows those that are.",
        )


def outdated(periods: Sequence[Period], now: int) -> list[Outdated]:
    """The events that are kept no longer, by what periods say."""
    of_type = {one.type: one.months for one in periods if one.what == EVENT and one.type}
    found = [Outdated((name,), before(now, months)) for name, months in sorted(of_type.items())]
    others = [one.months for one in periods if one.what == EVENT and not one.type]
    named = sorted(of_type)
    return found + [Outdated(named, before(now, months), others=True) for months in others]


def before(now: int, months: int) -> int:
    """The same day and time so many months ago, or the last day of that month; microseconds."""
    then = _EPOCH + timedelta(microseconds=now)
    month = then.year * 12 + then.month - 1 - months
    year, month = max(month // 12, 1), month % 12 + 1
    after = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
    last = (after - timedelta(days=1)).day
    moment = then.replace(year=year, month=month, day=min(then.day, last))
    return (moment - _EPOCH) // timedelta(microseconds=1)


def count_failed_before(look: Connection, moment: int) -> int:
    """How many failed events came before a time."""
    old = failed_event.c.received_at < moment
    return look.execute(select(func.count()).select_from(failed_event).where(old)).scalar_one()


def delete_failed_before(tx: Connection, moment: int) -> int:
    """How many failed events went that came before a time."""
    return tx.execute(delete(failed_event).where(failed_event.c.received_at < moment)).rowcount


def _is(what: str, type_: str) -> ColumnElement[bool]:
    return and_(retention.c.what == what, retention.c.type == type_)
