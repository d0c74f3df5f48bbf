"""What the differences of two groups say."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.engine.differences import Comparison, Difference
from desireline.engine.saying.message import Message, said

FIGURES = {
    "share_of_first": "share that reaches",
    "share_of_previous": "share that goes on to",
    "journeys_with_step": "share of journeys that go",
    "share": "share that walks",
    "reach": "share that comes to",
    "exit": "share lost at",
    "loop": "share that comes back to",
    "outcome": "share with the outcome after",
    "returned": "share that comes back",
    "stands_at": "share that stands at",
    "followed_by": "share followed next by",
    "preceded_by": "share directly preceded by",
}
"""What a figure is called in English, where its key says too little."""


def of_comparison(found: Comparison, names: tuple[str, str]) -> Iterator[Message]:
    """How many differ, the first of them, and what to mind."""
    both = {"name_a": names[0], "name_b": names[1]}
    if not found.compared:
        yield said("nothing")
        return
    key = "compare.found" if found.found else "compare.none"
    yield said(key, found=found.found, compared=found.compared, **both)
    if found.differences:
        yield of_difference(found.differences[0], names)
    if found.compared > 1:
        yield said("compare.control")
    if found.in_both:
        yield said("compare.overlap", count=found.in_both)


def of_difference(one: Difference, names: tuple[str, str]) -> Message:
    """The verdict on one difference."""
    return said(
        f"compare.{one.unit}_{one.verdict}",
        figure=FIGURES.get(one.figure, one.figure.replace("_", " ")),
        of=_which(one),
        name_a=names[0],
        name_b=names[1],
        n_a=one.a.n,
        n_b=one.b.n,
        a=one.a.value,
        b=one.b.value,
        difference=one.difference,
        low=one.low,
        high=one.high,
        more=one.more,
    )


def _which(one: Difference) -> str:
    of = one.of
    if "from" in of:
        return f"from {of['from'] or 'the start'} to {of['to'] or 'the end'}"
    if "period" in of:
        cohort = "" if of["cohort"] is None else f" of those who began on {of['cohort']}"
        return f"in period {of['period']}{cohort}"
    named = of.get("name") or of.get("event") or of.get("variant") or ""
    return str(named)
