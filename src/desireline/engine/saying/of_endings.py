"""What the endings say: how many have ended, why, for whom, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.engine.endings.one_person import Ending
from desireline.engine.endings.result import Endings, Reason
from desireline.engine.journeys import MICROSECONDS
from desireline.engine.saying.message import Message, said

FAR = 20
"""With so many times more persons needed, a difference is not worth speaking of."""
TOLD = 5
"""Reasons that are told."""


def of_endings(found: Endings) -> Iterator[Message]:
    """How many have ended, the reasons found, and what a silence means."""
    if not found.journeys:
        return
    yield _of_the_ended(found)
    for reason in found.found[:TOLD]:
        yield from of_reason(reason)
    if found.found:
        yield said("endings.caveat")
    elif found.asked:
        yield said("endings.none", asked=found.asked)
    else:
        yield said("endings.unasked")
    yield _of_rhythm(found)


def _of_the_ended(found: Endings) -> Message:
    left, known = found.explained.left, found.explained.left - found.explained.unknown
    if not known:
        return said("endings.ended_unexplained", n=found.journeys, count=left)
    return said("endings.ended", n=found.journeys, count=left, known=known)


def _of_rhythm(found: Endings) -> Message:
    days = [rhythm.silence_days for rhythm in (*found.rhythms, found.rhythm)]
    if found.rhythm.given:
        return said("endings.rhythm_given", longest=max(days))
    if not found.rhythm.known:
        return said("endings.rhythm_unknown", longest=max(days))
    if min(days) == max(days):
        return said("endings.rhythm_alike", longest=max(days))
    return said("endings.rhythm", shortest=min(days), longest=max(days))


def of_reason(reason: Reason) -> Iterator[Message]:
    """What lacks, comes late or goes wrong, what that costs, and for whom it weighs most."""
    effect = reason.effect
    yield said(
        f"endings.{reason.kind}",
        place=reason.place_name,
        act=reason.act_name,
        bound=reason.bound_seconds,
        mark=reason.bound_mark,
        n=effect.n,
        like=effect.like,
        a=effect.with_it,
        b=effect.without,
        difference=effect.difference,
        low=effect.low,
        high=effect.high,
    )
    if reason.verdict == "undecided":
        far = effect.more > FAR * (effect.n + effect.like) or not effect.more
        yield said("endings.alike") if far else said("endings.undecided", more=effect.more)
        return
    yield said("endings.lost", lost=reason.lost, least=reason.lost_low, most=reason.lost_high)
    for whom in reason.for_whom[:1]:
        if whom.stronger:
            one = whom.difference
            yield said(
                "endings.for_whom",
                property=whom.property,
                value=whom.value,
                n=one.n,
                difference=one.difference,
                low=one.low,
                high=one.high,
            )


def of_ending(found: Ending, place: str | None, as_of: int) -> Iterator[Message]:
    """Whether one person's journey has ended, where, and for how many of the reasons found.

    `place` is the name of the touchpoint; `as_of` the moment in microseconds at which she stands.
    """
    if found.state is None:
        yield said("endings.person_nobody")
        return
    if found.ended_at is None:
        yield said("endings.person_on")
        return
    how = "said" if found.said else "silent"
    silent = {} if found.said else {"bound": (as_of - found.ended_at) / MICROSECONDS}
    if place is None:
        yield said(f"endings.person_{how}_nowhere", **silent)
    else:
        yield said(f"endings.person_{how}", place=place, **silent)
    left = sum(one.left_there for one in found.met)
    yield said("endings.person_why", count=left) if left else said("endings.person_unknown")
