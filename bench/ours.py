"""Our side: analyses over Journeys that stand in memory.

As the peers return the columns of a table, we return arrays: all figures that were asked for, with
nothing left to be computed later.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

import numba
import numpy as np
from numpy.typing import NDArray

from bench.drawn_map import DrawnMap, told_rows
from bench.floor import read_columns
from bench.plan import CHANNELS, STEPS, WINDOW, names
from bench.worker import Way
from desireline.engine.analyses import funnel, transitions
from desireline.engine.analyses.waits import WAIT_ERROR
from desireline.engine.compute.threads import run
from desireline.engine.journeys import I64, Ids, Journeys
from desireline.engine.rules.builders import event

VERSIONS = {"numpy": np.__version__, "numba": numba.__version__}
FACTS = {"wait_error": WAIT_ERROR}

NAMES = tuple(names())
Columns: TypeAlias = tuple[I64, list[NDArray[Any]]]


def load(folder: Path, threads: int) -> dict[str, list[Way]]:
    """The works over journeys made from the sorted columns."""
    journeys = from_arrays(folder / "arrays")
    told = partial(pairs, events=NAMES)
    look = partial(columns, journeys, threads)
    transitions_alone = [Way("columns", partial(look, quantiles=False), told)]
    return {
        "transitions": transitions_alone,
        "transitions_trusting": transitions_alone,
        "quantiles": [Way("columns", partial(look, quantiles=True), told)],
        "funnel": [_funnel(journeys, threads, WINDOW / 1e6, counts_only=True)],
        "funnel_told": [_funnel(journeys, threads, WINDOW / 1e6, counts_only=False)],
        "funnel_open": [_funnel(journeys, threads, None, counts_only=True)],
        "touchpoints": [_figures(journeys, threads, mixed=False)],
        "touchpoints_mixed": [_figures(journeys, threads, mixed=True)],
        "floor": [Way("sum", partial(read_columns, journeys, threads), int)],
    }


def _funnel(
    journeys: Journeys, threads: int, window_seconds: float | None, *, counts_only: bool
) -> Way:
    steps = tuple(funnel.Step(event(name)) for name in STEPS)
    query = funnel.Query(steps, window_seconds=window_seconds, counts_only=counts_only)
    ask = partial(run, funnel, journeys, query, threads)
    name = "counts" if counts_only else "all figures"
    return Way(name, ask, lambda found: [step.reached for step in found.steps])


def _figures(journeys: Journeys, threads: int, *, mixed: bool) -> Way:
    drawn = DrawnMap.of(mixed=mixed)
    return Way("figures", partial(drawn.figures, journeys, threads), told_rows)


def from_arrays(place: Path) -> Journeys:
    """Journeys as the reader makes them, from columns in the order of (person, time)."""
    person, time, code, channel, value = (
        np.load(place / f"{name}.npy") for name in ("person", "time", "code", "channel", "value")
    )
    begins = np.flatnonzero(np.diff(person, prepend=person[0] - 1))
    return Journeys(
        offset=np.append(begins, len(person)).astype(np.int64),
        time=time,
        code=code,
        events=NAMES,
        ids=Ids(integers=person[begins]),
        channel=channel + np.uint8(1),
        channels=("", *CHANNELS),
        value=value.astype(np.float32),
    )


def columns(journeys: Journeys, threads: int, *, quantiles: bool) -> Columns:
    """The transitions, and their figures: count, then seconds."""
    found = run(transitions, journeys, transitions.Query(quantiles=quantiles), threads)
    waits = found.waits
    figures = [waits.n, waits.mean()]
    if quantiles:
        figures += [waits.quantile(0.5), waits.quantile(0.9)]
    return waits.series, figures


def pairs(found: Columns, events: tuple[str, ...]) -> list[list[Any]]:
    """From, to, count, then seconds: mean, p50, p90 (where asked)."""
    series, figures = found
    return [
        [events[key // len(events)], events[key % len(events)], *row]
        for key, *row in zip(series.tolist(), *(f.tolist() for f in figures), strict=True)
    ]
