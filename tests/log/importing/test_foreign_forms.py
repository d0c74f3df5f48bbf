"""XES and OCEL go round: what the log writes it reads back; what others wrote it gives back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from tests.formats.envelopes.cases import lines
from tests.formats.envelopes.test_access_log import TestAccessLog as _Access
from tests.formats.envelopes.test_exports import CALLS, posthog
from tests.formats.envelopes.test_mail import MBOX
from tests.formats.envelopes.test_vcards import CARDS
from tests.formats.ocel_cases import as_json, normal, without_e6
from tests.formats.reading_cases import written
from tests.log.factories import appending
from tests.log.importing.logs import ImportLog, walks, without, write_jsonl

from desireline.formats.errors import FileMissing
from desireline.formats.mapping import Mapping
from desireline.formats.reading import read
from desireline.log.drafting import Arrival, draft
from desireline.log.event_ids import derived, text_of
from desireline.log.exporting import export_events
from desireline.log.identity.people import subjects_of
from desireline.log.tables import subject
from desireline.modules.collect.protocols import posthog as posthog_live
from desireline.modules.collect.protocols import segment

FORMS = ("xes", "xes.gz", "jsonocel", "xmlocel", "sqlite", "ocel.json", "ocel.xml")
NOTES: tuple[Any, ...] = (
    "x",
    "odd \x01\x1f\ufffe",
    "a & <b> \"c\" 'd'\n\te \r ",
    True,
    12,
    12.5,
    None,
    10**17,
    {"a": [1, {"b": None}]},
    "= 1 名前",
)


def rows() -> list[dict[str, Any]]:
    """Walks with values of every kind under one name, and names that are odd."""
    found = []
    for i, walk in enumerate(walks(60)):
        more = {"note": NOTES[i % len(NOTES)], "Note": i, "desireline:kind": "x", "a b/~": 1.0}
        found.append(walk | more)
    found[7]["event"] = "odd \x02 type"
    found[8]["channel"] = "odd \x03 channel"
    return found


def export(log: ImportLog, path: Path) -> int:
    return export_events(log.segments.db, log.segments.store, path)


class TestGoRound:
    @pytest.mark.parametrize("form", FORMS)
    def test_brings_all_back(self, log: ImportLog, other: ImportLog, form: str) -> None:
        log.take(write_jsonl(log.folder / "w.jsonl", rows()))
        path = log.folder / f"out.{form}"
        assert export(log, path) == 60
        assert other.take(path).stored == 60
        assert without(other.events(), "position") == without(log.events(), "position")
        assert log.take(path).duplicate == 60

    @pytest.mark.parametrize("form", ["xes", "jsonocel"])
    def test_brings_identifiers_and_links_back(
        self, log: ImportLog, other: ImportLog, form: str
    ) -> None:
        sent = [
            {"id": f"00000000-0000-7000-8000-00000000000{i}", "type": "seen", "kind": "identify"}
            | {"at": f"2026-01-0{i}T00:00:00Z", "identifiers": who, "value": None}
            | {"received_at": None, "channel": None, "direction": "outbound", "actor": None}
            | {"currency": "EUR", "properties": None, "context": {"ip": "0.0.0.0"}, "source": "x"}
            for i, who in enumerate(
                ({"anonymous_id": "c"}, {"user_id": "u", "anonymous_id": "c"}), 1
            )
        ]
        log.take(write_jsonl(log.folder / "w.jsonl", sent))
        path = log.folder / f"out.{form}"
        export(log, path)
        other.take(path)
        assert without(other.events(), "position") == without(log.events(), "position")
        assert other.links() == log.links() == {("c", "u", "identify")}

    def test_of_xes_has_a_trace_a_person(self, log: ImportLog) -> None:
        sent = [
            {"type": "seen", "kind": "track", "identifiers": who, "at": f"2026-01-0{i}"}
            | dict.fromkeys(("id", "received_at", "channel", "direction", "actor", "value"))
            | dict.fromkeys(("currency", "properties", "context", "source"))
            for i, who in enumerate(
                ({"anonymous_id": "c"}, {"user_id": "u", "anonymous_id": "c"}, {"user_id": "v"}), 1
            )
        ]
        log.take(write_jsonl(log.folder / "w.jsonl", sent))
        path = log.folder / "out.xes"
        export(log, path)
        text = path.read_text()
        assert text.count("<trace>") == 2
        assert '<trace><string key="concept:name" value="u"/>' in text


class TestGuests:
    HOW = Mapping(object_type="Order")

    @pytest.mark.parametrize("form", ["jsonocel", "xmlocel", "sqlite"])
    def test_go_back_as_they_came(self, log: ImportLog, other: ImportLog, form: str) -> None:
        report = log.take(as_json(log.folder), self.HOW)
        assert (report.rows, report.stored, report.failed) == (7, 6, 1)
        path, again = log.folder / f"out.{form}", log.folder / "again.jsonocel"
        export(log, path)
        assert other.take(path, self.HOW).stored == 6
        export(other, again)
        assert normal(json.loads(again.read_text())) == normal(without_e6())

    def test_are_imported_once(self, log: ImportLog) -> None:
        path = as_json(log.folder)
        log.take(path, self.HOW)
        assert log.take(path, self.HOW).before
        export(log, log.folder / "out.sqlite")
        again = log.take(log.folder / "out.sqlite", self.HOW)
        assert (again.stored, again.duplicate) == (0, 6)
        others = log.take(path, Mapping(object_type="Customer"))
        assert others.stored == 3

    def test_say_in_the_log_what_they_are_about(self, log: ImportLog) -> None:
        log.take(as_json(log.folder), self.HOW, events_a_chunk=1)
        sent = [e for e in log.events() if e["type"] == "send parcel"]
        assert sorted(e["identifiers"]["order"] for e in sent) == ["o1", "o2"]
        assert sent[0]["properties"]["ocel:event"] == "e5"
        assert sent[0]["properties"]["express"] is True
        assert {"id": "ann", "type": "Customer", "qualifier": "payer"} in sent[0]["properties"][
            "ocel:objects"
        ]


def test_journeys_are_read_from_what_the_log_wrote(log: ImportLog) -> None:
    log.take(write_jsonl(log.folder / "w.jsonl", walks(60)))
    found = set()
    for form in ("csv", "parquet", "jsonl", "xes", "sqlite"):
        path = log.folder / f"out.{form}"
        export(log, path)
        journeys = read(path, columns=("campaign",))
        names = [journeys.events[c] for c in journeys.code]
        walked = sorted(
            (journeys.journey_id(j), tuple(names[journeys.offset[j] : journeys.offset[j + 1]]))
            for j in range(len(journeys))
        )
        found.add(tuple(walked))
    assert len(found) == 1


def test_a_folder_that_is_not_there(log: ImportLog) -> None:
    log.take(write_jsonl(log.folder / "w.jsonl", walks(6)))
    for form in FORMS:
        with pytest.raises(FileMissing, match="There is no folder"):
            export(log, log.folder / "nowhere" / f"a.{form}")
    assert not list(log.folder.glob(".*unfinished*"))


class TestEnvelopes:
    FILES = (
        ("access.log", _Access.LINES, 6),
        ("in.mbox", MBOX, 3),
        ("people.vcf", CARDS, 3),
        ("calls.jsonl", lines(*CALLS), 5),
        ("events.jsonl", lines(posthog(), posthog(uuid="p-2", distinct_id="u2")), 2),
    )

    @pytest.mark.parametrize(("name", "text", "count"), FILES, ids=[name for name, *_ in FILES])
    def test_are_imported_once_in_chunks(
        self, log: ImportLog, name: str, text: str, count: int
    ) -> None:
        how = Mapping(own=("firm.example",)) if name.endswith("mbox") else None
        path = written(log.folder, text, name)
        assert log.take(path, how, events_a_chunk=2).stored == count
        again = log.take(path.rename(log.folder / f"again-{name}"), how, events_a_chunk=2)
        assert again.before
        grown = log.take(written(log.folder, text + "\n", f"grown-{name}"), how)
        assert (grown.stored, grown.duplicate) == (0, count)
        received, stored, duplicate, failed = log.counts()
        assert received == stored + duplicate + failed
        assert stored == count

    def test_no_address_touches_the_disk(self, log: ImportLog) -> None:
        text = _Access.LINES + "\n192.0.2.17 is no line\n"
        path = written(log.folder, text, "access.log")
        log.take(path)
        path.unlink()
        log.segments.db.close()
        kept = [p for p in log.folder.rglob("*") if p.is_file()]
        assert kept
        assert not [p for p in kept if b"192.0.2.17" in p.read_bytes()]

    def test_identifiers_are_linked(self, other: ImportLog) -> None:
        other.take(written(other.folder, lines(*CALLS), "calls.jsonl"))
        assert {("a1", "u1", "track"), ("ann@mail.example", "u1", "identify")} <= other.links()

    def test_own_ids_are_those_of_the_collectors(self, other: ImportLog) -> None:
        other.take(written(other.folder, lines(CALLS[0]), "calls.jsonl"))
        (event,) = other.events()
        assert event["id"] == text_of(derived("m-1"))
        assert event["context"]["message_id"] == "m-1"


MADE_UP = "0192f3a0-7c1e-7b3a-9f2e-3d5c1a2b4c6d"


def alias(n: int, **who: str) -> dict[str, Any]:
    return {"type": "alias", "messageId": f"m-{n}", "timestamp": "2026-01-01T09:00:00Z", **who}


def aliased(n: int, who: str, lib: str, event: str = "$create_alias", **told: str) -> Any:
    properties = {"distinct_id": who, "$lib": lib, **told}
    at = {"uuid": f"0192f3a0-7c1e-7b3a-9f2e-{n:012d}", "timestamp": "2026-01-01T09:00:00Z"}
    return at | {"event": event, "distinct_id": who, "properties": properties}


SEGMENT_ALIASES = (
    alias(1, userId="u1", previousId="a1"),
    alias(2, userId="u2", previousId=MADE_UP),
    alias(3, userId="u3", previousId="u2", anonymousId="a3"),
    alias(4, userId="u4", previousId="null"),
    alias(5, userId="u5", previousId="u5"),
    alias(6, previousId="u6"),
)
POSTHOG_ALIASES = (
    aliased(1, "a1", "posthog-python", alias="u1"),
    aliased(2, "u2", "posthog-node", alias="a2"),
    aliased(3, MADE_UP, "web", alias="u3"),
    aliased(4, "u4", "web", "$merge_dangerously", alias="u3"),
    aliased(5, "u5", "web"),
)


class TestAlias:
    @pytest.mark.parametrize(
        ("calls", "live"),
        [(SEGMENT_ALIASES, segment.read), (POSTHOG_ALIASES, posthog_live.read)],
        ids=["segment", "posthog"],
    )
    def test_links_as_the_collector_does(
        self, log: ImportLog, other: ImportLog, calls: tuple[Any, ...], live: Any
    ) -> None:
        """An export that is imported into an empty log makes the persons that the stream made."""
        log.take(written(log.folder, lines(*calls), "calls.jsonl"))
        arrival = Arrival.by(other.segments.clock)
        drafts = [draft(live(call, ""), json.dumps(call).encode(), arrival) for call in calls]
        with appending(other.segments.db) as appender:
            appender.append(drafts, "api")
        assert log.links() == other.links()
        assert {evidence for *_, evidence in log.links()} == {"alias"}
        assert len(log.links()) >= 4
        assert _persons(log) == _persons(other)


def _persons(log: ImportLog) -> set[frozenset[tuple[str, str]]]:
    """Identifiers that are one person, of all of them."""
    together: dict[int, set[tuple[str, str]]] = {}
    with log.segments.db.reading() as look:
        rows = look.execute(select(subject.c.id, subject.c.kind, subject.c.value)).all()
        for number, kind, value in rows:
            together.setdefault(subjects_of(look, number)[0], set()).add((kind, value))
    return {frozenset(names) for names in together.values()}
