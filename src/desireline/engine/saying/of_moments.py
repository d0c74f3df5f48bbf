"""What is said of moments of truth: which decide, which only seemed to, what would settle it."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.engine.moments.judging import most_in_its_round
from desireline.engine.moments.result import Agreement, Effect, Moment, Moments
from desireline.engine.saying.message import Message, said

TOLD = 3
"""Surprises that are told."""


def of_moments(found: Moments) -> Iterator[Message]:
    """How the nominated ones came out, the surprises, and how far staff and data agree."""
    nominated = [one for one in found.moments if one.nominated]
    if not found.compared:
        return
    yield _of_nominated(found, nominated)
    for one in nominated:
        yield from of_moment(one)
    surprises = [one for one in found.moments if one.surprise]
    for one in surprises[:TOLD]:
        yield said("moments.surprise", name=one.name)
        yield from of_moment(one)
    for agreement in found.agreement[:1]:
        yield from of_agreement(agreement)
    yield said("moments.control", compared=found.compared, smallest=found.smallest)


def _of_nominated(found: Moments, nominated: list[Moment]) -> Message:
    if not nominated:
        return said("moments.none_nominated", journeys=found.journeys)
    if len(nominated) == 1:
        return said(f"moments.one_nominated_{nominated[0].verdict}", journeys=found.journeys)
    counts = {
        verdict: sum(one.verdict == verdict for one in nominated)
        for verdict in ("confirmed", "refuted", "undecided")
    }
    return said("moments.nominated", n=len(nominated), journeys=found.journeys, **counts)


def of_moment(moment: Moment) -> Iterator[Message]:
    """What follows where it goes well, the verdict, and what stands behind it."""
    effect = moment.effect
    if effect is None:
        yield said("moments.nothing_to_compare", name=moment.name)
        return
    yield said(
        f"moments.{effect.quality}",
        name=moment.name,
        n=effect.n,
        a=effect.with_it,
        b=effect.without,
        difference=effect.difference,
        low=effect.low,
        high=effect.high,
    )
    yield from _of_verdict(moment, effect)


def _of_verdict(moment: Moment, effect: Effect) -> Iterator[Message]:
    name = moment.name
    if moment.why == "effect":
        yield said("moments.effect", name=name, e_value=effect.e_value_low)
    elif moment.why == "other_people" and effect.rounds is not None:
        rounds = effect.rounds
        yield said(
            "moments.other_people",
            name=name,
            again=rounds.again,
            a=rounds.later_did,
            b=rounds.later_not,
            most=most_in_its_round(rounds, effect.difference),
        )
        yield said("moments.lasting", name=name)
    elif moment.why == "few":
        yield said("moments.more", name=name, more=effect.more)
    elif moment.why == "hidden":
        yield said("moments.hidden", name=name, e_value=effect.e_value_low)
        if effect.more:
            yield said("moments.hidden_more", more=effect.more)
        else:
            yield said("moments.hidden_trial")
    elif moment.why == "overlap":
        yield said("moments.overlap", name=name, worth=effect.worth)
    else:
        yield said(f"moments.{moment.why}", name=name)


def of_agreement(agreement: Agreement) -> Iterator[Message]:
    """How far votes and effects put touchpoints into the same order."""
    if agreement.rank is None:
        yield said("moments.agreement_unknown", touchpoints=agreement.touchpoints)
        return
    yield said(
        "moments.agreement",
        touchpoints=agreement.touchpoints,
        rank=agreement.rank,
        low=agreement.low,
        high=agreement.high,
    )
