"""What is erased is gone: from answers, from files, from every byte of the data directory."""

from __future__ import annotations

import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from pathlib import Path
from quopri import encodestring
from typing import Any
from urllib.parse import quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, insert, select, update
from tests.log.segments.logs import NOW, Log, made_up, put

from desireline.formats.duck import Duck
from desireline.kit.database import Database
from desireline.kit.ids import from_halves
from desireline.log.appending.dedup import IdSets
from desireline.log.naming.identifiers import spelled
from desireline.log.naming.subjects import numbers_of
from desireline.log.segments.compacting import compact
from desireline.log.segments.erasing import erase
from desireline.log.segments.mentioning import Mentions, names_in
from desireline.log.segments.reading import LogReader
from desireline.log.segments.sealing import seal
from desireline.log.tables import event, failed_event, identity_link, log_state, subject

CANARY = "kanarienvogel"
GONE = 3
ALSO_GONE = 4


@pytest.fixture
def lived_in(log: Log) -> Log:
    """Canaries wherever a person can be: tail, segments, merged files, failed events, links."""
    rows = made_up(500, subjects=8)
    for row in rows:
        row["identifiers"] = None
        if row["subject"] in (GONE, ALSO_GONE):
            row.update(_planted(row["position"]))
    rows[20] |= {"subject": 5, "identifiers": json.dumps({"email": f"{CANARY}@x.org", "b": "2"})}
    rows[499] |= {"subject": 5, "identifiers": json.dumps({"email": f"{CANARY}@x.org"})}
    put(log, rows)
    for last in (100, 200, 300, 400):
        log.clock.move(1)
        seal(log.db, log.store, log.clock, upto=last)
    compact(log.db, log.store, log.clock)
    seal(log.db, log.store, log.clock, upto=450)
    with log.db.transaction() as tx:
        tx.execute(_named(GONE, "email", f"{CANARY}@x.org"))
        tx.execute(_named(ALSO_GONE, "anonymous_id", f"device {CANARY}"))
        link = {"evidence": CANARY, "at": NOW, "version": 1}
        tx.execute(insert(identity_link), [{"a": GONE, "b": ALSO_GONE, **link}])
        tx.execute(insert(identity_link), [{"a": 1, "b": GONE, **link}])
        tx.execute(insert(identity_link), [{"a": 1, "b": 2, **link, "evidence": "track"}])
        tx.execute(insert(failed_event), [_failed(body) for body in FAILED])
    return log


FAILED = (
    f'{{"email":"{CANARY.upper()}@x.org"}}'.encode(),
    b'{"email":"' + f"{CANARY}@x.org".encode().replace(b"k", b"\\u006B") + b'"}',
    f'{{"device": "device {CANARY}", half'.encode(),
    b'{"email":"somebody@x.org"}',
)


