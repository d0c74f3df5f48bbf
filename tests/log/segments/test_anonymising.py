"""A person becomes nobody: every count stays, and what is left of an event tells nobody."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text
from tests.byte_scan import found_in
from tests.log.segments.logs import Log, made_up, put

from desireline.engine.analyses import funnel, transitions, variants
from desireline.engine.compute.threads import run
from desireline.engine.rules.builders import channel, event
from desireline.formats.segment_files.blanking import Said
from desireline.log.forgetting.anonymising import ANONYMOUS, Cutter
from desireline.log.identity.links import link
from desireline.log.index.index import Index
from desireline.log.segments.compacting import compact
from desireline.log.segments.erasing import erase, finish_erasures
from desireline.log.segments.erasures import promise
from desireline.log.segments.sealing import seal
from desireline.log.segments.sweeping import sweep
from desireline.log.segments.verifying import verify
from desireline.log.tables import subject

CANARY = "kanarienvogel"
GONE, ALSO_GONE = 3, 4
STEPS = (
    funnel.Step(event("product_viewed")),
    funnel.Step(event("order_completed") | channel("email")),
)
ASKED: dict[str, tuple[Any, Any]] = {
    "transitions": (transitions, transitions.Query()),
    "variants": (variants, variants.Query()),
    "funnel": (funnel, funnel.Query(STEPS)),
}


@pytest.fixture
def lived_in(log: Log) -> Log:
    """Merged segments, small ones and a tail, and two subjects in all of them."""
    rows = made_up(400, subjects=8)
    for row in rows:
        row["value"] = None if row["value"] is None else 9.5
        if row["subject"] in (GONE, ALSO_GONE):
            row["properties"] = json.dumps({"name": CANARY, "n": 1, "plan": "gold"})
            row["context"] = json.dumps({"ip": "203.0.113.0", "title": f"for {CANARY}"})
            row["identifiers"] = json.dumps({"email": f"{CANARY}@x.org"})
    rows[30] |= {"subject": 5, "identifiers": json.dumps({"user_id": f"user-{GONE}"})}
    put(log, rows)
    if not log.db.is_sqlite:  # `put` names the numbers itself
        with log.db.transaction() as tx:
            tx.execute(text("SELECT setval(pg_get_serial_sequence('subject', 'id'), 100)"))
    for last in (100, 200, 250):
        log.clock.move(1)
        seal(log.db, log.store, log.clock, upto=last)
    compact(log.db, log.store, log.clock)
    seal(log.db, log.store, log.clock, upto=300)
    return log


def _one_person(log: Log) -> None:
    """The two subjects as one person, as they will be when they are nobody."""

    with log.db.transaction() as tx:
        link(tx, GONE, ALSO_GONE, "confirmed", log.clock.now())


def _answers(log: Log) -> dict[str, Any]:
    with Index(log.db, log.store, log.clock) as index:
        parts = index.snapshot().parts
        return {name: run(what, parts, query).to_dict() for name, (what, query) in ASKED.items()}


class TestAnonymise:
    def test_every_answer_stays(self, lived_in: Log) -> None:
        _one_person(lived_in)
        before = _answers(lived_in)
        done = erase(lived_in.db, lived_in.store, lived_in.clock, [GONE, ALSO_GONE], keeps=())
        assert done.events > 50
        assert _answers(lived_in) == before

    def test_no_byte_tells_who(self, lived_in: Log, tmp_path: Path) -> None:
        words = [CANARY, f"user-{GONE}"]
        assert found_in(tmp_path, lived_in.db, words)
        erase(lived_in.db, lived_in.store, lived_in.clock, [GONE, ALSO_GONE], keeps=())
        assert found_in(tmp_path, lived_in.db, words) == []

    def test_events_of_others_keep_every_cell(self, lived_in: Log) -> None:
        before = {row["position"]: row for row in lived_in.everything()}
        erase(lived_in.db, lived_in.store, lived_in.clock, [GONE, ALSO_GONE], keeps=())
        with lived_in.db.reading() as look:
            nobody = select(subject.c.id).where(subject.c.kind == ANONYMOUS)
            who = look.execute(nobody).scalar_one()
        for row in lived_in.everything():
            was = before.pop(row["position"])
            if was["subject"] in (GONE, ALSO_GONE):
                left = {"properties": '{"n":1,"plan":"gold"}', "context": None, "identifiers": None}
                was |= {"subject": who, **left}
            if row["position"] == 31:
                was["identifiers"] = None
            assert row == was
        assert before == {}

    def test_it_is_finished_after_a_crash(self, lived_in: Log, tmp_path: Path) -> None:
        before = len(lived_in.everything())
        with lived_in.db.transaction() as tx:
            promise(tx, lived_in.clock.now(), [GONE, ALSO_GONE], keeps=["properties.name"])
        finish_erasures(lived_in.db, lived_in.store, lived_in.clock)
        assert len(lived_in.everything()) == before
        assert found_in(tmp_path, lived_in.db, [f"{CANARY}@x.org", f"user-{GONE}"]) == []
        assert found_in(tmp_path, lived_in.db, [CANARY])  # declared safe

    def test_the_log_stays_whole(self, lived_in: Log) -> None:
        erase(lived_in.db, lived_in.store, lived_in.clock, [GONE, ALSO_GONE], keeps=())
        seal(lived_in.db, lived_in.store, lived_in.clock)
        compact(lived_in.db, lived_in.store, lived_in.clock, fully=True)
        sweep(lived_in.db, lived_in.store, lived_in.clock, older_than=None)
        assert verify(lived_in.db, lived_in.store) == []


def _left(properties: dict[str, Any], keeps: tuple[str, ...] = ()) -> dict[str, Any]:
    names = [("user_id", "4711"), ("email", "ann@x.org")]
    said = Said(1, "", json.dumps(properties), None)
    left = Cutter({1: 9}, names, keeps)(said)
    assert left.subject == 9
    return dict(json.loads(left.properties or "{}"))


class TestCutter:
    @pytest.mark.parametrize(
        "stays",
        [
            {"price": 9.99, "quantity": 3, "first": True, "rating": -2},
            {"category": "Cat fountains", "currency": "EUR", "brand": "Felis & Söhne"},
            {"products": [{"sku": "K-12", "name": "Fountain", "quantity": 1}]},
            {"campaign": {"source": "newsletter", "name": "Spring 2026"}},
            {"url": "https://x.org/cats/fountains"},
            {"locale": "de-DE", "timezone": "Europe/Berlin"},
        ],
    )
    def test_leaves_what_tells_nobody(self, stays: dict[str, Any]) -> None:
        assert _left(stays) == stays

    @pytest.mark.parametrize(
        "goes",
        [
            {"note": "call me"},
            {"name": "Ann"},
            {"firstName": "Ann", "last_name": "Lee"},
            {"category": "ann@x.org"},
            {"category": "for ann@x.org only"},
            {"mail": "other@x.org"},
            {"brand": "someone@else.org"},
            {"variant": "0171 5550123"},
            {"phone": 1715550123},
            {"tel": 42},
            {"order_id": 17},
            {"orderId": "A-17"},
            {"amount": 12345678},
            {"zip": 10115, "lat": 52.5, "lon": 13.4},
            {"birth_year": 1980},
            {"ip": "203.0.113.0"},
            {"quantity": 4711},
            {"plan": "4711"},
            {"ann@x.org": 1},
            {"message_id": "m1"},
            {"category": "x" * 61},
        ],
    )
    def test_takes_out_what_may(self, goes: dict[str, Any]) -> None:
        assert _left({**goes, "kept": 1}) == {"kept": 1}

    def test_takes_queries_off(self) -> None:
        url = "https://x.org/a?mail=ann@x.org#top"
        assert _left({"page": {"url": url}}) == {"page": {"url": "https://x.org/a"}}

    def test_leaves_what_is_declared_safe(self) -> None:
        held = {"hobby": "cats", "of": "ann@x.org", "name": "Ann"}
        assert _left(held, ("properties.hobby", "properties.of")) == {"hobby": "cats"}

    @given(st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda one: st.lists(one) | st.dictionaries(st.text(), one),
    ))  # fmt: skip
    def test_what_is_left_can_be_cut_again(self, value: Any) -> None:
        once = _left({"properties": value, "category": value})
        assert _left(once) == once
