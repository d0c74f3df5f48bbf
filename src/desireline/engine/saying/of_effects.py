"""What an effect says, and what has become of a claim."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.engine.effects.result import Effect
from desireline.engine.hypotheses.result import Hypothesis
from desireline.engine.saying.message import Message, said

FAR = 20
"""With so many times more visits needed, an effect is not worth looking for."""
SIDES = {
    "randomised": "lot",
    "synthetic_control": "sides",
    "difference_in_differences": "sides",
    "interrupted_time_series": "alone",
}
SAID_AS = {"each": "value"}
"""Kinds of figures that are spoken of as others are."""


def of_effect(found: Effect) -> Iterator[Message]:
    """The verdict, who was compared, how it is known, what speaks for it, what would change it."""
    if found.refusal is not None:
        more = {"more": found.more} if found.refusal == "too_few" else {}
        yield said(f"effects.refused_{found.refusal}", **more)
    else:
        yield from _of_estimate(found)
    if found.design is not None:
        yield said(f"effects.by_{found.design}")
    for check in found.checks:
        kept = {"value": check.value} if check.name == "shares" else {}
        outcome = "passed" if check.passed else "failed"
        yield said(f"effects.check_{check.name}_{outcome}", of=check.of, **kept)
    if found.estimate is not None:
        if found.more and found.verdict == "undecided":
            far = found.more > FAR * found.n
            yield said("effects.alike") if far else said("effects.more", more=found.more)
        yield said(f"effects.caveat_{found.design}")
    if found.left_out:
        yield said("effects.left_out", count=found.left_out)


def _of_estimate(found: Effect) -> Iterator[Message]:
    kind = SAID_AS.get(found.kind, found.kind)
    one, other = found.reached, found.compared
    yield said(
        f"effects.{kind}_{found.verdict}",
        estimate=found.estimate,
        low=found.low,
        high=found.high,
        n=found.n,
    )
    if found.any_time_low is not None:
        low, high = found.any_time_low, found.any_time_high
        yield said(f"effects.{kind}_any_time", low=low, high=high)
    sides = SIDES[found.design or "interrupted_time_series"]
    after = {"after": one.after, "n_after": one.n_after}
    before = {"before": one.before, "n_before": one.n_before}
    with_other = {"other_after": other.after, "m_after": other.n_after}
    before_other = {"other_before": other.before, "m_before": other.n_before}
    told = {
        "lot": after | with_other,
        "alone": before | after,
        "sides": before | after | before_other | with_other,
    }
    yield said(f"effects.{kind}_{sides}", **told[sides])
    if found.kind in ("each", "time"):
        yield said(f"effects.of_{found.kind}")
    if found.at_most is not None:
        yield said("effects.cut", most=found.at_most, count=found.cut)


def of_hypothesis(found: Hypothesis) -> Iterator[Message]:
    """The verdict, and how many more it takes."""
    if not found.n:
        yield said("hypotheses.nobody", needed=found.needed)
    else:
        yield said(
            f"hypotheses.{found.claims}_{found.verdict}",
            number=found.number,
            n=found.n,
            share=found.share,
            low=found.low,
            high=found.high,
        )
        if found.more:
            yield said("hypotheses.more", more=found.more)
        yield said("hypotheses.any_time")
    if found.left_out:
        yield said("hypotheses.young", count=found.left_out)