class TestErase:
    def test_leaves_no_byte_of_a_person(self, lived_in: Log, tmp_path: Path) -> None:
        assert found_in(tmp_path, lived_in.db)
        done = erase(lived_in.db, lived_in.store, lived_in.clock, [GONE, ALSO_GONE])
        assert done.emptied
        assert found_in(tmp_path, lived_in.db) == []

    def test_tells_how_much_it_was(self, lived_in: Log) -> None:
        held = [r for r in lived_in.everything() if r["subject"] in (GONE, ALSO_GONE)]
        done = erase(lived_in.db, lived_in.store, lived_in.clock, [ALSO_GONE, GONE, GONE, 99])
        assert (done.subjects, done.events, done.mentions) == (2, len(held), 2)
        assert (done.segments, done.failed_events) == (2, 3)

    def test_others_keep_every_cell(self, lived_in: Log) -> None:
        before = lived_in.everything()
        erase(lived_in.db, lived_in.store, lived_in.clock, [GONE, ALSO_GONE])
        kept = [r for r in before if r["subject"] not in (GONE, ALSO_GONE)]
        for row in kept:
            if row["identifiers"] is not None:
                row["identifiers"] = '{"b":"2"}' if row["position"] == 21 else None
        assert lived_in.everything() == kept

    def test_deletes_subjects_links_and_failed_events(self, lived_in: Log) -> None:
        erase(lived_in.db, lived_in.store, lived_in.clock, [GONE, ALSO_GONE])
        with lived_in.db.reading() as look:
            subjects = set(look.execute(select(subject.c.id)).scalars())
            links = look.execute(select(identity_link.c.a, identity_link.c.b)).all()
            failed = look.execute(select(failed_event.c.body)).scalars().all()
            erasures = look.execute(select(log_state.c.erasures)).scalar_one()
        assert subjects == {1, 2, 5, 6, 7, 8}
        assert [tuple(link) for link in links] == [(1, 2)]
        assert [bytes(body) for body in failed] == [FAILED[3]]
        assert erasures == 1

    def test_the_event_stays_a_duplicate(self, lived_in: Log) -> None:
        ids = [from_halves(r["id_hi"], r["id_lo"]).bytes for r in lived_in.everything()]
        erase(lived_in.db, lived_in.store, lived_in.clock, [GONE, ALSO_GONE])
        with LogReader(lived_in.db, lived_in.store) as reader, lived_in.db.reading() as look:
            known = IdSets(reader.ids_of)
            known.learn(look, reader.catalogue().position)
            assert known.known(ids) == set(ids)

    def test_positions_and_segments_stay_without_gaps(self, lived_in: Log) -> None:
        erase(lived_in.db, lived_in.store, lived_in.clock, [GONE, ALSO_GONE])
        with LogReader(lived_in.db, lived_in.store) as reader:
            held = sum(s.rows for s in reader.catalogue().segments)
        with lived_in.db.reading() as look:
            held += look.execute(select(func.count()).select_from(event)).scalar_one()
        assert held == 500

    def test_what_is_left_of_them_is_sealed_and_merged_on(self, lived_in: Log) -> None:
        erase(lived_in.db, lived_in.store, lived_in.clock, [GONE, ALSO_GONE])
        before = lived_in.everything()
        seal(lived_in.db, lived_in.store, lived_in.clock)
        compact(lived_in.db, lived_in.store, lived_in.clock, fully=True)
        assert lived_in.everything() == before
        assert len(lived_in.listed()) == 1

    def test_a_reader_goes_on(self, lived_in: Log) -> None:
        with LogReader(lived_in.db, lived_in.store) as reader:
            before = reader.events_of([1], 1000)
            erase(lived_in.db, lived_in.store, lived_in.clock, [GONE, ALSO_GONE])
            assert reader.events_of([1], 1000) == before
            assert reader.events_of([GONE], 1000) == []

    def test_their_numbers_are_nobody_elses(self, log: Log) -> None:
        with log.db.transaction() as tx:
            numbers = numbers_of(tx, [("user_id", name) for name in "abc"])
        last = max(numbers.values())
        erase(log.db, log.store, log.clock, [last])
        with log.db.transaction() as tx:
            assert numbers_of(tx, [("user_id", "new")])["user_id", "new"] > last

    def test_nobody_is_no_erasure(self, lived_in: Log) -> None:
        before = lived_in.listed()
        erase(lived_in.db, lived_in.store, lived_in.clock, [])
        assert lived_in.listed() == before


WRITTEN: dict[str, Callable[[bytes], bytes]] = {
    "base64": b64encode,
    "base64 of addresses": lambda body: b"data=" + urlsafe_b64encode(body).rstrip(b"="),
    "percent": lambda body: b"data=" + quote_plus(body).encode(),
    "quoted printable": lambda body: encodestring(body, quotetabs=True).replace(b"=\n", b""),
    "json": lambda body: json.dumps({"data": body.decode(errors="replace")}).encode(),
}


