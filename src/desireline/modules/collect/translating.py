"""From the events of any protocol to drafts, or reasons why not: one verdict an event."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import UNSET, Raw, Struct

from desireline.log.decoding import Limits
from desireline.log.drafting import Arrival, Draft, draft
from desireline.log.rejecting import Reject, Unfit, reject
from desireline.log.wire import SentEvent
from desireline.modules.collect.clocks import correct
from desireline.modules.collect.placing import NOWHERE, place
from desireline.modules.collect.protocols.protocol import Protocol, Told
from desireline.modules.collect.protocols.reading import value_of
from desireline.modules.collect.visitors import Visitor, keep_agent, mark
from desireline.modules.enrichment.facade import Origins

NAMES = ("user_id", "email", "phone", "anonymous_id", "identifiers")
NOTHING = (UNSET, None, "")


class Reading(Struct, frozen=True):
    """How the events of one request are to be read."""

    protocol: Protocol
    form: str
    skew: int
    """What clocks are corrected by, in microseconds."""
    visitor: Visitor
    limits: Limits
    stranger: Callable[[], str] | None = None
    """Gives the id of an event that names nobody: of a browser that keeps none. None: it fails."""
    origins: Origins | None = None
    """Who knows where an address is. None: nothing is said of it."""
    near: Mapping[str, str] = NOWHERE
    """Where the request itself came from, if a person's browser has sent it."""

    def amend(self, sent: SentEvent) -> None:
        """Says in an event what the request tells of all that it brings."""
        mark(sent, self.visitor)
        if self.origins is not None:
            place(sent, self.origins, self.near)
        if self.stranger is not None and _names_nobody(sent):
            sent.anonymous_id = self.stranger()  # of a day, and nothing that tells more is kept
        else:
            keep_agent(sent, self.visitor)

    @property
    def is_needed(self) -> bool:
        """Whether what failed could not be read without knowing this."""
        return bool(self.protocol.routes or self.skew)

    def again(self, body: bytes, arrival: Arrival) -> list[Draft | Reject]:
        """A failed event, once more."""
        return [translate(body, self, arrival)]


def _names_nobody(sent: SentEvent) -> bool:
    if sent.anonymous_id not in NOTHING or sent.user_id not in NOTHING:
        return False  # nearly all
    return not any(getattr(sent, name) not in NOTHING for name in NAMES)


def translated(told: Told, body: bytes, reading: Reading, arrival: Arrival) -> list[Draft | Reject]:
    """A draft or a reject for each event of a request, in their order."""
    wrong = told.wrong
    if len(told.events) > reading.limits.events:
        wrong = Unfit(
            "events_too_many",
            f"The body has {len(told.events):,} events; {reading.limits.events:,} are taken at"
            " once.",
            hint="Send it in parts, or import it as a file.",
        )
    if wrong is not None:
        return [reject(wrong, body)]
    return [translate(event, reading, arrival) for event in told.events]


def translate(event: bytes | Raw, reading: Reading, arrival: Arrival) -> Draft | Reject:
    """One event."""
    data = bytes(event)
    try:
        value = value_of(data, reading.limits, has_queries=reading.protocol.has_queries)
        sent = reading.protocol.read(value, reading.form)
        if reading.skew:
            correct(sent, reading.skew)
        reading.amend(sent)
        return draft(sent, data, arrival)
    except Unfit as error:
        return reject(error, data)
