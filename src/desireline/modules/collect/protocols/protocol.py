"""What a wire protocol is: where it is spoken, how a request is cut up, what an event says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from msgspec import Raw, Struct

from desireline.log.wire import SentEvent

Read: TypeAlias = Callable[[Mapping[str, Any], str], SentEvent]
"""From what one event says, and the form in which it came, to the event. Raises Unfit.

The form tells what the event itself does not: `page` of a body sent to `/v1/page`.
"""


class Call(Struct, frozen=True):
    """One request, unpacked, as far as protocols look at it."""

    body: bytes
    query: str = ""
    """What follows the question mark, as it came."""
    key: str = ""
    """The write key of its headers or its path; most clients put it elsewhere."""
    form: str = ""
    """The form that its route stands for."""


class Told(Struct, frozen=True):
    """A request cut into its events."""

    events: list[bytes | Raw]
    """The very bytes of each."""
    key: str = ""
    """The write key; empty where there is none."""
    sent_at: str | int | float | None = None
    """What the client's clock said when it sent this."""
    wrong: Any = None
    """The Unfit of a body whose events cannot be told apart; then there are none."""


class Given(Struct, frozen=True):
    """An answer as its client expects it."""

    body: bytes = b""
    media_type: str = "application/json"
    status: int = 200


@dataclass(frozen=True)
class Route:
    """An address at which events are taken."""

    path: str
    open: Callable[[Call], Told]
    answer: Callable[[Call, int, int], Given]
    """From how many events came, and how many of them failed."""
    form: str = ""
    methods: tuple[str, ...] = ("POST",)


@dataclass(frozen=True)
class Page:
    """An address at which a client asks for its settings before it sends anything."""

    path: str
    answer: Callable[[str, str], Given]
    """From the write key and the address of this server, `http://127.0.0.1:8765`."""
    methods: tuple[str, ...] = ("GET",)
    needs_key: bool = True
    """Refused where the write key is unknown."""


@dataclass(frozen=True)
class Protocol:
    """The language of some clients."""

    name: str
    routes: tuple[Route, ...]
    read: Read
    pages: tuple[Page, ...] = ()
    has_queries: bool = False
    """An event may be the parameters of an address."""
    has_strangers: bool = False
    """Its browsers may send events that name nobody; they get an id of the day."""


def always(given: Given) -> Callable[[Call, int, int], Given]:
    """The same answer whatever became of the events: what failed is kept and shown here."""
    return lambda _call, _came, _failed: given
