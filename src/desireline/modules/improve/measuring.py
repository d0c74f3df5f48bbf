"""What an improvement has changed, and what it takes to see that: asked of the live log."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from desireline.engine import effects
from desireline.engine.analyses.result import Result
from desireline.engine.effects import Effect, Plan, planned
from desireline.engine.effects.query import Kind
from desireline.modules.explore.facade import Explorer
from desireline.modules.improve.asking import query_of
from desireline.modules.improve.documents import ImprovementDocument
from desireline.modules.improve.errors import ImprovementUndeployed
from desireline.modules.improve.repository import Row
from desireline.modules.rooms import Rooms

KEPT = 128
"""Answers that are kept, for the position that they were given at."""
NEVER = 2**60
"""A moment behind the end of every log."""

EVEN = 0.5
"""The share of a lot that was dealt elsewhere, before anybody has an arm."""

R = TypeVar("R", bound=Result)


@dataclass(frozen=True)
class Told:
    """An answer, and the position of the log up to which it reaches."""

    position: int
    result: Any


@dataclass(frozen=True)
class Needed:
    """How many come now, and how many must come until a change can be seen."""

    n: int
    figure: float | None
    """What is measured, of those whom it will reach: a rate, a value, or seconds."""
    a_day: float | None
    share: float | None
    """Of all who come, those whom it will reach."""
    plan: Plan | None
    """None where nobody whom it reaches has come, or all are alike."""
    kind: Kind


class Measuring:
    """Asks once for each state of the log and of what is asked."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._kept: OrderedDict[Hashable, Told] = OrderedDict()

    def effect(self, row: Row) -> Told:
        """The effect of an improvement.

        Raises ImprovementUndeployed, MeasureIncomplete, EffectImpossible.
        """
        if row["deployed_at"] is None:
            raise ImprovementUndeployed(
                f"The improvement {row['id']} is not deployed yet.",
                hint="Move it to `deployed`, with the moment from which customers have it.",
            )

        def ask() -> tuple[Effect, int]:
            wanted = query_of(self._rooms, row, row["deployed_at"], self.events())
            return self._rooms.asked().ask(effects, wanted.query, wanted.columns)

        return self.told(("effect", row["id"], row["revision"]), ask)

    def needed(self, row: Row) -> Needed:
        """What must come until its effect can be seen. MeasureIncomplete, EffectImpossible."""
        said = ImprovementDocument.model_validate_json(row["document"])
        wanted = query_of(self._rooms, row, NEVER, self.events())
        query = wanted.query
        if query.by_chance:  # nobody has an arm yet
            query = replace(query, reached=None, compared=None, by_chance=False)

        def ask() -> tuple[Effect, int]:
            return self._rooms.asked().ask(effects, query, wanted.columns)

        found: Effect = self.told(("needed", row["id"], row["revision"]), ask).result
        among = found.reached.n_before + found.compared.n_before
        seen = found.reached.n_before / among if among else 0.0
        share = wanted.query.share or (EVEN if wanted.query.by_chance and among else seen)
        plan = planned(found, query, said.smallest, share) if share else None
        now = found.reached.before
        return Needed(found.n, now, found.visits_a_day, share or None, plan, found.kind)

    def told(self, what: Hashable, ask: Callable[[], tuple[R, int]]) -> Told:
        """The answer of this position; asked where it is not known yet."""
        key = (what, self._rooms.asked().position)
        known = self._kept.get(key)
        if known is None:
            result, position = ask()
            known = Told(position, result)
            self._kept[what, position] = known
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return known

    def events(self) -> frozenset[str]:
        """The types of events that the log has."""
        return frozenset(Explorer(self._rooms).names(counted=False).events)
