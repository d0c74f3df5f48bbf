"""The wire shapes of what an improvement has changed, and of what it takes to see that."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from desireline.engine.analyses.times import iso
from desireline.engine.effects import Effect, Point
from desireline.engine.effects.query import Design, Kind
from desireline.engine.effects.result import CheckName, Refusal, Verdict, Why
from desireline.engine.saying import in_words
from desireline.modules.explore.facade import Document, Message
from desireline.modules.improve.measuring import Needed, Told


class FromEngine(BaseModel):
    """A shape that has the names of the engine's."""

    model_config = ConfigDict(from_attributes=True)


class EffectSide(FromEngine):
    """The figure of those whom it reaches, or of those they are compared with."""

    n_before: int
    before: float | None
    n_after: int
    after: float | None


class EffectCheck(FromEngine):
    """Something that must hold for the estimate to be believed."""

    name: CheckName
    passed: bool
    p: Annotated[float | None, Field(description="How often chance alone looks as bad.")]
    value: float | None
    of: int


class EffectPoint(BaseModel):
    """One period of the picture: those reached, and what they would be without it."""

    begins: str
    n: int
    reached: float | None
    n_compared: int
    without: float | None

    @classmethod
    def told(cls, point: Point) -> EffectPoint:
        """The wire shape of a point."""
        return cls(**{**vars(point), "begins": iso(point.begins)})


class EffectWeight(FromEngine):
    """How much a unit counts in the mixture that stands for those without it."""

    unit: str
    weight: float


class MeasuredEffect(BaseModel):
    """Whether an improvement made a difference, how large, and how far that may be believed."""

    position: int
    words: list[Message]
    verdict: Verdict
    design: Design | None
    why: Why | None
    refusal: Refusal | None
    kind: Annotated[Kind, Field(description="Of what: a rate, values, or seconds.")]
    estimate: Annotated[float | None, Field(description="What it adds to the figure.")]
    low: float | None
    high: float | None
    p: float | None
    any_time_low: Annotated[
        float | None, Field(description="With a lot: limits that hold however often one looks.")
    ]
    any_time_high: float | None
    n: int
    reached: EffectSide
    compared: EffectSide
    left_out: int
    at_most: Annotated[float | None, Field(description="What one visit counted for at most.")]
    cut: Annotated[int, Field(description="Visits that would have counted for more.")]
    more: int
    period_days: int
    checks: list[EffectCheck]
    series: list[EffectPoint]
    weights: list[EffectWeight]
    variance_kept: float | None

    @classmethod
    def of(cls, told: Told) -> MeasuredEffect:
        """The wire shape of an answer."""
        found: Effect = told.result
        rest: dict[str, Any] = {
            "position": told.position,
            "words": [Message(**vars(one)) for one in in_words(found)],
            "reached": EffectSide.model_validate(found.reached),
            "compared": EffectSide.model_validate(found.compared),
            "checks": [EffectCheck.model_validate(one) for one in found.checks],
            "series": [EffectPoint.told(one) for one in found.series],
            "weights": [EffectWeight.model_validate(one) for one in found.weights],
        }
        names = cls.model_fields.keys() - rest.keys()
        return cls(**rest, **{name: getattr(found, name) for name in names})


class NeededToSee(BaseModel):
    """What must come until a change of the smallest size would be seen, in 80 % of all cases."""

    n: Annotated[int, Field(description="Comings that it is known from.")]
    kind: Annotated[Kind, Field(description="What `figure` is.")]
    figure: Annotated[float | None, Field(description="A rate, a value, or seconds, as it is now.")]
    a_week: Annotated[float | None, Field(description="Comings in a week, as they come now.")]
    share: Annotated[float | None, Field(description="Of them, those whom it will reach.")]
    needed: Annotated[int | None, Field(description="Comings after it is deployed.")]
    days: Annotated[float | None, Field(description="Until they have come; null: nobody comes.")]

    @classmethod
    def of(cls, found: Needed) -> NeededToSee:
        """The wire shape of an answer."""
        return cls(
            n=found.n,
            kind=found.kind,
            figure=found.figure,
            a_week=None if found.a_day is None else 7 * found.a_day,
            share=found.share,
            needed=None if found.plan is None else found.plan.n,
            days=None if found.plan is None else found.plan.days,
        )


class WhoAsks(Document):
    """The identifier of somebody, as her events have it."""

    kind: Annotated[str, Field(min_length=1, max_length=64)] = "user_id"
    value: Annotated[str, Field(min_length=1, max_length=200)]


class AssignedArm(FromEngine):
    """What somebody gets: the improvement or what there was."""

    reached: bool
    live: Annotated[bool, Field(description="Before it is deployed nobody gets it.")]
