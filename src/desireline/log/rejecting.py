"""What cannot become an event: the reason, and the bytes that are kept."""

from __future__ import annotations

from msgspec import Struct

from desireline.engine.errors import DesirelineError
from desireline.kit.networks import without_addresses
from desireline.log.addresses import cut_in_body

MOST_KEPT = 65_536
"""Bytes kept of what failed. An event that is not too large is kept whole."""


class Unfit(DesirelineError):
    """Something cannot become an event; `code` is the reason in one word."""

    status = 422

    def __init__(self, code: str, sentence: str, *, hint: str = "") -> None:
        super().__init__(sentence, hint=hint)
        self.code = code


class Reject(Struct, frozen=True, gc=False):
    """An event that cannot be stored: why, what to do, and the bytes as they came."""

    code: str
    reason: str
    hint: str
    body: bytes


def reject(error: Unfit, body: bytes) -> Reject:
    """The reject of `body`; of a long one the beginning is kept, and the reason says so.

    IP addresses in it are cut, whatever is set: it is kept for people to look at.
    """
    reason = str(error)
    if len(body) > MOST_KEPT:
        reason += f" The first {MOST_KEPT:,} of its {len(body):,} bytes are kept."
    kept = cut_in_body(bytes(body[:MOST_KEPT]))
    return Reject(error.code, without_addresses(reason), error.hint, kept)


def brief(value: object, most: int = 80) -> str:
    """A value as it is shown in a sentence."""
    shown = repr(value)
    return shown if len(shown) <= most else shown[: most - 3] + "..."
