"""Whether a touchpoint still beats: is its silence longer than its own rhythm explains?

The time from the first event of the log to `as_of` is cut into `SPANS` equal spans. A touchpoint is
*active* in a span that has an event of it, and its gaps are the distances between active spans.
Spans instead of single events, because events come in bursts: of a letter sent to 10,000 people on
the first of each month, nearly all gaps between events are seconds, and the rhythm is a month.

`stale` takes all of these:

- it has been silent for longer than `TIMES` its p90 gap, and for longer than ever before (a shop
  that closes at night has a short p90 gap and a long one every night);
- the map went on without it: `LEAST_SINCE` of its events came since, and at its share of them
  `LEAST_DUE` of them were due here (none comes by chance once in 150 times, by Poisson's law). So a
  log that peters out, or ends in a mistyped year, does not make everything stale;
- it has been silent for a day.

With fewer than `LEAST_ACTIVE` active spans there are no gaps to speak of; instead of the first, its
last event must then lie in the first half of the log. A touchpoint without any event is a
`hypothesis`: nothing has been observed of it.
"""

from __future__ import annotations

import numpy as np

from desireline.engine.journey_map import Evidence
from desireline.engine.journeys import I64

SPANS = 1024
"""Spans of the whole log: three months in spans of two hours, five years in spans of two days."""
LEAST_ACTIVE = 10
TIMES = 3.0
LEAST_SINCE = 0.01
LEAST_DUE = 5.0
LEAST_SILENCE_SECONDS = 86_400.0


def evidence_of(events: I64, on_map: I64, span_seconds: float) -> Evidence:
    """The evidence of a touchpoint from its events by span, and those of the whole map.

    The last span holds `as_of`.
    """
    at = np.flatnonzero(events)
    if not len(at):
        return "hypothesis"
    last = int(at[-1])
    silence = len(events) - 1 - last
    before, since = int(on_map[: last + 1].sum()), int(on_map[last + 1 :].sum())
    due = events.sum() / before * since
    went_on = due >= LEAST_DUE and since >= LEAST_SINCE * (before + since)
    if not went_on or silence * span_seconds < LEAST_SILENCE_SECONDS:
        return "observed"
    return "stale" if silence > _usual(at) else "observed"


def _usual(at: I64) -> float:
    """The longest silence, in spans, that the active spans explain."""
    if len(at) < LEAST_ACTIVE:
        return float(at[-1] + 1)
    gaps = np.diff(at)
    return max(TIMES * float(np.quantile(gaps, 0.9)), float(gaps.max()))
