"""Sessions: opened at sign-in, seen with device and last use, ended singly or all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from desireline.kit.permissions import Caller
from desireline.kit.roles import MAY
from desireline.modules.team.drawn import drawn, hashed
from desireline.modules.team.errors import SessionUnknown
from desireline.modules.team.granting import role_of
from desireline.modules.team.office import Office
from desireline.modules.team.repository import sessions

SECOND = 1_000_000
DAY = 86_400 * SECOND
IDLE = 14 * DAY
"""After so long without use a session is over."""
LONGEST = 60 * DAY
"""After so long it is over in any case."""
SEEN_EACH = 60 * SECOND
"""No oftener than this its last use is written down."""
MOST_DEVICE = 300


@dataclass(frozen=True, slots=True)
class Visit:
    """Who is at the door: where from, with what, and what she showed."""

    address: str = ""
    """As tries are counted: of IPv6 its network."""
    network: str = ""
    """As it is kept: cut."""
    device: str = ""
    session: str = ""
    """The session that the browser has now, which ends when another begins."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A session that has just begun: whose, and what the browser shows from now on."""

    member: int
    token: str


class Sessions:
    """The sessions of all members."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def caller_of(self, shown: str) -> Caller | None:
        """The member whose session it is; None where it is over."""
        now = self._office.clock.now()
        with self._office.db.reading() as look:
            row = sessions.get_session(look, hashed(shown))
        if row is None or now - row.made_at > LONGEST or now - row.seen_at > IDLE:
            return None
        if now - row.seen_at > SEEN_EACH:
            with self._office.db.transaction() as tx:
                sessions.note_seen(tx, row.id, now)
        return Caller(row.name, MAY[role_of(row.role)], row.member, row.id)

    def open(self, tx: Connection, member: int, visit: Visit, how: str) -> Opened:
        """A new session; the one that the browser had is over, so nobody can plant one."""
        sessions.drop_token(tx, hashed(visit.session))
        token, now = drawn(), self._office.clock.now()
        values = {"token_hash": hashed(token), "member": member, "how": how}
        values |= {"device": visit.device[:MOST_DEVICE], "network": visit.network}
        sessions.add_session(tx, values | {"made_at": now, "seen_at": now})
        return Opened(member, token)

    def listed(self, member: int) -> list[Row[Any]]:
        """A member's that are not over, the last used first."""
        now = self._office.clock.now()
        with self._office.db.reading() as look:
            rows = sessions.list_sessions(look, member)
        return [r for r in rows if now - r.made_at <= LONGEST and now - r.seen_at <= IDLE]

    def end(self, by: Caller, session: int) -> None:
        """Ends one of the caller's own. SessionUnknown."""
        member = _member(by)
        with self._office.db.transaction() as tx:
            if not sessions.drop_session(tx, member, session):
                raise SessionUnknown(
                    f"You have no session {session}.", hint="GET /v1/sessions lists yours."
                )
            self._office.note(tx, by, "session_ended", f"member:{member}", {"session": session})

    def end_others(self, by: Caller) -> int:
        """Ends all of the caller's own but this one; how many they were."""
        member = _member(by)
        with self._office.db.transaction() as tx:
            ended = sessions.drop_others(tx, member, by.session)
            self._office.note(tx, by, "sessions_ended", f"member:{member}", {"sessions": ended})
        return ended

    def forget(self) -> None:
        """Drops what is over."""
        now = self._office.clock.now()
        with self._office.db.transaction() as tx:
            sessions.drop_ended(tx, now - LONGEST, now - IDLE, now)


def _member(by: Caller) -> int:
    """The routes have seen to it that she is one."""
    assert by.member is not None  # noqa: S101 - SignedIn says so
    return by.member
