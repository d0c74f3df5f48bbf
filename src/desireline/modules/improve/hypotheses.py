"""What can be done with hypotheses: stated, reworded, put away; and what the log says of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from desireline.engine import hypotheses as engine
from desireline.engine.effects import Metric
from desireline.engine.effects.query import DAY_SECONDS
from desireline.engine.hypotheses import Hypothesis
from desireline.engine.rules.names import columns_of
from desireline.modules.improve import repository
from desireline.modules.improve.asking import rule_of
from desireline.modules.improve.changing import begin, change, check_seen, there
from desireline.modules.improve.documents import HypothesisDocument
from desireline.modules.improve.measuring import Measuring, Told
from desireline.modules.improve.repository import Row
from desireline.modules.improve.tables import hypothesis
from desireline.modules.maps.facade import draft_map
from desireline.modules.rooms import Rooms

State = Literal["running", "dropped"]
IS_CLAIMED = ("entered", "reached", "within_days", "claims", "number")
"""What a claim says: with another of these it is another claim, and begins anew."""


class Hypotheses:
    """The claims of the workspace."""

    def __init__(self, rooms: Rooms, measuring: Measuring) -> None:
        self._rooms = rooms
        self._measuring = measuring

    def all(self, key: str) -> list[Row]:
        """As they were stated; those of a map where one is given."""
        with self._rooms.db.reading() as look:
            return repository.list_rows(look, hypothesis, key)

    def one(self, number: int) -> Row:
        """The claim of this number. HypothesisMissing."""
        with self._rooms.db.reading() as look:
            return there(look, hypothesis, number)

    def state(self, values: Mapping[str, Any], by: str) -> Row:
        """A new claim, of a map or of none. MapUnknown, and what its rules raise."""
        self._check(values)
        started = values["started_at"] or self._rooms.clock.now()
        told = {**values, "started_at": started, "state": "running"}
        with self._rooms.db.transaction() as tx:
            return begin(tx, self._rooms, hypothesis, told, by)

    def restate(self, number: int, values: Mapping[str, Any], seen: int | None, by: str) -> Row:
        """Other words; where it claims something else, what has come so far speaks no more for it.

        Raises HypothesisMissing, BoardStale, and as `state`.
        """
        self._check(values)
        new = HypothesisDocument.model_validate_json(values["document"])
        with self._rooms.db.transaction() as tx:
            old = there(tx, hypothesis, number, to_change=True)
            check_seen(hypothesis, old, seen)
            before = HypothesisDocument.model_validate_json(old["document"])
            same = all(getattr(before, name) == getattr(new, name) for name in IS_CLAIMED)
            begun = values["started_at"] or (old["started_at"] if same else None)
            told = {**values, "started_at": begun or self._rooms.clock.now()}
            return change(tx, self._rooms, (hypothesis, old), told, by)

    def move(self, number: int, state: State, seen: int | None, by: str) -> Row:
        """Puts a claim away, or takes it out again. HypothesisMissing, BoardStale."""
        with self._rooms.db.transaction() as tx:
            old = there(tx, hypothesis, number, to_change=True)
            check_seen(hypothesis, old, seen)
            return change(tx, self._rooms, (hypothesis, old), {"state": state}, by)

    def standing(self, row: Row) -> Told:
        """What the log says of a claim. Raises what its rules raise."""

        def ask() -> tuple[Hypothesis, int]:
            said = HypothesisDocument.model_validate_json(row["document"])
            events = self._measuring.events()
            entered, reached = (rule_of(rule, events) for rule in (said.entered, said.reached))
            query = engine.Query(
                entered=entered,
                metric=Metric(reached, within_seconds=said.within_days * DAY_SECONDS),
                number=said.number,
                since=row["started_at"],
                claims=said.claims,
                margin=said.margin,
            )
            columns = columns_of(entered) | columns_of(reached)
            return self._rooms.asked().ask(engine, query, columns)

        return self._measuring.told(("standing", row["id"], row["revision"]), ask)

    def _check(self, values: Mapping[str, Any]) -> None:
        """Nothing where its map is there and its rules can be read."""
        if values["map"] is not None:
            draft_map(self._rooms, values["map"])
        said = HypothesisDocument.model_validate_json(values["document"])
        for rule in (said.entered, said.reached):
            rule_of(rule, frozenset())
