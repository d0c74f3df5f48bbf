"""Journeys as the library gives them: the columns, with a method for each analysis."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import fields, replace
from functools import partial
from html import escape
from typing import Any, Self

import numpy as np

from desireline.engine import analyses, conformance, effects, endings, moments, pains
from desireline.engine import journeys as columnar
from desireline.engine.casing import CaseBy, CaseByImpossible, recased
from desireline.engine.compute.threads import run
from desireline.engine.discovery import Discovery, discover
from desireline.engine.filters import Filter, filtered, microseconds_at
from desireline.engine.journeys import Bools
from desireline.engine.living_map import LivingMap, bind
from desireline.engine.rules import Rule
from desireline.engine.telling import InWords, ToldQuery, Words
from desireline.library.short_forms import (
    MOST_NAMED,
    MapLike,
    RuleLike,
    as_map,
    as_rule,
    asked,
    several,
    unknown_name,
)


class Journeys(columnar.Journeys):
    """What customers did, by customer and in sequence, with a method for each analysis."""

    @classmethod
    def of(cls, journeys: columnar.Journeys) -> Self:
        """The same journeys with the methods of the library; no array is copied."""
        return cls(**{f.name: getattr(journeys, f.name) for f in fields(journeys)})

    def __repr__(self) -> str:
        kept, events = self.n_kept
        names = ", ".join(self.events[:MOST_NAMED])
        more = ", ..." if len(self.events) > MOST_NAMED else ""
        return (
            f"<Journeys of {self.provenance.source or 'events'}: {kept:,} with {events:,} events of"
            f" {len(self.events):,} types ({names}{more}){_period(self)}>"
        )

    def _repr_html_(self) -> str:
        return f"<p>{escape(repr(self)[1:-1])}</p>"

    @property
    def n_kept(self) -> tuple[int, int]:
        """How many journeys and events a filter leaves; all where there is none."""
        held = self.mask
        if held is None:
            return len(self), self.n_events
        covered = slice(int(self.offset[0]), int(self.offset[-1]))
        inside = held.event[covered] & np.repeat(held.journey, np.diff(self.offset))
        return int(held.journey.sum()), int(inside.sum())

    def where(
        self,
        rule: RuleLike | None = None,
        *,
        start: dt.datetime | None = None,
        stop: dt.datetime | None = None,
        channels: str | Sequence[str] = (),
        journeys: Bools | None = None,
        whole_journeys: bool = False,
    ) -> Self:
        """The part that fits: events from `start` to before `stop`, of `channels`, of the rule.

        `journeys` is a segment, one bool a journey. With `whole_journeys` a journey in which some
        event fits stays with all its events. Nothing is copied. Raises FilterImpossible, and what
        `rule` raises.
        """
        wanted_channels = several(channels)
        for channel in wanted_channels:
            if channel not in self.channels:
                raise unknown_name("channel", channel, [c for c in self.channels if c], self)
        wanted = Filter(
            start=start,
            stop=stop,
            rule=None if rule is None else self.rule(rule),
            channels=wanted_channels,
            journeys=None if journeys is None else np.asarray(journeys),
            whole_journeys=whole_journeys,
        )
        return self.of(filtered(self, wanted))

    def by(self, case_by: CaseBy) -> Self:
        """The same events as other journeys: by person, by session, or by a column read along.

        Raises CaseByImpossible.
        """
        if not isinstance(case_by, CaseBy):
            raise CaseByImpossible(
                f"{case_by!r} does not say what makes one journey.",
                hint="Give CaseBy(kind='column', column='order_id'), or use by_session().",
            )
        return self.of(recased(self, case_by))

    def by_session(self, gap: dt.timedelta | float = dt.timedelta(minutes=30)) -> Self:
        """Sessions: a journey ends where nothing happens for longer than `gap` (or its seconds)."""
        seconds = gap.total_seconds() if isinstance(gap, dt.timedelta) else gap
        return self.by(CaseBy(kind="session", gap_seconds=seconds))

    def rule(self, wanted: RuleLike) -> Rule:
        """A rule from its short forms.

        Raises PatternUnreadable, RuleUnreadable, NotARule, and NameUnknown where a text names an
        event type that no event has: a rule as data may be written before its first event, a typed
        one not.
        """
        return as_rule(wanted, self)

    def transitions(self, *, quantiles: bool = True) -> analyses.transitions.Transitions:
        """What directly follows what: counts, shares, waits; where journeys start and end."""
        return run(analyses.transitions, self, analyses.transitions.Query(quantiles=quantiles))

    def variants(self, top: int | None = None) -> analyses.variants.Variants:
        """The distinct sequences with their counts, most frequent first."""
        return run(analyses.variants, self, analyses.variants.Query(top=top))

    def funnel(
        self, steps: Sequence[RuleLike | analyses.funnel.Step], **options: Any
    ) -> analyses.funnel.Funnel:
        """How many get through `steps` in order; `options` are those of `funnel.Query`.

        Raises FunnelImpossible, OptionUnknown, and what `rule` raises.
        """
        made = tuple(self._step(s) for s in ((steps,) if isinstance(steps, str) else steps))
        query = asked(partial(analyses.funnel.Query, made), analyses.funnel.Query, options)
        return run(analyses.funnel, self, query)

    def _step(self, wanted: RuleLike | analyses.funnel.Step) -> analyses.funnel.Step:
        if isinstance(wanted, analyses.funnel.Step):
            without = None if wanted.without is None else self.rule(wanted.without)
            return replace(
                wanted,
                rule=self.rule(wanted.rule),
                name=wanted.name or (wanted.rule if isinstance(wanted.rule, str) else ""),
                without=without,
            )
        return analyses.funnel.Step(
            self.rule(wanted), name=wanted if isinstance(wanted, str) else ""
        )

    def paths(self, anchor: str, **options: Any) -> analyses.paths.Paths:
        """What people do after and before the event `anchor`; options are of `paths.Query`.

        Raises AnchorUnknown, PathsImpossible, OptionUnknown.
        """
        query = asked(partial(analyses.paths.Query, anchor), analyses.paths.Query, options)
        return run(analyses.paths, self, query)

    def retention(
        self, begins: RuleLike | None = None, back: RuleLike | None = None, **options: Any
    ) -> analyses.retention.Retention:
        """Who came back in which calendar period after the first; options are `retention.Query`'s.

        `begins` is the first event that counts, `back` what brings back; without them, any. Raises
        RetentionImpossible, PeriodsImpossible, OptionUnknown, and what `rule` raises.
        """
        query = analyses.retention.Query
        first, later = (None if r is None else self.rule(r) for r in (begins, back))
        made = asked(partial(query, first, later), query, options)
        return run(analyses.retention, self, made)

    def touchpoints(self, journey_map: MapLike) -> analyses.touchpoints.Touchpoints:
        """The figures of each touchpoint of a map."""
        words = Words.of(as_map(journey_map))
        return run(
            InWords(analyses.touchpoints), self, ToldQuery(words, analyses.touchpoints.Query())
        )

    def positions(
        self, journey_map: MapLike, *, as_of: dt.datetime | None = None
    ) -> analyses.positions.Positions:
        """At which touchpoint each open journey stands, and since when.

        `as_of` without a zone is in UTC; without it, the end of the log is meant.
        """
        words = Words.of(as_map(journey_map))
        query = analyses.positions.Query(as_of=None if as_of is None else microseconds_at(as_of))
        return run(InWords(analyses.positions), self, ToldQuery(words, query))

    def conformance(self, journey_map: MapLike, **options: Any) -> conformance.Conformance:
        """How far journeys follow a map, where they leave it, and what that costs.

        Options are those of `conformance.Query`: `strangers`, `period`, `time_zone`, `ways`.
        Raises PeriodsImpossible, OptionUnknown.
        """
        query = conformance.Query
        made = asked(partial(query, as_map(journey_map)), query, options)
        return run(conformance, self, made)

    def endings(self, journey_map: MapLike, **options: Any) -> endings.Endings:
        """Why persons leave a map, when, after what, and where each of them stands by now.

        Options are those of `endings.Query`: `ends`, `elsewhere`, `silence_days`, `within_days`,
        `time_zone`. Raises PeriodsImpossible, OptionUnknown.
        """
        query = endings.Query
        made = asked(partial(query, as_map(journey_map)), query, options)
        return run(endings, self, made)

    def effect(
        self,
        entered: RuleLike,
        metric: effects.Metric | RuleLike,
        deployed: dt.datetime,
        reached: RuleLike | effects.Hashed | None = None,
        **options: Any,
    ) -> effects.Effect:
        """Whether a change made a difference for those who come to `entered`, and how far it holds.

        A rule in place of a metric asks whether it comes within 30 days. `reached` is whom the
        change reaches from `deployed` on, without it everybody; options are those of
        `effects.Query`: `compared`, `by_chance`, `share`, `unit`, `like`, `design`, `until`. Raises
        EffectImpossible, OptionUnknown, and what `rule` raises.
        """
        counted = (
            metric if isinstance(metric, effects.Metric) else effects.Metric(self.rule(metric))
        )
        whom = (
            reached
            if reached is None or isinstance(reached, effects.Hashed)
            else self.rule(reached)
        )
        if options.get("compared") is not None:
            options["compared"] = self.rule(options["compared"])
        make = partial(effects.Query, self.rule(entered), counted, microseconds_at(deployed), whom)
        return run(effects, self, asked(make, effects.Query, options))

    def moments(
        self, journey_map: MapLike, outcome: RuleLike | None = None, **options: Any
    ) -> moments.Moments:
        """Which touchpoints of a map decide whether the outcome comes, and which only seem to.

        `outcome` is what should follow, else the map's. Options are those of `moments.Query`:
        `smallest`, `horizon_days`, `hidden_customer`, `hidden_company`, `votes`, `knows`. Raises
        OptionUnknown, and what `rule` raises.
        """
        query = moments.Query
        wanted = None if outcome is None else self.rule(outcome)
        made = asked(partial(query, as_map(journey_map), wanted), query, options)
        return run(moments, self, made)

    def pains(self, journey_map: MapLike, **options: Any) -> pains.Pains:
        """Where it hurts on a map, whom, and what it costs; the most harm first.

        Options are those of `pains.Query`: `scores` and `texts` (properties with marks, and with
        what people say), `period`, `time_zone`. Raises PeriodsImpossible, OptionUnknown.
        """
        query = pains.Query
        made = asked(partial(query, as_map(journey_map)), query, options)
        return run(pains, self, made)

    def discover(self, **options: Any) -> Discovery:
        """A draft of the map that nobody has drawn yet; options are those of `discover`."""
        return discover(self, **options)

    def bind(self, journey_map: MapLike, *, as_of: dt.datetime | None = None) -> LivingMap:
        """The map with every figure computed from these journeys, as known at `as_of`."""
        return bind(as_map(journey_map), self, as_of=as_of)


def _period(journeys: columnar.Journeys) -> str:
    if journeys.period is None:
        return ""
    first, last = (np.datetime64(t, "us").astype("datetime64[D]") for t in journeys.period)
    return f", {first} to {last}"
