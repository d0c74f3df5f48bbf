"""Funnels the slow way: every attempt of every entry, from the words of the module."""

from __future__ import annotations

from dataclasses import dataclass

from tests.engine.factories import kept_events

from desireline.engine.analyses.funnel import Query
from desireline.engine.journeys import Journeys
from desireline.engine.rules import matches

Attempt = tuple[tuple[int, int], ...]
"""(step, event) pairs, from the entry to the last step reached."""


@dataclass
class Trial:
    """All attempts in some journeys, tried one by one."""

    journeys: Journeys
    query: Query

    def __post_init__(self) -> None:
        self.held = [matches(self.journeys, step.rule) for step in self.query.steps]
        self.without = [
            None if step.without is None else matches(self.journeys, step.without)
            for step in self.query.steps
        ]

    def attempts_from(self, attempt: Attempt, kept: list[int]) -> list[Attempt]:
        """The attempt and every one that goes on from it."""
        found = [attempt]
        step, event = attempt[-1]
        for later in range(step + 1, len(self.query.steps)):
            for i in (i for i in kept if i > event):
                if self.may_follow(attempt, later, i, kept):
                    found += self.attempts_from((*attempt, (later, i)), kept)
            if not self.query.steps[later].optional:
                break
        return found

    def may_follow(self, attempt: Attempt, step: int, i: int, kept: list[int]) -> bool:
        time, before, without = self.journeys.time, attempt[-1][1], self.without[step]
        between = [k for k in kept if before < k < i]
        within = self.query.steps[step].within_seconds
        window = self.query.window_seconds
        return bool(
            self.held[step][i]
            and (within is None or time[i] - time[before] <= round(within * 1e6))
            and (window is None or time[i] - time[attempt[0][1]] <= round(window * 1e6))
            and not (without is not None and any(without[k] for k in between))
            and not (self.query.strict and between)
        )

    def counted(self) -> list[tuple[int, Attempt]]:
        """The attempts that count, each with its journey."""
        by_entry = self.query.count_by == "entry"
        found = []
        for j, kept in enumerate(kept_events(self.journeys)):
            tried = [self.attempts_from(((0, i),), kept) for i in kept if self.held[0][i]]
            if by_entry:
                found += [(j, min(attempts, key=self.soonest)) for attempts in tried]
            elif tried:
                found.append((j, min((a for t in tried for a in t), key=self.counted_back)))
        return found

    def soonest(self, attempt: Attempt) -> tuple[int, int]:
        return -attempt[-1][0], int(self.journeys.time[attempt[-1][1]])

    def counted_back(self, attempt: Attempt) -> tuple[int, int, list[tuple[int, int, int]]]:
        """Furthest, then first to get there, then counted back the latest events.

        Where one event may stand for two steps: so that it begins later, then for the later step.
        """
        begun = int(self.journeys.time[attempt[0][1]])
        backwards = [(-event, -begun, -step) for step, event in reversed(attempt[:-1])]
        return -attempt[-1][0], attempt[-1][1], backwards
