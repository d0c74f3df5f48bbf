"""Says in an event where it came from, before the IP address is cut: country and data centre.

country      PL, by the registries of the internet
datacenter   aws: no person's line, but a rented server's
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from msgspec import UNSET

from desireline.log.wire import SentEvent

NOWHERE: Mapping[str, str] = {}


class Knows(Protocol):
    """Who knows where addresses are."""

    def of(self, address: str) -> Mapping[str, str]:
        """`country` and `datacenter`, as far as they are known."""
        ...


def place(sent: SentEvent, origins: Knows, near: Mapping[str, str]) -> None:
    """Of the address that the event tells, else of the request's; what a sender says stays."""
    context = sent.context
    if context is UNSET or not context:
        if near:
            sent.context = dict(near)
        return
    said = context.get("ip")
    found = origins.of(said) if isinstance(said, str) and said else near
    if found:
        sent.context = {**found, **context}
