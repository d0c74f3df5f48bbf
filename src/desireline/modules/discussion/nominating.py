"""What can be done with pain points that the front line nominates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desireline.engine.journey_map import JourneyMap
from desireline.engine.journey_map.changes import change_from_dict
from desireline.engine.journey_map.lanes import Lane
from desireline.modules.discussion import repository
from desireline.modules.discussion.places import Place, check_place, there
from desireline.modules.discussion.repository import Row
from desireline.modules.discussion.tables import nomination
from desireline.modules.maps.facade import change_draft, draft_map
from desireline.modules.rooms import Rooms

FRONT_LINE = "front line"
"""Where the words of such a pain come from, beside the departments that know it."""


@dataclass(frozen=True)
class Voter:
    """Who says that a pain point is one, and for which department."""

    voter: str
    name: str
    department: str = ""


@dataclass(frozen=True)
class Nominated:
    """A pain point, who knows it by department, and whether the caller does."""

    row: Row
    votes: tuple[tuple[str, int], ...]
    own: bool


@dataclass(frozen=True)
class Pain:
    """What a nomination becomes on a map: words and strength at a touchpoint."""

    place: Place
    text: str = ""
    strength: int | None = None
    lane_name: str = "Pain"
    answer: str = ""


class Nominations:
    """The pain points of the workspace that somebody nominated."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    def all(self, asked: Mapping[str, str], voter: str) -> list[Nominated]:
        """The newest first, of a map, a status, an author, where `asked` names them."""
        with self._rooms.db.reading() as look:
            rows = repository.list_nominations(look, asked)
            votes = repository.count_nomination_votes(look)
            own = repository.list_own_votes(look, voter)
        return [Nominated(row, votes.get(row["id"], ()), row["id"] in own) for row in rows]

    def nominate(self, place: Place | None, by: Voter, values: Mapping[str, Any]) -> Nominated:
        """A pain point that somebody knows, perhaps of no map yet. MapUnknown, PlaceUnknown."""
        at: Mapping[str, Any] = {"map": None, "touchpoint": ""}
        if place is not None:
            check_place(self._rooms, place)
            at = {"map": place.map, "touchpoint": place.touchpoint}
        now = self._rooms.clock.now()
        new = {"author": by.name, "made_at": now, "status": "open", "department": by.department}
        with self._rooms.db.transaction() as tx:
            row = repository.add_row(tx, nomination, {**values, **at, **new})
            repository.put_nomination_vote(tx, row["id"], by.voter, by.department, now)
        return self._one(row["id"], by.voter)

    def agree(self, ident: int, by: Voter) -> Nominated:
        """Somebody else knows it too; one voice each. NominationMissing."""
        with self._rooms.db.transaction() as tx:
            there(nomination, ident, repository.get_row(tx, nomination, ident))
            now = self._rooms.clock.now()
            repository.put_nomination_vote(tx, ident, by.voter, by.department, now)
        return self._one(ident, by.voter)

    def take_back(self, ident: int, voter: str) -> Nominated:
        """As if one had not said so. NominationMissing."""
        with self._rooms.db.transaction() as tx:
            repository.drop_nomination_vote(tx, ident, voter)
        return self._one(ident, voter)

    def answer(self, ident: int, by: Voter, status: str, answer: str) -> Nominated:
        """Takes a nomination up or declines it, and says why. NominationMissing."""
        said = {"status": status, "answer": answer}
        return self._answered(ident, by, said)

    def take_up(self, ident: int, by: Voter, pain: Pain) -> Nominated:
        """The pain point becomes a cell of the map's draft, by a change that can be undone.

        Raises NominationMissing, MapUnknown, PlaceUnknown, and ChangesConflict where somebody
        else writes the same cell at this moment.
        """
        told = self._one(ident, by.voter)
        check_place(self._rooms, pain.place)
        document = draft_map(self._rooms, pain.place.map)
        changes = [change_from_dict(one) for one in changes_of(document, told, pain)]
        change_draft(self._rooms, pain.place.map, changes, by.name)
        at = {"map": pain.place.map, "touchpoint": pain.place.touchpoint}
        return self._answered(ident, by, {**at, "status": "taken", "answer": pain.answer})

    def _answered(self, ident: int, by: Voter, said: Mapping[str, Any]) -> Nominated:
        now = self._rooms.clock.now()
        values = {**said, "answered_by": by.name, "answered_at": now}
        with self._rooms.db.transaction() as tx:
            there(nomination, ident, repository.change_row(tx, nomination, ident, values))
        return self._one(ident, by.voter)

    def _one(self, ident: int, voter: str) -> Nominated:
        with self._rooms.db.reading() as look:
            row = there(nomination, ident, repository.get_row(look, nomination, ident))
            votes = repository.count_nomination_votes(look, ident).get(ident, ())
            return Nominated(row, votes, ident in repository.list_own_votes(look, voter))


def changes_of(document: JourneyMap, told: Nominated, pain: Pain) -> list[dict[str, Any]]:
    """The changes that write the pain point into the map; what stands in the cell stays."""
    lane = next((lane for lane in document.lanes if lane.kind == "pain"), None)
    changes: list[dict[str, Any]] = []
    if lane is None:
        lane = Lane(key=_free_key(document), kind="pain", name=pain.lane_name)
        value = {"key": lane.key, "kind": lane.kind, "name": lane.name}
        changes.append({"type": "add", "part": "lane", "value": value})
    at = pain.place.touchpoint
    cell = _cell(lane, at, told, pain)
    return [*changes, {"type": "set_cell", "lane": lane.key, "touchpoint": at, "cell": cell}]


def _cell(lane: Lane, at: str, told: Nominated, pain: Pain) -> dict[str, Any]:
    old = lane.cells.get(at)
    before = "" if old is None else old.text
    n = sum(voices for _, voices in told.votes)
    cell: dict[str, Any] = {
        "text": "\n".join(filter(None, (before, pain.text or told.row["text"]))),
        "evidence": "reported",
        "n": n + (0 if old is None else old.n or 0),
        "source": _source(told.votes),
    }
    known = 0.0 if old is None or not isinstance(old.value, float) else old.value
    if strength := max(known, pain.strength or 0):
        cell["value"] = strength
    return cell


def _source(votes: Sequence[tuple[str, int]]) -> str:
    named = ", ".join(f"{department} {n}" for department, n in votes if department)
    return f"{FRONT_LINE}: {named}" if named else FRONT_LINE


def _free_key(document: JourneyMap) -> str:
    taken, key, number = {lane.key for lane in document.lanes}, "pain", 2
    while key in taken:
        key, number = f"pain_{number}", number + 1
    return key
