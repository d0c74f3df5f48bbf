"""From what was judged to the answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from desireline.engine.analyses.shares import share
from desireline.engine.journeys import MICROSECONDS
from desireline.engine.pains.counting import WITH, Counts
from desireline.engine.pains.frequent import frequent
from desireline.engine.pains.judged import FOUND, Judged
from desireline.engine.pains.judging import judged
from desireline.engine.pains.overlapping import Overlaps
from desireline.engine.pains.query import Query, Settled
from desireline.engine.pains.result import Companion, Count, Pain, Pains, Quote, Verdict
from desireline.engine.pains.strata import Keys

TOP = 5
"""Places before a pain that are told."""
MOST_UNDECIDED = 20
HARMLESS = 0.03
"""What costs less than 3 of 100 visits for certain is called harmless."""


def tell(counts: Counts, overlaps: Overlaps | None, known: Settled, query: Query) -> Pains:
    """The answer. Without `overlaps` nothing was suspected."""
    told = _Telling(counts, known, query)
    if told.outcome_known:
        every = judged(counts, told.touchpoints, overlaps, known.suspects)
    else:
        every = frequent(counts, told.touchpoints)
    verdicts = [told.verdict(one) for one in every]
    pains = [one for one, v in zip(every, verdicts, strict=True) if v == "pain"]
    undecided = [one for one, v in zip(every, verdicts, strict=True) if v == "undecided"]
    pains.sort(key=lambda one: (-one.harm, one.touchpoint, one.signal))
    undecided.sort(key=lambda one: (-_possible(one), one.touchpoint, one.signal))
    return Pains(
        cases=counts.cases,
        outcome_known=told.outcome_known,
        horizon_seconds=known.horizon / MICROSECONDS,
        judged=sum(one.tested for one in every),
        pains=tuple(told.pain(one, "pain", told.companions(one, every)) for one in pains),
        undecided=tuple(told.pain(one, "undecided") for one in undecided[:MOST_UNDECIDED]),
        harmless=verdicts.count("harmless"),
    )


def _possible(one: Judged) -> float:
    """The harm at the far end of the interval."""
    if one.effect is None:
        return 0.0
    return one.people * max(0.0, -one.effect.low)


class _Telling:
    def __init__(self, counts: Counts, known: Settled, query: Query) -> None:
        self.counts, self.known, self.query = counts, known, query
        journey_map = query.journey_map
        self.places = journey_map.touchpoints
        self.touchpoints = len(self.places)
        self.stage = [s.key for s in journey_map.stages for _ in s.touchpoints]
        self.outcome_known = query.outcome_known
        self.keys = Keys(self.touchpoints, len(counts.channels))

    def verdict(self, one: Judged) -> Verdict:
        """What may be said at a false discovery rate of 5 %."""
        effect = one.effect
        if effect is None or not one.tested:
            return "undecided"
        worse = effect.difference > 0 if self._more_is_worse(one) else effect.difference < 0
        if effect.q <= FOUND:
            return "pain" if worse else "harmless"
        if self._more_is_worse(one):
            return "undecided"
        return "harmless" if effect.low > -HARMLESS else "undecided"

    def _more_is_worse(self, one: Judged) -> bool:
        return one.signal == "exit" or not self.outcome_known

    def companions(self, pain: Judged, every: Sequence[Judged]) -> tuple[Companion, ...]:
        """What goes with a pain, in the order of the map."""
        this = (pain.signal, pain.touchpoint)
        found = [one for one in every if one.goes_with and one.goes_with[:2] == this]
        found.sort(key=lambda one: (one.touchpoint, one.signal))
        return tuple(
            Companion(one.signal, self.places[one.touchpoint].key, self.places[one.touchpoint].name)
            for one in found
        )

    def pain(self, one: Judged, verdict: Verdict, goes_with: tuple[Companion, ...] = ()) -> Pain:
        """One of them."""
        place, typical = self.places[one.touchpoint], self.known.typical_value
        origins, channels = self._places(one)
        calendar = self.query.calendar
        months = {
            period: n
            for (signal, t, period), n in self.counts.months.items()
            if (signal, t) == (one.signal, one.touchpoint)
        }
        return Pain(
            touchpoint=place.key,
            name=place.name,
            stage=self.stage[one.touchpoint],
            department=place.owner,
            signal=one.signal,
            aim=one.aim,
            verdict=verdict,
            people=share(one.people, one.of),
            effect=one.effect,
            harm=one.harm,
            worth=one.harm * typical if typical and one.aim == "outcome" else None,
            limit_seconds=self._limit(one, origins),
            origins=tuple(Count(self._key(t), n) for t, n in _most(origins, TOP)),
            channels=tuple(Count(self.counts.channels[c], n) for c, n in _most(channels, None)),
            periods=tuple(
                Count(calendar.first_day(p).isoformat(), n) for p, n in sorted(months.items())
            ),
            quotes=tuple(
                Quote(q.text, q.at, None if q.touchpoint is None else self._key(q.touchpoint))
                for q in self.counts.quotes.get((one.signal, one.touchpoint), ())
            ),
            goes_with=goes_with,
        )

    def _places(self, one: Judged) -> tuple[Counter[int], Counter[int]]:
        """Where those who meet it come from, and by which channel they are here."""
        origins: Counter[int] = Counter()
        channels: Counter[int] = Counter()
        if one.signal == "exit":
            tally = self.counts.exits
            t, channel = np.divmod(tally.key, len(self.counts.channels))
            here = t == one.touchpoint
            for c, n in zip(channel[here], tally.count[here, 1], strict=True):
                channels[int(c)] += int(n)
            return origins, +channels
        tally = self.counts.strata[one.signal]
        t, origin, _, channel, _, had = self.keys.apart(tally.key)
        here = t == one.touchpoint
        if one.aim is not None:
            here &= had == (one.aim == "staying")
        for o, c, n in zip(origin[here], channel[here], tally.count[here, WITH], strict=True):
            origins[int(o)] += int(n)
            channels[int(c)] += int(n)
        return Counter() if one.signal == "loop" else +origins, +channels

    def _limit(self, one: Judged, origins: Counter[int]) -> float | None:
        if one.signal != "wait" or not origins:
            return None
        limits = self.known.limits.reshape(self.touchpoints, self.touchpoints)
        return min(int(limits[o, one.touchpoint]) for o in origins) / MICROSECONDS

    def _key(self, touchpoint: int) -> str | None:
        return None if touchpoint < 0 else self.places[touchpoint].key


def _most(counted: Counter[int], top: int | None) -> list[tuple[int, int]]:
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:top]
