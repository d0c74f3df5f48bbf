"""A log to follow: events and links put straight into the tables, and what an index must say."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
from sqlalchemy import insert, update
from tests.databases import ready
from tests.log.identity.oracle import slow_persons

from desireline.engine.journeys import Journeys
from desireline.engine.layers import Sizes
from desireline.formats.duck import Duck
from desireline.formats.segment_files import load_rows, write_segment
from desireline.kit.clock import SetClock
from desireline.kit.database import Database
from desireline.log.identity.links import link, withdraw
from desireline.log.index.index import Index
from desireline.log.index.snapshot import Snapshot
from desireline.log.segments.adding import add_segments
from desireline.log.segments.catalogue import Catalogue
from desireline.log.segments.compacting import compact
from desireline.log.segments.erasing import erase
from desireline.log.segments.sealing import seal
from desireline.log.segments.store import SegmentStore
from desireline.log.tables import event, log_state, subject

NOW = 1_767_225_600_000_000
SMALL = Sizes(part=12, small=4, share=1.5)
"""Parts of a few events, so that a handful of events makes several of each kind."""


@dataclass(frozen=True)
class Told:
    """An event of a test."""

    subject: int
    at: int
    type: str = "visit"
    channel: str = ""
    actor: str = ""
    value: float | None = None
    properties: dict[str, Any] | None = None


@dataclass
class Log:
    """A log of one test, and a plain list of all that it should hold."""

    db: Database
    store: SegmentStore
    clock: SetClock
    events: dict[int, Told] = field(default_factory=dict)
    """By position."""
    kinds: list[str] = field(default_factory=list)
    """The kind of subject 1, 2, ..."""
    links: dict[tuple[int, int], str] = field(default_factory=dict)
    """The active ones, with their evidence."""
    withdrawn: set[tuple[int, int]] = field(default_factory=set)
    gone: set[int] = field(default_factory=set)
    """Erased subjects."""
    position: int = 0
    opened: list[Index] = field(default_factory=list)

    def index(self, columns: Sequence[str] = (), sizes: Sizes = SMALL) -> Index:
        """An index of the log as it is now, closed with the log."""
        made = Index(self.db, self.store, self.clock, columns, sizes)
        self.opened.append(made)
        return made

    def close(self) -> None:
        """Lets go of the database, and of what looks at it."""
        for made in self.opened:
            made.close()
        self.db.close()

    def add_subjects(self, *kinds: str) -> None:
        """Further identifiers; the first of all is subject 1."""
        first = len(self.kinds) + 1
        rows = [
            {"id": first + i, "kind": kind, "value": f"{kind}-{first + i}"}
            for i, kind in enumerate(kinds)
        ]
        with self.db.transaction() as tx:
            tx.execute(insert(subject), rows)
        self.kinds += kinds

    def append(self, *told: Told) -> None:
        """Events in the tail."""
        if not told:
            return
        rows = [_row(self.position + 1 + i, one) for i, one in enumerate(told)]
        with self.db.transaction() as tx:
            moved = log_state.c.position + len(rows)
            tx.execute(update(log_state).values(position=moved))
            tx.execute(insert(event), rows)
        self.events.update({row["position"]: one for row, one in zip(rows, told, strict=True)})
        self.position += len(rows)

    def link(self, a: int, b: int, evidence: str = "identify") -> None:
        """A link, as the product makes it; what was withdrawn needs a confirmation."""
        pair = (min(a, b), max(a, b))
        with self.db.transaction() as tx:
            link(tx, a, b, evidence, self.clock.now())
        if evidence == "confirmed" or (pair not in self.links and pair not in self.withdrawn):
            self.links[pair] = evidence
            self.withdrawn.discard(pair)

    def import_events(self, *told: Told) -> None:
        """Events straight into a segment, with no text instead of an empty one."""
        rows = [_row(i, one) for i, one in enumerate(told)]
        rows = [{name: None if cell == "" else cell for name, cell in r.items()} for r in rows]
        ordered = sorted(rows, key=lambda row: (row["subject"], row["at"], row["position"]))
        with Duck() as duck:
            pieces = [[json.dumps([row[name] for row in ordered]) for name in rows[0]]]
            relation = load_rows(duck, list(rows[0]), pieces, 0)
            path = self.store.staging / f"{uuid4().hex}.parquet"
            file = write_segment(duck, relation, path)
        first = add_segments(self.db, self.store, [file], self.clock)
        assert first == self.position + 1
        self.events.update({first + i: one for i, one in enumerate(told)})
        self.position += len(rows)

    def seal(self, upto: int | None = None) -> None:
        """The tail as a segment."""
        seal(self.db, self.store, self.clock, upto)

    def compact(self) -> None:
        """All segments as few, each subject in one; the old files are gone at once."""
        compact(self.db, self.store, self.clock, fully=True, rows=8)
        with self.db.reading() as tx:
            listed = {s.file for s in Catalogue.read(tx).segments}
        for name in self.store.names().keys() - listed:
            self.store.delete(name)

    def erase(self, *subjects: int) -> None:
        """Everything of some subjects; their numbers are not given out again."""
        erase(self.db, self.store, self.clock, subjects)
        self.gone |= set(subjects)
        self.events = {p: e for p, e in self.events.items() if e.subject not in subjects}
        self.links = {pair: why for pair, why in self.links.items() if not self.gone & set(pair)}
        self.withdrawn = {pair for pair in self.withdrawn if not self.gone & set(pair)}

    def withdraw(self, a: int, b: int) -> None:
        """A link no more."""
        pair = (min(a, b), max(a, b))
        with self.db.transaction() as tx:
            withdraw(tx, a, b, self.clock.now())
        if self.links.pop(pair, None):
            self.withdrawn.add(pair)


def new_log(url: str, folder: Path) -> Log:
    """An empty log."""
    return Log(ready(url), SegmentStore.at(f"file://{folder}/segments"), SetClock(NOW))


def _row(position: int, told: Told) -> dict[str, Any]:
    return {
        "position": position,
        "id_hi": 0,
        "id_lo": position,
        "subject": told.subject,
        "at": told.at,
        "received_at": NOW,
        "type": told.type,
        "kind": "track",
        "channel": told.channel,
        "direction": "inbound",
        "actor": told.actor,
        "value": told.value,
        "currency": None,
        "identifiers": None,
        "properties": None if told.properties is None else json.dumps(told.properties),
        "context": None,
        "source": "test",
    }


Walk = list[tuple[Any, ...]]


def walks_of(snapshot: Snapshot) -> dict[int, Walk]:
    """Each person's events as an index tells them; fails if a person is in force twice."""
    walks: dict[int, Walk] = {}
    for part in snapshot.parts:
        for j in range(len(part)):
            if part.mask is not None and not part.mask.journey[j]:
                continue
            person = int(part.ids[part.person_index(j)])
            assert person not in walks, f"{person} is in force twice"
            walks[person] = [_told(part, i) for i in range(part.offset[j], part.offset[j + 1])]
    return walks


