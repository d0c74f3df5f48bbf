"""When it happened: from what senders write to microseconds since 1970 UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from desireline.log.rejecting import Unfit

DAY = 86_400_000_000
EARLIEST = -2_208_988_800_000_000
"""1900-01-01. What lies before is a default of some program (year 1) or a slip."""
MOST_SECONDS = 100_000_000_000
"""Numbers from here on are milliseconds: as seconds they would lie after the year 5138."""

_fromisoformat = datetime.fromisoformat
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_HINT = "Write 2026-03-01T12:34:56Z, or the seconds or milliseconds since 1970 as a number."


def microseconds(at: str | float) -> int:
    """Microseconds since 1970-01-01 UTC of an ISO 8601 text or a number of (milli)seconds.

    A text without an offset is UTC, one without a time is midnight; digits beyond the microsecond
    are cut off. Raises Unfit.
    """
    return of_text(at) if type(at) is str else _of_number(at)  # type: ignore[arg-type]


def of_text(text: str) -> int:
    """As `microseconds`, of a text."""
    try:
        moment = _fromisoformat(text)
    except ValueError:
        raise _unreadable(text) from None
    if len(text) > 10 and "T" not in text and " " not in text:
        raise _unreadable(text)  # Python reads the offset of 2026-03-01+10:00 as ten o'clock
    return ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - _EPOCH) // _MICROSECOND


def _unreadable(text: str) -> Unfit:
    return Unfit("at_unreadable", f"`at` is {text!r}, which is no time.", hint=_HINT)


def _of_number(number: float) -> int:
    unit = 1_000_000 if -MOST_SECONDS < number < MOST_SECONDS else 1000
    return number * unit if type(number) is int else round(number * unit)


def check_bounds(at: int, now: int) -> None:
    """Raises Unfit where `at` is before 1900, or more than a day after `now`."""
    if at < EARLIEST:
        raise Unfit(
            "at_too_early",
            f"`at` is {shown(at)}, and the log begins with 1900.",
            hint="Many programs write the year 1 or 0 where they have no time: leave `at` out.",
        )
    if at > now + DAY:
        raise Unfit(
            "at_in_future",
            f"`at` is {shown(at)}, more than a day after now ({shown(now)}).",
            hint="Check the sender's clock and unit. It can be replayed when its time has come.",
        )


def shown(at: int) -> str:
    """ISO 8601 with Z, where Python's calendar reaches; else the microseconds."""
    try:
        return (_EPOCH + timedelta(microseconds=at)).isoformat().replace("+00:00", "Z")
    except OverflowError:
        return f"{at} microseconds since 1970"
