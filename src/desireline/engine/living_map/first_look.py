"""What the journeys of a shard did in the words of a map."""

from __future__ import annotations

from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

import numpy as np

from desireline.engine.analyses import funnel, touchpoints, variants
from desireline.engine.analyses.flags import kept, spelled_out
from desireline.engine.analyses.tally import Tally
from desireline.engine.analyses.transition_counts import steps_by_journey
from desireline.engine.journey_map import JourneyMap
from desireline.engine.journeys import I64, Codes, Journeys, Mask
from desireline.engine.kernels.living_map import mark_visits
from desireline.engine.living_map.along import funnel_query
from desireline.engine.living_map.feelings import Given, given
from desireline.engine.living_map.frame import Frame
from desireline.engine.living_map.rhythm import SPANS
from desireline.engine.living_map.samples import Candidate, candidates, chosen_among
from desireline.engine.telling import Told, Words

TOP_VARIANTS = 50
_NEVER = (np.iinfo(np.int64).max, np.iinfo(np.int64).min)


@dataclass(frozen=True, eq=False)
class FirstLook:
    """What a shard contributes."""

    totals: I64
    """Journeys with any event in the log, those of them with the outcome, persons, events."""
    period: tuple[int, int]
    """First and last time of these events."""
    by_span: I64
    """`by_span[touchpoint, span]`: events of it in the span."""
    at_touchpoints: touchpoints.Partial
    at_stages: touchpoints.Partial
    steps: Tally
    """By step from visit to visit: journeys, and those with the outcome."""
    funnel: funnel.Partial | None
    """None where the way along the map has less than two steps."""
    variants: variants.Partial
    given: Given
    """The marks that people gave."""
    samples: tuple[Candidate, ...]

    def merge(self, other: FirstLook) -> FirstLook:
        """Both together."""
        both = None
        if self.funnel is not None and other.funnel is not None:
            both = funnel.merge(self.funnel, other.funnel)
        samples = (*self.samples, *other.samples)
        return FirstLook(
            totals=self.totals + other.totals,
            period=(min(self.period[0], other.period[0]), max(self.period[1], other.period[1])),
            by_span=self.by_span + other.by_span,
            at_touchpoints=touchpoints.merge(self.at_touchpoints, other.at_touchpoints),
            at_stages=touchpoints.merge(self.at_stages, other.at_stages),
            steps=self.steps.merge(other.steps),
            funnel=both,
            variants=variants.merge(self.variants, other.variants),
            given=self.given.merge(other.given),
            samples=chosen_among(samples, len(self.by_span)),
        )


@dataclass(frozen=True, eq=False)
class Walked:
    """What the second look needs of the first: the visits, and where each journey stands."""

    visits: Journeys
    stands: I64
    """A row a journey, as `mark_visits` says."""


_seen: WeakKeyDictionary[Journeys, tuple[Words, Frame, Walked]] = WeakKeyDictionary()
"""Between two looks at the same shard. It only saves work: what is not here is made again."""


def first_look(
    journeys: Journeys, journey_map: JourneyMap, words: Words, frame: Frame
) -> FirstLook:
    """What one shard contributes."""
    told = words.tell(journeys)
    walked, counted = _walked(told, frame)
    _seen[journeys] = words, frame, walked
    outcome, visits = told.outcome, walked.visits
    along = funnel_query(journey_map)
    asked = touchpoints.Query(outcome=outcome)
    return FirstLook(
        totals=counted.totals,
        period=(int(counted.period[0]), int(counted.period[1])),
        by_span=counted.by_span,
        at_touchpoints=touchpoints.partial(told.journeys, asked),
        at_stages=touchpoints.partial(_in_stages(journey_map, told.journeys), asked),
        steps=steps_by_journey(visits, outcome),
        funnel=None if along is None else funnel.partial(visits, along),
        variants=variants.partial(visits, variants.Query(TOP_VARIANTS, outcome)),
        given=given(told, len(journey_map.touchpoints)),
        samples=candidates(visits, outcome),
    )


def walked_before(journeys: Journeys, words: Words, frame: Frame) -> Walked:
    """The visits of a shard and where its journeys stand, as the first look left them."""
    found = _seen.pop(journeys, None)
    if found is not None and found[:2] == (words, frame):
        return found[2]
    return _walked(words.tell(journeys), frame)[0]


@dataclass(frozen=True, eq=False)
class _Counted:
    by_span: I64
    totals: I64
    period: I64


def _walked(told: Told, frame: Frame) -> tuple[Walked, _Counted]:
    journeys, in_log = told.journeys, kept(told.log)
    mask = kept(journeys)
    begins = np.zeros(len(journeys.time), np.bool_)
    stands = np.zeros((len(journeys), 3), np.int64)
    counted = _Counted(
        np.zeros((len(journeys.events), SPANS), np.int64),
        np.zeros(4, np.int64),
        np.array(_NEVER, np.int64),
    )
    mark_visits(
        journeys.offset,
        journeys.code,
        journeys.time,
        in_log.event,
        mask.event,
        mask.journey,
        spelled_out(told.outcome, journeys),
        np.empty(0, np.int32) if journeys.person is None else journeys.person,
        frame.first,
        frame.width,
        begins,
        counted.by_span,
        stands,
        counted.totals,
        counted.period,
    )
    return Walked(replace(journeys, mask=Mask(begins, mask.journey)), stands), counted


def _in_stages(journey_map: JourneyMap, told: Journeys) -> Journeys:
    """Touchpoints renamed to their stages: which touchpoint an event is stays decided."""
    stage: I64 = np.array(
        [i for i, stage in enumerate(journey_map.stages) for _ in stage.touchpoints], np.int64
    )
    names = tuple(stage.key for stage in journey_map.stages)
    code: Codes = stage.astype(np.uint16)[told.code] if len(stage) else told.code
    return replace(told, code=code, events=names)
