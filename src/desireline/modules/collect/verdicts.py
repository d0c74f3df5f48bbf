"""What a sender is told about its events."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.json import Encoder

from desireline.engine.errors import DesirelineError
from desireline.log.envelope import Failed, Verdict

WHOLE_BODY = frozenset({"body_not_json", "body_wrong", "events_too_many"})
"""Reasons for which no event of a body could be told from the others."""


class Answer(Struct, frozen=True):
    """What became of the events of one request: received = stored + duplicate + failed."""

    received: int
    stored: int
    duplicate: int
    failed: int
    events: list[Verdict]
    """One verdict for each event, in their order."""


_encode = Encoder().encode


def answer_of(verdicts: list[Verdict]) -> Answer:
    """What a sender is told of them."""
    told = [verdict.verdict for verdict in verdicts]
    n = len(told)
    stored, failed = told.count("stored"), told.count("failed")
    return Answer(n, stored, n - stored - failed, failed, verdicts)


def encoded(verdicts: list[Verdict]) -> bytes:
    """The answer as JSON. Raises BodyNotEvents."""
    refuse_whole_body(verdicts)
    return _encode(answer_of(verdicts))


def counted(verdicts: list[Verdict]) -> tuple[int, int]:
    """How many there are, and how many of them failed. Raises BodyNotEvents."""
    refuse_whole_body(verdicts)
    return len(verdicts), sum(verdict.verdict == "failed" for verdict in verdicts)


class BodyNotEvents(DesirelineError):
    """The body as a whole holds no events that could be told apart. It is kept as it came."""

    status = 400

    @classmethod
    def of(cls, verdict: Verdict) -> BodyNotEvents:
        """The error for the one verdict on such a body."""
        if not isinstance(verdict, Failed):
            return cls("The body holds no events.")
        return cls(
            f"{verdict.reason} It is kept as the failed event {verdict.failed_id}.",
            hint=verdict.hint,
        )


def refuse_whole_body(verdicts: Sequence[Verdict]) -> None:
    """Raises BodyNotEvents where the only verdict is on the whole body, which failed."""
    first = verdicts[0] if len(verdicts) == 1 else None
    if isinstance(first, Failed) and first.code in WHOLE_BODY:
        raise BodyNotEvents.of(first)
