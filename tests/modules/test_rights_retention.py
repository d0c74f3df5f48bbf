"""What was kept long enough goes: by type of event, in months, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.byte_scan import found_in
from tests.modules.house import House

from desireline.log.segments.reading import LogReader
from desireline.log.segments.sealing import seal
from desireline.modules.audit.facade import AuditBook
from desireline.modules.rights.periods import before
from desireline.registry import MODULES
from desireline.worker.staff import Staff

OLD, NEW = "2015-01-01T00:00:00Z", "2016-06-01T00:00:00Z"


def moment(year: int, month: int, day: int) -> int:
    """Microseconds of a day."""
    return int(datetime(year, month, day, tzinfo=UTC).timestamp()) * 1_000_000


class TestMonths:
    @pytest.mark.parametrize(
        ("now", "months", "then"),
        [
            ((2026, 3, 31), 1, (2026, 2, 28)),
            ((2024, 3, 31), 1, (2024, 2, 29)),
            ((2026, 1, 15), 1, (2025, 12, 15)),
            ((2026, 1, 15), 24, (2024, 1, 15)),
            ((2024, 2, 29), 12, (2023, 2, 28)),
        ],
    )
    def test_are_those_of_the_calendar(self, now: Any, months: int, then: Any) -> None:
        assert before(moment(*now), months) == moment(*then)

    @given(st.integers(0, 4_000_000_000_000_000), st.integers(1, 1200), st.integers(1, 24))
    def test_longer_reaches_further_back(self, now: int, months: int, more: int) -> None:
        assert before(now, months + more) < before(now, months) < now


def _seen(type_: str, at: str, user: str = "ann") -> dict[str, Any]:
    return {"type": type_, "user_id": user, "at": at, "properties": {"word": f"{type_}-{at[:4]}"}}


def _filled(here: House) -> list[str]:
    """Two segments, the second without anything old, and a tail; the files."""
    here.send([_seen("viewed", OLD), _seen("bought", OLD), _seen("viewed", NEW)])
    seal(here.rooms.db, here.rooms.store, here.rooms.clock)
    here.send([_seen("viewed", NEW), _seen("bought", NEW)])
    seal(here.rooms.db, here.rooms.store, here.rooms.clock)
    here.send([_seen("viewed", OLD), _seen("bought", OLD), _seen("viewed", NEW)])
    return _files(here)


def _files(here: House) -> list[str]:
    with LogReader(here.rooms.db, here.rooms.store) as reader:
        return [segment.file for segment in reader.catalogue().segments]


def _left(here: House) -> list[tuple[str, str]]:
    told = here.client.post("/v1/persons/user_id:ann/access").json()["parts"]["event"]
    return sorted((event["type"], event["at"][:4]) for event in told)


def _months_since(year: int) -> int:
    now = datetime.now(UTC)
    return (now.year - year) * 12 + now.month - 1


class TestRetention:
    def _set(self, here: House, **period: Any) -> None:
        here.client.put("/v1/retention", json=period).raise_for_status()

    def test_by_type(self, here: House, tmp_path: Path) -> None:
        first, second = _filled(here)
        self._set(here, type="viewed", months=_months_since(2016))
        would = here.client.get("/v1/retention/outdated").json()
        assert (would["events"], would["segments"]) == (2, 1)
        assert _files(here) == [first, second]
        assert here.client.post("/v1/retention/apply").json() == would
        assert (
            _left(here)
            == [("bought", "2015")] * 2 + [("bought", "2016")] + [("viewed", "2016")] * 3
        )
        assert second in _files(here)
        assert first not in _files(here)
        assert found_in(tmp_path, here.rooms.db, ["viewed-2015"]) == []
        assert here.client.get("/v1/retention/outdated").json()["events"] == 0

    def test_the_others(self, here: House) -> None:
        _filled(here)
        self._set(here, months=_months_since(2016))
        self._set(here, type="viewed", months=1200)
        assert here.client.post("/v1/retention/apply").json()["events"] == 2
        assert ("bought", "2015") not in _left(here)
        assert ("viewed", "2015") in _left(here)

    def test_nothing_is_set_and_nothing_goes(self, here: House) -> None:
        files = _filled(here)
        assert here.client.post("/v1/retention/apply").json()["events"] == 0
        assert _files(here) == files

    def test_the_same_event_stays_a_duplicate(self, here: House) -> None:
        one = {**_seen("viewed", OLD), "id": "once"}
        here.send([one])
        self._set(here, months=_months_since(2016))
        here.client.post("/v1/retention/apply").raise_for_status()
        assert here.client.post("/v1/events", json=one).json()["duplicate"] == 1

    def test_answers_forget(self, here: House) -> None:
        _filled(here)
        self._set(here, months=_months_since(2016))
        here.client.post("/v1/retention/apply").raise_for_status()
        here.rooms.asked().refresh()
        assert len(here.rooms.asked().whole().time) == 4

    def test_failed_events(self, here: House) -> None:
        here.client.post("/v1/events", json={"type": ""})
        self._set(here, what="failed_event", months=1)
        assert here.client.get("/v1/retention/outdated").json()["failed_events"] == 0

    def test_is_written_down(self, here: House) -> None:
        _filled(here)
        self._set(here, months=_months_since(2016))
        here.client.post("/v1/retention/apply").raise_for_status()
        told = [entry.what for entry in AuditBook(here.rooms.db).listed({})]
        assert told[:2] == ["retention_applied", "retention_set"]

    def test_can_be_lifted(self, here: House) -> None:
        self._set(here, type="viewed", months=3)
        assert len(here.client.get("/v1/retention").json()["periods"]) == 1
        assert here.client.delete("/v1/retention?type=viewed").status_code == 204
        assert here.client.get("/v1/retention").json() == {"periods": []}
        assert here.client.delete("/v1/retention?type=viewed").status_code == 422

    def test_a_worker_does_it_by_itself(self, here: House) -> None:
        names = [stage.name for stage in Staff(here.rooms, MODULES, "worker").stages]
        assert "retention" in names
