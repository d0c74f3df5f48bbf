"""The library: what `import desireline as dl` gives. The command line uses it too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, Literal, Self

from desireline.engine import analyses
from desireline.engine import journeys as columnar
from desireline.engine.casing import CaseBy, recased
from desireline.engine.compute.threads import run
from desireline.engine.discovery import Discovery, discover
from desireline.engine.errors import DesirelineError
from desireline.engine.filters import Filter, filtered
from desireline.engine.journey_map import JourneyMap
from desireline.engine.journeys import Bools
from desireline.engine.labelling import outcome_events, relabelled
from desireline.engine.living_map import LivingMap, bind
from desireline.engine.rules import Rule, unknown_names
from desireline.engine.rules import from_dict as rule_from_dict
from desireline.engine.rules import parse as rule_from_pattern
from desireline.engine.rules.builders import event
from desireline.engine.rules.errors import did_you_mean
from desireline.formats import reading
from desireline.formats.roles import Roles
from desireline.sim import shop

RuleLike = Rule | str | Mapping[str, Any]
"""A rule; or the name of an event type, a path pattern (`cart -> order within 3d`), or its JSON."""


MOST_NAMED = 12
"""Event types that a hint lists."""


class NameUnknown(DesirelineError):
    """A rule that was typed in speaks of something that the journeys do not have."""


class Journeys(columnar.Journeys):
    """What customers did, by customer and in sequence, with a method for each analysis."""

    @classmethod
    def of(cls, journeys: columnar.Journeys) -> Self:
        """The same journeys with the methods of the library; no array is copied."""
        return cls(**{f.name: getattr(journeys, f.name) for f in fields(journeys)})

    def where(
        self,
        rule: RuleLike | None = None,
        *,
        start: dt.datetime | None = None,
        stop: dt.datetime | None = None,
        channels: Sequence[str] = (),
        journeys: Bools | None = None,
        whole_journeys: bool = False,
    ) -> Self:
        """The part that fits: events from `start` to before `stop`, of `channels`, of the rule.

        `journeys` is a segment, one bool a journey. With `whole_journeys` a journey in which some
        event fits stays with all its events. Nothing is copied.
        """
        wanted = Filter(
            start=start,
            stop=stop,
            rule=None if rule is None else self.rule(rule),
            channels=tuple(channels),
            journeys=journeys,
            whole_journeys=whole_journeys,
        )
        return self.of(filtered(self, wanted))

    def by(self, case_by: CaseBy) -> Self:
        """The same events as other journeys: by person, by session, or by a column read along."""
        return self.of(recased(self, case_by))

    def by_session(self, gap: dt.timedelta = dt.timedelta(minutes=30)) -> Self:
        """Sessions: a journey ends where nothing happens for longer than `gap`."""
        return self.by(CaseBy(kind="session", gap_seconds=gap.total_seconds()))

    def rule(self, wanted: RuleLike) -> Rule:
        """A rule from its short forms.

        Raises PatternUnreadable, RuleUnreadable, and NameUnknown where a text names an event type
        that no event has: a rule as data may be written before its first event, a typed one not.
        """
        if isinstance(wanted, Mapping):
            return rule_from_dict(dict(wanted))
        if not isinstance(wanted, str):
            return wanted
        rule = event(wanted) if wanted in self.code_of else rule_from_pattern(wanted)
        for unknown in unknown_names(rule, self):
            raise NameUnknown(
                f"No {unknown.kind} is called {unknown.name!r} in {self.provenance.source}.",
                hint=did_you_mean(unknown.name, self.events) or _there_are(self.events),
            )
        return rule

    def transitions(self, *, quantiles: bool = True) -> analyses.transitions.Transitions:
        """What directly follows what: counts, shares, waits; where journeys start and end."""
        return run(analyses.transitions, self, analyses.transitions.Query(quantiles=quantiles))

    def variants(self, top: int | None = None) -> analyses.variants.Variants:
        """The distinct sequences with their counts, most frequent first."""
        return run(analyses.variants, self, analyses.variants.Query(top=top))

    def funnel(
        self, steps: Sequence[RuleLike | analyses.funnel.Step], **options: Any
    ) -> analyses.funnel.Funnel:
        """How many get through `steps` in order; `options` are those of `funnel.Query`."""
        made = tuple(s if isinstance(s, analyses.funnel.Step) else self._step(s) for s in steps)
        return run(analyses.funnel, self, analyses.funnel.Query(steps=made, **options))

    def _step(self, wanted: RuleLike) -> analyses.funnel.Step:
        return analyses.funnel.Step(
            self.rule(wanted), name=wanted if isinstance(wanted, str) else ""
        )

    def paths(self, anchor: str, **options: Any) -> analyses.paths.Paths:
        """What people do after and before the event `anchor`; options are of `paths.Query`."""
        return run(analyses.paths, self, analyses.paths.Query(anchor=anchor, **options))

    def touchpoints(self, journey_map: JourneyMap) -> analyses.touchpoints.Touchpoints:
        """The figures of each touchpoint of a map."""
        told, outcome = self._told(journey_map)
        return run(analyses.touchpoints, told, analyses.touchpoints.Query(outcome=outcome))

    def positions(
        self, journey_map: JourneyMap, *, as_of: dt.datetime | None = None
    ) -> analyses.positions.Positions:
        """At which touchpoint each open journey stands, and since when."""
        told, outcome = self._told(journey_map)
        moment = None if as_of is None else int(as_of.timestamp() * columnar.MICROSECONDS)
        return run(
            analyses.positions, told, analyses.positions.Query(outcome=outcome, as_of=moment)
        )

    def _told(self, journey_map: JourneyMap) -> tuple[columnar.Journeys, Bools | None]:
        """The journeys in the words of the map, and where the map's outcome is reached."""
        cased = recased(self, journey_map.case_by)
        found = journey_map.touchpoints
        told = relabelled(cased, [t.rule for t in found], [t.key for t in found])
        return told, outcome_events(cased, journey_map.goal.outcome)

    def discover(self, **options: Any) -> Discovery:
        """A draft of the map that nobody has drawn yet; options are those of `discover`."""
        return discover(self, **options)

    def bind(self, journey_map: JourneyMap, *, as_of: dt.datetime | None = None) -> LivingMap:
        """The map with every figure computed from these journeys."""
        return bind(journey_map, self, as_of=as_of)