class TestMentions:
    @pytest.mark.parametrize(
        ("kind", "value", "body"),
        [
            ("email", "ann@x.org", '{"Email": "Ann@X.org"}'),
            ("email", "ann@x.org", '{"to": "ann\\u0040x.org'),
            ("user_id", "4711/ä", '{"id": "4711\\/\\u00e4"}'),
            ("user_id", "42", '{"userId": 42}'),
            ("user_id", "42", '{"user_id":"42"}'),
            ("user_id", "42", '{"customer": "42"}'),
            ("user_id", "42", "action_name=x&uid=42&rec=1"),
            ("phone", "+49 171 5550123", '{"tel": "+49 (171) 555-0123"}'),
            ("email", "ann@müller.de", '{"email": "ann@xn--mller-kva.de"}'),
            ("email", "ann@müller.de", '{"email": "ann@mu\u0308ller.de"}'),
        ],
    )
    def test_are_found_however_they_are_written(self, kind: str, value: str, body: str) -> None:
        assert Mentions([(kind, value)]).are_in(body.encode())

    @pytest.mark.parametrize(
        ("kind", "value", "body"),
        [
            ("user_id", "42", '{"quantity": 42, "user_id": 421}'),
            ("user_id", "customer-1", '{"user_id": "customer-11"}'),
            ("email", "ann@x.org", '{"email": "joann@x.org"}'),
            ("phone", "+49 171 5550123", '{"tel": "491715550123"}'[:20]),
        ],
    )
    def test_others_are_left_alone(self, kind: str, value: str, body: str) -> None:
        assert not Mentions([(kind, value)]).are_in(body.encode())

    @given(
        st.lists(st.sampled_from(sorted(WRITTEN)), max_size=2),  # beside JSON itself
        st.binary(max_size=30),
        st.sampled_from(["ann@example.org", "Żółw-4711", "+49 171 5550123"]),
    )
    def test_are_found_in_spellings_within_spellings(
        self, ways: list[str], before: bytes, value: str
    ) -> None:
        body = json.dumps({"userId": value, "n": 1}).encode()
        for way in ways:
            body = WRITTEN[way](body)
        kind = "phone" if value.startswith("+") else "user_id"
        assert Mentions([(kind, value)]).are_in(before + b" " + body + b" cut off")
        assert (kind, spelled(kind, value)) in names_in(body)

    def test_are_found_in_utf_16(self) -> None:
        for coding in ("utf-16-le", "utf-16-be", "utf-16"):
            assert Mentions([("email", "ann@x.org")]).are_in("to: Ann@x.org".encode(coding))

    @given(st.binary())
    def test_anything_may_hold_names(self, body: bytes) -> None:
        assert isinstance(names_in(body), set)

    @given(st.text(min_size=6), st.booleans())
    def test_any_json_text_is_found(self, value: str, ascii_only: bool) -> None:
        body = json.dumps({"user_id": value}, ensure_ascii=ascii_only)
        if value == value.strip() and value.isalnum():
            assert Mentions([("user_id", value)]).are_in(body.encode())

    @given(st.binary())
    def test_any_bytes_can_be_looked_through(self, body: bytes) -> None:
        assert not Mentions([("email", "nobody-has-this@x.org")]).are_in(body)


def found_in(folder: Path, db: Database) -> list[str]:
    """The files with a canary in their bytes, or in a cell of what they hold."""
    found: list[str] = []
    with Duck() as duck:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            held = path.read_bytes()
            if path.suffix == ".parquet":
                held += repr(duck.rows(f"SELECT * FROM '{path}'")).encode()
            if CANARY.encode() in held.lower():
                found.append(path.name)
    if not db.is_sqlite:
        with db.reading() as look:
            tables = (event, subject, identity_link, failed_event)
            held_in = {t.name: repr(look.execute(select(t)).all()).lower() for t in tables}
        found += [name for name, text in held_in.items() if CANARY in text]
    return found


def _planted(number: int) -> dict[str, Any]:
    return {
        "properties": json.dumps({"name": f"{CANARY} {number}", "long": "x" * 3000 + CANARY}),
        "context": json.dumps({"ip": CANARY}),
        "identifiers": json.dumps({"email": f"{CANARY}@x.org"}),
        "channel": CANARY,
        "type": f"{CANARY}_bought",
    }


def _named(number: int, kind: str, value: str) -> Any:
    return update(subject).where(subject.c.id == number).values(kind=kind, value=value)


def _failed(body: bytes) -> dict[str, Any]:
    return {"received_at": NOW, "source": "api", "code": "x", "reason": "why", "body": body}
