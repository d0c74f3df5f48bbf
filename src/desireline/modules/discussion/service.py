"""What can be said about maps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import msgspec
from sqlalchemy import Connection, Table

from desireline.modules.discussion import repository
from desireline.modules.discussion.errors import CommentOfAnother
from desireline.modules.discussion.nominating import Nominations
from desireline.modules.discussion.places import Place, check_place, there
from desireline.modules.discussion.repository import Row
from desireline.modules.discussion.tables import comment, task
from desireline.modules.maps.facade import draft_map
from desireline.modules.rooms import Rooms


class Discussion:
    """Comments, tasks, votes and nominations of the workspace."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self.nominations = Nominations(rooms)

    def comments(self, place: Place, *, unresolved: bool) -> list[Row]:
        """The oldest first. MapUnknown."""
        draft_map(self._rooms, place.map)
        with self._rooms.db.reading() as look:
            return repository.list_comments(look, asdict(place), unresolved=unresolved)

    def say(
        self, place: Place, by: str, text: str, mentions: list[str], reply_to: int | None
    ) -> Row:
        """A new comment; a reply stands where what it replies to stands, even if that has gone.

        Raises MapUnknown, PlaceUnknown, CommentMissing for a reply to nothing on this map.
        """
        check_place(self._rooms, place if reply_to is None else Place(place.map))
        with self._rooms.db.transaction() as tx:
            if reply_to is not None:
                place = self._place_of(tx, reply_to, place.map)
            values = {
                **asdict(place),
                "reply_to": reply_to,
                "author": by,
                "text": text,
                "mentions": msgspec.json.encode(mentions).decode(),
                "made_at": self._now(),
            }
            return repository.add_row(tx, comment, values)

    def reword(self, ident: int, by: str, text: str, mentions: list[str]) -> Row:
        """Other words of a comment of one's own. CommentMissing, CommentOfAnother."""
        with self._rooms.db.transaction() as tx:
            self._own(tx, ident, by)
            said = {"text": text, "mentions": msgspec.json.encode(mentions).decode()}
            return self._changed(tx, comment, ident, said | {"edited_at": self._now()})

    def resolve(self, ident: int, by: str, *, resolved: bool) -> Row:
        """Settles a comment, or opens it again. CommentMissing."""
        values = {"resolved_at": self._now(), "resolved_by": by}
        with self._rooms.db.transaction() as tx:
            again = {"resolved_at": None, "resolved_by": ""}
            return self._changed(tx, comment, ident, values if resolved else again)

    def withdraw(self, ident: int, by: str) -> None:
        """Takes a comment of one's own back, with the replies. CommentMissing, CommentOfAnother."""
        with self._rooms.db.transaction() as tx:
            self._own(tx, ident, by)
            repository.drop_comment(tx, ident)

    def tasks(self, *, key: str, assignee: str, undone: bool) -> list[Row]:
        """What is due first, first."""
        with self._rooms.db.reading() as look:
            return repository.list_tasks(look, key=key, assignee=assignee, undone=undone)

    def assign(self, place: Place, by: str, values: Mapping[str, Any]) -> Row:
        """A new task. MapUnknown, PlaceUnknown."""
        check_place(self._rooms, place)
        at = {"map": place.map, "stage": place.stage, "touchpoint": place.touchpoint, "author": by}
        with self._rooms.db.transaction() as tx:
            return repository.add_row(tx, task, {**values, **at, "made_at": self._now()})

    def change_task(self, ident: int, by: str, values: Mapping[str, Any], done: bool | None) -> Row:  # noqa: FBT001 - three answers: done, not done, not said
        """Another text, assignee or date; done, or not done after all. TaskMissing."""
        told = dict(values)
        if done is not None:
            told |= {"done_at": self._now() if done else None, "done_by": by if done else ""}
        with self._rooms.db.transaction() as tx:
            return self._changed(tx, task, ident, told)

    def vote(self, place: Place, voter: str, department: str, scores: tuple[int, int]) -> None:
        """How important a touchpoint is to customer and company. MapUnknown, PlaceUnknown."""
        check_place(self._rooms, place)
        values = {
            "map": place.map,
            "touchpoint": place.touchpoint,
            "voter": voter,
            "department": department,
            "to_customer": scores[0],
            "to_company": scores[1],
            "at": self._now(),
        }
        with self._rooms.db.transaction() as tx:
            repository.put_vote(tx, values)

    def take_back_vote(self, place: Place, voter: str) -> None:
        """As if one had not voted."""
        with self._rooms.db.transaction() as tx:
            repository.drop_vote(tx, place.map, place.touchpoint, voter)

    def votes(self, key: str, voter: str) -> tuple[list[Row], list[Row]]:
        """Sums by touchpoint and department, and one's own votes. MapUnknown."""
        draft_map(self._rooms, key)
        with self._rooms.db.reading() as look:
            return repository.count_votes(look, key), repository.list_votes_of(look, key, voter)

    def _place_of(self, look: Connection, ident: int, key: str) -> Place:
        row = repository.get_row(look, comment, ident)
        return Place.of(there(comment, ident, row if row and row["map"] == key else None))

    def _own(self, tx: Connection, ident: int, by: str) -> None:
        if self._found(tx, comment, ident)["author"] != by:
            raise CommentOfAnother(
                f"Comment {ident} was written by somebody else.", hint="Reply to it instead."
            )

    def _found(self, look: Connection, table: Table, ident: int) -> Row:
        return there(table, ident, repository.get_row(look, table, ident))

    def _changed(self, tx: Connection, table: Table, ident: int, values: Mapping[str, Any]) -> Row:
        return there(table, ident, repository.change_row(tx, table, ident, values))

    def _now(self) -> int:
        return self._rooms.clock.now()