def _there_are(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_NAMED:,} more" if len(names) > MOST_NAMED else ""
    return f"There are: {', '.join(names[:MOST_NAMED])}{more}."


def read_events(
    source: Any,
    *,
    case: str | None = None,
    event: str | None = None,
    time: str | None = None,
    order: str | Sequence[str] = (),
    channel: str | None = None,
    actor: str | None = None,
    value: str | None = None,
    columns: Sequence[str] | Literal["all"] = (),
    roles: Roles | None = None,
    time_format: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> Journeys:
    """Journeys of the events in a file (CSV, Parquet, JSON lines, XES, also .gz) or a data frame.

    Columns that are not named are found by their usual names; `provenance` says what was taken and
    what was set aside. `order` names columns that decide the sequence instead of the time.
    `columns` are further properties to keep (`"all"` for all). `roles` gives all of these at once.
    Raises subclasses of DesirelineError with a sentence and a hint; then nothing was read.
    """
    wanted = roles or Roles(
        case=case,
        event=event,
        time=time,
        order=(order,) if isinstance(order, str) else tuple(order),
        channel=channel,
        actor=actor,
        value=value,
        columns="all" if columns == "all" else tuple(columns),
    )
    path = str(source) if isinstance(source, Path) else source
    return Journeys.of(
        reading.read(
            path,
            wanted,
            time_format=time_format,
            encoding=encoding,
            delimiter=delimiter,
            progress=progress,
        )
    )


def simulate(persons: int = 50_000, seed: int = 7) -> Journeys:
    """The journeys of the simulated cat-fountain shop; the same seed gives the same events."""
    made = shop(persons=persons, seed=seed).journeys()
    source = replace(made.provenance, source=f"simulated shop, {persons:,} visitors, seed {seed}")
    return Journeys.of(replace(made, provenance=source))
