"""Where the public data lie, and how each of them is read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).parents[3] / "shared" / "data"

READ_WITH: dict[str, tuple[str, ...]] = {
    "running_example": ("--order", "event_index"),
    "bpic2012": ("--order", "event_index"),
    "sepsis": ("--order", "event_order"),
    "traffic_fines_sample": ("--order", "event_order"),
    "receipt_coselog": ("--order", "event_index"),
    "uci_incident_event_log": (
        *("--case", "number", "--event", "incident_state", "--time", "sys_updated_at"),
        *("--order", "sys_updated_at,sys_mod_count"),
    ),
}


def events_of(name: str) -> Path:
    """The events file of a data set; the test is skipped, saying so, where it is absent."""
    path = DATA / name / "events.parquet"
    if not path.is_file():
        pytest.skip(f"{path} is not here; the public data lie beside the project, not in it")
    return path


def reference(name: str) -> dict[str, Any]:
    """The right answers that come with a data set."""
    events_of(name)
    answers: dict[str, Any] = json.loads((DATA / name / "reference_dfg.json").read_text())
    return answers
