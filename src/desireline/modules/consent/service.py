"""Consents as callers ask for them: each decision with its event, its proof, and who entered it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256

from sqlalchemy import Connection

from desireline.kit.clock import Clock
from desireline.kit.database import Database
from desireline.log.appending.holding import hold
from desireline.log.envelope import Event
from desireline.log.identity.people import subjects_of
from desireline.log.identity.verifying import verify
from desireline.log.naming.subjects import numbers_of
from desireline.modules.audit.facade import record
from desireline.modules.consent import links, purposes, repository
from desireline.modules.consent.errors import ConsentTextTaken, ConsentTextUnknown
from desireline.modules.consent.events import event_of
from desireline.modules.consent.ledger import Decision, enter, may
from desireline.modules.consent.links import Leaving
from desireline.modules.consent.naming import name_in, name_of
from desireline.modules.consent.purposes import Purpose
from desireline.modules.consent.repository import ConsentText
from desireline.modules.consent.rule import Answer, Row, answer_of
from desireline.modules.people.facade import find_person
from desireline.modules.rooms import Rooms

Write = Callable[[Connection, Sequence[Event]], object]
PERSON = "the person"
KIND_OF_CHANNEL = {"email": "email", "sms": "phone"}
"""Whoever opens a link that was sent there has the address, or the telephone."""
"""Who did what a link in a message has done."""


class ConsentBook:
    """The ledger, for the command line and the server alike."""

    def __init__(self, db: Database, clock: Clock, write: Write, country: str = "") -> None:
        """`country` is that of phones which do not say theirs."""
        self._db, self._clock, self._write = db, clock, write
        self._country = country

    def now(self) -> int:
        """The time, in microseconds since 1970 UTC."""
        return self._clock.now()

    def enter(self, person: str, decided: Decision) -> Row:
        """A decision entered by somebody with access, its event, and the entry in the audit log.

        `person` is a subject's number, or an identifier that the log may not know yet, such as
        email:ann@example.com. Raises PersonUnknown, Unfit, PurposeUnknown, PurposeUnfit,
        ConsentTextUnknown, ConsentTimeUnfit.
        """
        name = name_in(person, self._country)
        with self._changing() as tx:
            self._check_text(tx, decided)
            subject = find_person(tx, person) if name is None else numbers_of(tx, [name])[name]
            return self._entered(tx, subject, decided, decided.by)

    def subject_of(self, person: str) -> int:
        """The subject that a number or an identifier names. PersonUnknown, PersonUnnamed."""
        with self._db.reading() as look:
            return find_person(look, person, self._country)

    def asked(self, person: str, decided: Decision) -> tuple[Row, str]:
        """A pending row, and the token with which the person confirms it. Raises as `enter`."""
        row = self.enter(person, replace(decided, state="pending"))
        with self._changing() as tx:
            return row, links.confirm_token(tx, row)

    def asked_about(self, token: str) -> Row | None:
        """The pending row of a token, None where the person was erased. TokenUnreadable, ..."""
        with self._changing() as tx:
            return repository.get_row(tx, links.asked_by(tx, token, self._clock.now()))

    def confirm(self, token: str, ip: str) -> bool:
        """Whether the person has consented by it now; false where it was answered before.

        A link that is opened once more, after a withdrawal too, changes nothing.
        TokenUnreadable, TokenExpired.
        """
        now = self._clock.now()
        with self._changing() as tx:
            asked = repository.get_row(tx, links.asked_by(tx, token, now))
            if asked is None or asked.state != "pending" or _answered(tx, asked):
                return False
            decided = Decision(
                purpose=asked.purpose,
                channel=asked.channel,
                state="granted",
                at=now,
                text_version=asked.text_version,
                language=asked.language,
                proof="double_opt_in",
                source=asked.source,
                ip=ip,
                by=PERSON,
            )
            self._entered(tx, asked.subject, decided)
            name = name_of(tx, asked.subject)
            if name is not None and name[0] == KIND_OF_CHANNEL.get(asked.channel):
                verify(tx, asked.subject, now, "double_opt_in")
            return True

    def leaving(self, token: str) -> Leaving:
        """What a token withdraws. TokenUnreadable."""
        with self._changing() as tx:
            return links.leaving_by(tx, token, self._clock.now())

    def withdraw(self, token: str, proof: str, ip: str) -> bool:
        """Whether there is somebody whose consent ends with it. TokenUnreadable."""
        now = self._clock.now()
        with self._changing() as tx:
            leaving = links.leaving_by(tx, token, now)
            if name_of(tx, leaving.subject) is None:
                return False
            decided = Decision(
                purpose=leaving.purpose,
                channel=leaving.channel,
                state="withdrawn",
                at=now,
                proof=proof,
                ip=ip,
                by=PERSON,
            )
            self._entered(tx, leaving.subject, decided)
            return True

    def withdraw_token(self, subject: int, purpose: str, channel: str) -> str:
        """The token for a link that withdraws, for a message. PurposeUnknown, PurposeUnfit."""
        with self._changing() as tx:
            purposes.purpose_of(tx, purpose)
            purposes.check_channel(channel)
            return links.withdraw_token(tx, Leaving(subject, purpose, channel))

    def may(self, subject: int, purpose: str, channel: str, at: int | None = None) -> Answer:
        """What `ledger.may` says; now, where no time is given."""
        with self._db.reading() as look:
            return may(look, subject, purpose, channel, self._clock.now() if at is None else at)

    def rows(self, subject: int) -> list[Row]:
        """All decisions of the person that a subject belongs to, as they were entered."""
        with self._db.reading() as look:
            return repository.list_rows(look, subjects_of(look, subject))

    def purposes(self) -> list[Purpose]:
        """All purposes."""
        with self._db.reading() as look:
            return purposes.list_purposes(look)

    def add_purpose(self, new: Purpose, by: str) -> None:
        """One more purpose. PurposeUnfit, PurposeTaken."""
        with self._changing() as tx:
            purposes.add_purpose(tx, new, self._clock.now())
            record(tx, by, "consent_purpose_added", f"purpose:{new.name}", clock=self._clock)

    def texts(self, purpose: str | None = None) -> list[ConsentText]:
        """All texts, or those of one purpose."""
        with self._db.reading() as look:
            return repository.list_texts(look, purpose)

    def add_text(self, new: ConsentText) -> ConsentText:
        """A text as it is kept; the same one again changes nothing. ConsentTextTaken, ..."""
        hashed = sha256(new.text.encode()).hexdigest()
        kept = replace(new, sha256=hashed, made_at=self._clock.now())
        with self._changing() as tx:
            purposes.purpose_of(tx, new.purpose)
            known = repository.get_text(tx, new.purpose, new.version, new.language)
            if known is not None:
                if known.text == new.text:
                    return known
                raise ConsentTextTaken(
                    f"The version {new.version!r} of {new.purpose} in {new.language!r} says"
                    " something else.",
                    hint="People agreed to what it says. Give the new text another version.",
                )
            repository.add_text(tx, kept)
            about = (f"purpose:{new.purpose}", {"sha256": hashed})
            record(tx, new.by, "consent_text_added", *about, clock=self._clock)
        return kept

    @contextmanager
    def _changing(self) -> Iterator[Connection]:
        """A transaction that will write events: one at a time."""
        with self._db.transaction() as tx:
            hold(tx)
            yield tx

    def _entered(
        self, tx: Connection, subject: int, decided: Decision, by: str | None = None
    ) -> Row:
        """The row and its event, and where a person with access did it, the entry of the audit."""
        row = enter(tx, subject, decided, self._clock.now())
        if by is not None:
            self._record(tx, by, row)
        if (name := name_of(tx, subject)) is not None:
            self._write(tx, [event_of(row, name, self._clock)])
        return row

    def _record(self, tx: Connection, by: str, row: Row) -> None:
        about = f"person:{row.subject}"
        said: dict[str, str | int] = {"row": row.id, "purpose": row.purpose}
        said |= {"channel": row.channel, "state": row.state}
        record(tx, by, "consent_entered", about, said, self._clock)

    def _check_text(self, tx: Connection, decided: Decision) -> None:
        if not decided.text_version:
            return
        purposes.purpose_of(tx, decided.purpose)
        wanted = (decided.purpose, decided.text_version, decided.language)
        if repository.get_text(tx, *wanted) is None:
            raise ConsentTextUnknown(
                f"There is no text {decided.text_version[:80]!r} of {decided.purpose} in"
                f" {decided.language[:20]!r}.",
                hint="POST /v1/consents/texts keeps what people agree to; then name its version.",
            )


class Consents(ConsentBook):
    """What the routes ask."""

    def __init__(self, rooms: Rooms) -> None:
        country = rooms.workspace.settings.country
        super().__init__(rooms.db, rooms.clock, rooms.appender.write, country)


def _answered(tx: Connection, asked: Row) -> bool:
    """Whether the person has decided since she was asked, on this channel or on all."""
    later = [
        row
        for row in repository.list_rows(tx, subjects_of(tx, asked.subject), asked.purpose)
        if row.id > asked.id
    ]
    subjects = {row.subject for row in later}
    last = max((row.at for row in later), default=0)
    answer = answer_of(later, subjects, asked.channel, last, needs_consent=True)
    return answer.because not in ("unknown", "pending")
