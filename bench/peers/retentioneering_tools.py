"""retentioneering: its transition matrix (counts; it has no mean wait) and funnel (no window)."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Any

from retentioneering.eventstream.eventstream import Eventstream

from bench.peers.frames import frame
from bench.plan import STEPS, names
from bench.worker import Way

VERSIONS = {"retentioneering": version("retentioneering")}


def load(folder: Path, threads: int) -> dict[str, list[Way]]:  # noqa: ARG001 - it takes what it sees
    """The works over an event stream."""
    stream = Eventstream(frame(folder, "user_id", "event", "timestamp"))
    return {
        "transitions": [
            Way("transition_graph_data", lambda: stream.transition_graph_data("count"), pairs)
        ],
        "funnel_open": [Way("funnel_data", lambda: stream.funnel_data(steps=list(STEPS)), reached)],
    }


def pairs(matrix: Any) -> list[list[Any]]:
    """From, to, count."""
    return [[a, b, int(matrix.loc[a, b])] for a in names() for b in names() if matrix.loc[a, b]]


def reached(funnel: Any) -> list[int]:
    """Persons that reached each step."""
    return [step["unique_paths"] for step in funnel["steps"]]
