"""What people said who met a pain, without what looks like somebody's address or number."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from desireline.engine.pains import Pain, Pains, Signal
from desireline.modules.people.facade import Mask

MOST_CHARACTERS = 500
_ANYBODY = Mask.of((), ())


class PainQuote(BaseModel):
    """What somebody said, when, and at which touchpoint; null: at none of the map."""

    text: str
    at: str
    touchpoint: str | None


class PainQuotes(BaseModel):
    """What was said by some who met a signal at a touchpoint, there or later."""

    signal: Signal
    touchpoint: Annotated[str, Field(description="Where the signal was met.")]
    quotes: list[PainQuote]


def quotes_of(found: Pains) -> list[PainQuotes]:
    """Those of the pains that were found, as far as anybody said something."""
    return [_quotes(pain) for pain in found.pains if pain.quotes]


def _quotes(pain: Pain) -> PainQuotes:
    return PainQuotes(
        signal=pain.signal,
        touchpoint=pain.touchpoint,
        quotes=[
            PainQuote(
                text=_ANYBODY.free(quote.text)[:MOST_CHARACTERS],
                at=quote.at,
                touchpoint=quote.touchpoint,
            )
            for quote in pain.quotes
        ],
    )
