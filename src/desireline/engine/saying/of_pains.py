"""What the search for pains says: what hurts where, whom, and what it costs."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import partial

from desireline.engine.pains.result import Effect, Pain, Pains
from desireline.engine.saying.message import Message, said

FAR = 20
"""With so many times more visits needed, a difference is not worth speaking of."""
TOLD = 3
"""Pains that are told."""


def of_pains(found: Pains) -> Iterator[Message]:
    """How many pains were found, then the worst ones."""
    if not found.cases:
        return
    key = "pains.found" if found.pains else "pains.none"
    yield said(key, found=len(found.pains), judged=found.judged, cases=found.cases)
    for pain in found.pains[:TOLD]:
        yield from of_pain(pain)
    if found.pains:
        yield said("pains.caveat" if found.outcome_known else "pains.no_outcome")


def of_pain(pain: Pain) -> Iterator[Message]:
    """Whom the signal meets, and what that costs."""
    told = pain.people
    yield said(
        f"pains.{pain.signal}",
        name=pain.name,
        count=told.count,
        n=told.n,
        share=told.share,
        low=told.low,
        high=told.high,
    )
    if pain.effect is None:
        yield said("pains.no_like")
        return
    yield _effect(pain, pain.effect)
    if pain.verdict == "pain" and pain.aim is not None:
        key = "pains.costs_worth" if pain.worth is not None else f"pains.costs_{pain.aim}"
        known = partial(_known, effect=pain.effect)
        yield said(key, harm=known(pain.harm), worth=known(pain.worth))


def _known(loss: float | None, effect: Effect) -> float | None:
    """A loss in no more digits than its effect is known to.

    It is rounded to the first digit of half the width of the interval (Guide to the Expression of
    Uncertainty in Measurement, 7.2.6).
    """
    if not loss or not effect.difference:
        return loss
    error = abs(loss * (effect.high - effect.low) / 2 / effect.difference)
    places = [math.floor(math.log10(n)) for n in (error, abs(loss)) if n]
    place = max(0, min(places))
    return float(math.floor(loss / 10**place + 0.5) * 10**place)


def _effect(pain: Pain, effect: Effect) -> Message:
    what = "exit" if pain.signal == "exit" else pain.aim or "frequent"
    key = f"pains.effect_{what}"
    if pain.verdict == "undecided":
        # What was not tested, or needs far more visits than there are, has no number to wait for.
        far = effect.more > FAR * (effect.n + effect.like)
        key = "pains.alike" if far or not effect.more else "pains.undecided"
    return said(
        key,
        n=effect.n,
        like=effect.like,
        a=effect.with_signal,
        b=effect.without,
        difference=effect.difference,
        low=effect.low,
        high=effect.high,
        more=effect.more,
    )
