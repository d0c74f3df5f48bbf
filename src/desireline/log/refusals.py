"""Why a database refused: whose trouble it is, the event's or the database's."""

from __future__ import annotations

from typing import Literal, TypeAlias

from sqlalchemy import exc

from desireline.engine.errors import DesirelineError

Trouble: TypeAlias = Literal["full", "away", "again", "poison"]
"""`full`: no room on the disk. `away`: the database does not work now. `again`: two transactions
were in each other's way. `poison`: it does not take the data.
"""


class LogUnavailable(DesirelineError):
    """The database does not take events now; nothing of the call is known to be stored."""

    status = 503


class DiskFull(LogUnavailable):
    """There is no room for more events; nothing of the call is stored."""

    status = 507


_SQLITE: dict[int, Trouble] = {
    1: "away",  # ERROR: the statement does not fit the tables
    4: "again",  # ABORT
    5: "away",  # BUSY
    6: "away",  # LOCKED
    7: "away",  # NOMEM
    8: "away",  # READONLY
    9: "away",  # INTERRUPT
    10: "away",  # IOERR
    11: "away",  # CORRUPT
    13: "full",  # FULL
    14: "away",  # CANTOPEN
    15: "away",  # PROTOCOL
    26: "away",  # NOTADB
}
"""By the lower byte of SQLite's result code; what is not here is the data's fault."""
_POSTGRES: dict[str, Trouble] = {
    "53100": "full",
    "40": "again",
    "23505": "again",
    "08": "away",
    "25": "away",
    "3D": "away",
    "28": "away",
    "42": "away",  # a table or a right is missing
    "53": "away",
    "55": "away",
    "57": "away",
    "58": "away",
    "F0": "away",
    "XX": "away",
}
"""By SQLSTATE or its class; what is not here is the data's fault."""


def trouble_of(error: Exception) -> Trouble:
    """What is behind an error that a driver, or SQLAlchemy around it, has raised.

    A full disk makes SQLite roll back at once; whatever fails because its transaction is gone then
    says only that. So a full disk counts wherever it stands among the causes.
    """
    trouble = _trouble_alone(error)
    cause = error.__context__
    if trouble != "full" and isinstance(cause, Exception) and trouble_of(cause) == "full":
        return "full"
    return trouble


def _trouble_alone(error: Exception) -> Trouble:
    if isinstance(error, exc.TimeoutError):
        return "away"
    origin = (error.orig if isinstance(error, exc.DBAPIError) else None) or error
    code = getattr(origin, "sqlite_errorcode", None)
    if code is not None:
        return _of_sqlite(int(code), str(origin))
    if type(origin).__module__.startswith("psycopg"):
        state = getattr(origin, "sqlstate", None)
        return _of_postgres(state, type(origin).__name__)
    return "poison"


def _of_sqlite(code: int, sentence: str) -> Trouble:
    if "UNIQUE" in sentence:
        return "again"
    return _SQLITE.get(code & 0xFF, "poison")


def _of_postgres(state: str | None, name: str) -> Trouble:
    if state is None:
        return "away" if name in {"OperationalError", "InterfaceError"} else "poison"
    return _POSTGRES.get(state) or _POSTGRES.get(state[:2]) or "poison"


def refusal(error: Exception) -> LogUnavailable:
    """The error that callers get where the database is full or away."""
    if trouble_of(error) == "full":
        return DiskFull(
            "The disk of the database is full; no event is taken.",
            hint="Make room. Events are taken again as soon as there is some.",
        )
    return LogUnavailable(
        f"The database takes no events now: {sentence_of(error)}.",
        hint="Send the same events again with the same ids; none will count twice.",
    )


def sentence_of(error: Exception) -> str:
    """The first line of what the driver said."""
    origin = (error.orig if isinstance(error, exc.DBAPIError) else None) or error
    lines = str(origin).strip().splitlines()
    return (lines[0] if lines else type(origin).__name__).rstrip(".")
