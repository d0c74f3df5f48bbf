"""The map of 20 touchpoints whose figures are measured, and the slow way to some of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bench.plan import BY_CHANNEL, CHANNELS, OUTCOME, TOUCHPOINTS, names
from desireline.engine.analyses import touchpoints
from desireline.engine.compute.threads import run
from desireline.engine.journeys import Journeys
from desireline.engine.labelling import outcome_events, relabelled
from desireline.engine.rules import Rule
from desireline.engine.rules.builders import channel, event

Row = tuple[str, int, int]
"""Touchpoint, its events, its journeys."""


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """Rules and names of the touchpoints, and the outcome."""

    rules: Sequence[Rule]
    keys: Sequence[str]
    outcome: Rule

    @classmethod
    def of(cls, *, mixed: bool) -> DrawnMap:
        """20 touchpoints of two event types each; `mixed`: five of them ask for a channel too."""
        rules = [_rule(k, mixed=mixed) for k in range(TOUCHPOINTS)]
        return cls(rules, [f"touchpoint_{k:02d}" for k in range(TOUCHPOINTS)], event(OUTCOME))

    def figures(self, journeys: Journeys, threads: int) -> touchpoints.Touchpoints:
        """All figures of all touchpoints, from the rules on."""
        told = relabelled(journeys, self.rules, self.keys)
        outcome = outcome_events(journeys, self.outcome)
        return run(touchpoints, told, touchpoints.Query(outcome=outcome), threads)


def _rule(touchpoint: int, *, mixed: bool) -> Rule:
    types = names()
    by_type = event(types[touchpoint], types[touchpoint + TOUCHPOINTS])
    asks = mixed and BY_CHANNEL[0] <= touchpoint < BY_CHANNEL[1]
    return by_type & channel(CHANNELS[0], CHANNELS[1]) if asks else by_type


def told_rows(found: touchpoints.Touchpoints) -> list[Row]:
    """What is compared."""
    return sorted((t.event, t.events, t.journeys) for t in found.touchpoints)


def counted_rows(arrays: Path, *, mixed: bool) -> list[Row]:
    """The same from the columns, by look-up and sorting."""
    person, code, channels = (np.load(arrays / f"{n}.npy") for n in ("person", "code", "channel"))
    label = (code % TOUCHPOINTS).astype(np.int64)
    if mixed:
        asks = (label >= BY_CHANNEL[0]) & (label < BY_CHANNEL[1])
        label[asks & (channels > 1)] = TOUCHPOINTS
    events = np.bincount(label, minlength=TOUCHPOINTS + 1)
    keys: Any = np.unique(person * (TOUCHPOINTS + 1) + label)
    journeys = np.bincount(keys % (TOUCHPOINTS + 1), minlength=TOUCHPOINTS + 1)
    return [(f"touchpoint_{k:02d}", int(events[k]), int(journeys[k])) for k in range(TOUCHPOINTS)]
