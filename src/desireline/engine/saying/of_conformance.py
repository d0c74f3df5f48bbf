"""What conformance says: how far journeys follow the map, and which deviations cost most."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.engine.conformance.result import Conformance, Deviation
from desireline.engine.saying.message import Message, said

FAR = 20
"""With so many times more journeys needed, a difference is not worth speaking of."""
TOLD = 3
"""Deviations that are told."""


def of_conformance(found: Conformance) -> Iterator[Message]:
    """How far journeys follow, then the deviations that harm most people, then the usual ones."""
    if found.fitness is None or found.fitness_walked is None:
        return
    fitting = found.fitting
    yield said(
        "conformance.fits",
        n=found.cases,
        share=fitting.share,
        low=fitting.low,
        high=fitting.high,
        fitness=found.fitness,
        walked=found.fitness_walked,
    )
    told = worst(found)[:TOLD]
    for deviation in told:
        yield from of_deviation(deviation)
    if any(deviation.effect for deviation in told):
        yield said("conformance.caveat")
    if found.set_aside:
        yield said("conformance.set_aside", count=found.set_aside)


def worst(found: Conformance) -> list[Deviation]:
    """Deviations by the outcomes that they cost, as far as that is known; then by journeys."""

    def harm(deviation: Deviation) -> tuple[float, int]:
        effect = deviation.effect
        known = effect is not None and effect.verdict == "harms"
        lost = -effect.difference * effect.n if effect is not None and known else 0.0
        return -lost, -deviation.journeys.count

    return sorted((d for d in found.deviations if d.journeys.count), key=harm)


def of_deviation(deviation: Deviation) -> Iterator[Message]:
    """How many deviate in this way, and what it costs."""
    told = deviation.journeys
    yield said(
        f"conformance.{deviation.kind}",
        name=deviation.name,
        count=told.count,
        n=told.n,
        share=told.share,
        low=told.low,
        high=told.high,
    )
    effect = deviation.effect
    if effect is None:
        return
    far = effect.more > FAR * (effect.n + effect.like)
    alike = effect.verdict == "undecided" and (far or not effect.more)
    yield said(
        "conformance.alike" if alike else f"conformance.{effect.verdict}",
        n=effect.n,
        like=effect.like,
        a=effect.with_deviation,
        b=effect.without,
        difference=effect.difference,
        low=effect.low,
        high=effect.high,
        more=effect.more,
    )
