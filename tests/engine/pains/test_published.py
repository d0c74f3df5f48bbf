"""Pains in public data, beside what is published of them; says so where the data are absent."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

import desireline as dl
from desireline.engine.journey_map import JourneyMap
from desireline.engine.journey_map.parts import Goal, Stage, Touchpoint
from desireline.engine.rules.ast import AllOf, Event, Property

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT.parent / "shared" / "data"


def _map(names: tuple[str, ...], goal: Goal) -> JourneyMap:
    points = tuple(
        Touchpoint(key=name.replace(" ", "_"), name=name, rule=Event((name,))) for name in names
    )
    stage = Stage(key="all", name="All", touchpoints=points)
    return JourneyMap(key="m", name="M", stages=(stage,), goal=goal)


@pytest.mark.skipif(not (DATA / "olist").exists(), reason="no ../shared/data/olist")
def test_olist_hurts_where_the_delivery_is_late(tmp_path: Path) -> None:
    """Late delivery is what costs stars: so say the owners of the data, and who studied them."""
    script: dict[str, object] = {"__name__": "olist"}
    exec((ROOT / "examples" / "olist_orders.py").read_text(), script)
    out = tmp_path / "orders.csv"
    duckdb.execute(
        f"copy (select * from ({script['EVENTS']}) where time is not null"
        f" order by order_id, time, event) to '{out}' (header)",
        {"folder": str(DATA / "olist")},
    )
    journeys = dl.read_events(str(out), columns=["stars"])
    good = AllOf((Event(("review written",)), Property("stars", "ge", 4)))
    names = ("order placed", "payment approved", "handed to carrier", "delivered", "review written")
    found = journeys.pains(_map(names, Goal(outcome=good)), scores=())
    first = [(pain.signal, pain.touchpoint) for pain in found.pains[:3]]
    assert first[0] == ("error", "handed_to_carrier"), "the promised day is missed"
    assert ("wait", "delivered") in first
    late = found.of("error", "handed_to_carrier")
    assert late is not None
    assert late.effect is not None
    assert late.effect.with_signal < late.effect.without - 0.2


@pytest.mark.skipif(not (DATA / "bpic2012").exists(), reason="no ../shared/data/bpic2012")
def test_loans_hurt_where_files_wait_for_completion() -> None:
    """Waiting for the completion of files is what the reports of the challenge name first.

    An application is accepted (A_ACCEPTED) when its file is complete (W_Completeren aanvraag).
    """
    journeys = dl.read_events(str(DATA / "bpic2012" / "events.parquet"), order="event_index")
    found = journeys.pains(journeys.discover())
    waits = [pain for pain in found.pains if pain.signal == "wait"]
    assert [pain.touchpoint for pain in waits[:1]] == ["a_accepted"]
    assert waits[0].origins[0].name == "w_completeren_aanvraag"
