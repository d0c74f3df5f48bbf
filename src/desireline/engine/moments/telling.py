"""From units to the answer."""

from __future__ import annotations

from desireline.engine.journey_map.parts import Touchpoint
from desireline.engine.moments.agreeing import agreements, mean_votes
from desireline.engine.moments.counting import Partial
from desireline.engine.moments.judging import effects_of, strongest
from desireline.engine.moments.query import Query
from desireline.engine.moments.result import Effect, Moment, Moments


def finish(partial: Partial, query: Query) -> Moments:
    """The answer."""
    found = effects_of(partial.units, query)
    voted = mean_votes(query.votes)
    moments = [
        _moment(point, [e for e in found if e.contrast.touchpoint == point.key], partial, voted)
        for point in query.journey_map.touchpoints
    ]
    moments.sort(key=lambda m: (not m.nominated, -_size(m), m.touchpoint))
    effects = {m.touchpoint: m.effect.difference for m in moments if m.effect is not None}
    return Moments(
        journeys=partial.seen.journeys,
        smallest=query.smallest,
        compared=len(found),
        moments=tuple(moments),
        agreement=agreements(query.votes, effects),
    )


def _size(moment: Moment) -> float:
    return -1.0 if moment.effect is None else moment.effect.difference


def _moment(
    point: Touchpoint,
    effects: list[Effect],
    partial: Partial,
    voted: dict[str, tuple[float, float, int]],
) -> Moment:
    best, said = strongest(effects), point.moment_of_truth
    votes = voted.get(point.key)
    scores = (None, None) if said is None else (said.to_customer, said.to_company)
    return Moment(
        touchpoint=point.key,
        name=point.name,
        department=point.owner,
        nominated=said is not None,
        status=None if said is None else said.status,
        to_customer=scores[0] if votes is None else votes[0],
        to_company=scores[1] if votes is None else votes[1],
        voters=0 if votes is None else votes[2],
        journeys=partial.seen.visited[point.key],
        verdict="undecided" if best is None else best.verdict,
        why="nothing_to_compare" if best is None else best.why,
        effect=best,
        effects=tuple(effects),
    )