def _told(part: Journeys, i: int) -> tuple[Any, ...]:
    assert part.channel is not None
    assert part.actor is not None
    assert part.value is not None
    value = float(part.value[i])
    properties: list[Any] = []
    for column in part.columns.values():
        if column.numbers is not None:
            number = float(column.numbers[i])
            properties.append(None if np.isnan(number) else number)
        else:
            assert column.codes is not None
            code = int(column.codes[i])
            properties.append(None if code < 0 else column.values[code])
    return (
        int(part.time[i]),
        part.events[part.code[i]],
        part.channels[part.channel[i]],
        part.actors[part.actor[i]],
        None if np.isnan(value) else value,
        *properties,
    )


def expected_walks(log: Log, columns: Sequence[str] = ()) -> dict[int, Walk]:
    """The same from the plain list of events, the slow way."""
    persons = slow_persons(log.kinds, log.links)
    walks: dict[int, Walk] = defaultdict(list)
    entries = [_entries(log, name) for name in columns]
    for position, told in sorted(log.events.items(), key=lambda item: (item[1].at, item[0])):
        value = None if told.value is None else float(np.float32(told.value))
        properties = [of[position] for of in entries]
        row = (told.at, told.type, told.channel, told.actor, value, *properties)
        walks[persons.get(told.subject, told.subject)].append(row)
    return dict(walks)


def _entries(log: Log, name: str) -> dict[int, Any]:
    """A property by position: numbers where all of it is numbers, else text."""
    texts = {p: _text((told.properties or {}).get(name)) for p, told in log.events.items()}
    known = [text for text in texts.values() if text is not None]
    if not known or not all(_is_number(text) for text in known):
        return dict(texts)
    return {p: None if text is None else float(text) for p, text in texts.items()}


def _text(value: Any) -> str | None:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    return value if isinstance(value, str) else json.dumps(value)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return not (len(text) > 1 and text[0] == "0" and text[1].isdigit())
