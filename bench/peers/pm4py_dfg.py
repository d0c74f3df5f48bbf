"""pm4py: the directly-follows graph with counts and mean waits."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pm4py
from pm4py.algo.discovery.dfg.adapters.pandas.df_statistics import get_dfg_graph

from bench.peers.frames import frame
from bench.worker import Way

VERSIONS = {"pm4py": pm4py.__version__, "pandas (pm4py)": pd.__version__}

CASE, EVENT, TIME = "case:concept:name", "concept:name", "time:timestamp"
KEYS = {"case_id_glue": CASE, "activity_key": EVENT, "timestamp_key": TIME}


def load(folder: Path, threads: int) -> dict[str, list[Way]]:  # noqa: ARG001 - pandas takes one
    """The works over a frame that is already sorted; types as text, which pm4py expects."""
    events = frame(folder, CASE, EVENT, TIME)
    events[EVENT] = events[EVENT].astype("str")
    events[CASE] = events[CASE].astype("str")
    ways = [
        Way("get_dfg_graph, both measures", partial(_both, events, sort=True), pairs),
        Way("get_dfg_graph, sorted input", partial(_both, events, sort=False), pairs),
    ]
    return {"transitions": ways}


def _both(events: pd.DataFrame, *, sort: bool) -> Any:
    return get_dfg_graph(events, measure="both", sort_caseid_required=sort, **KEYS)


def pairs(both: Any) -> list[list[Any]]:
    """From, to, count, mean wait in seconds."""
    count, mean = both
    return [[a, b, int(n), float(mean[a, b])] for (a, b), n in count.items() if n]
