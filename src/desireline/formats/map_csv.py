"""A map as CSV: one row a touchpoint, its lanes as columns. For spreadsheets; not read back."""

from __future__ import annotations

import csv
import io

from desireline.engine import rules
from desireline.engine.journey_map import JourneyMap
from desireline.formats.log_files import formula_defused

FIELDS = ("channel", "initiator", "recipient", "owner", "description")


def dumps(journey_map: JourneyMap) -> str:
    """The map as CSV with a head, in its order; cells are their words, else their number."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    head = ["stage", "key", "touchpoint", "kind", "rule", *FIELDS, "to_customer", "to_company"]
    writer.writerow(head + [_safe(lane.name) for lane in journey_map.lanes])
    for stage in journey_map.stages:
        for t in stage.touchpoints:
            moment = t.moment_of_truth
            scores = (moment.to_customer, moment.to_company) if moment else (None, None)
            own = [stage.name, t.key, t.name, t.kind, rules.in_words(t.rule)]
            own += [getattr(t, field) or "" for field in FIELDS]
            own += ["" if score is None else str(score) for score in scores]
            cells = [_cell(journey_map, at, t.key) for at in range(len(journey_map.lanes))]
            writer.writerow([_safe(text) for text in own + cells])
    return out.getvalue()


def _cell(journey_map: JourneyMap, lane: int, touchpoint: str) -> str:
    cell = journey_map.lanes[lane].cells.get(touchpoint)
    if cell is None:
        return ""
    return cell.text or (f"{cell.value:g}" if isinstance(cell.value, int | float) else "")


def _safe(text: str) -> str:
    return formula_defused(text)
