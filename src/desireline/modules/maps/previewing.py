"""Figures while somebody edits: of a rule, and of a document that nobody has kept."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from desireline.engine.journey_map import JourneyMap
from desireline.engine.living_map import rule_preview
from desireline.engine.living_map.rule_preview import RulePreview
from desireline.engine.rules import Rule
from desireline.engine.rules.names import columns_of
from desireline.modules.rooms import Rooms


@dataclass(frozen=True)
class Shown:
    """A map file that was drawn for one asker."""

    text: str
    position: int


class Previews:
    """Asks the index about what is not published."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    def rule(
        self, rule: Rule, journey_map: JourneyMap | None, touchpoint: str | None
    ) -> tuple[RulePreview, int]:
        """What the rule would catch, as that of the touchpoint, and up to which position.

        A touchpoint that the map has not stands at its end. Raises what rules raise.
        """
        points = () if journey_map is None else journey_map.touchpoints
        keys = [t.key for t in points]
        place = keys.index(touchpoint) if touchpoint in keys else len(keys)
        others = [t for t in points if t.key != touchpoint]
        query = rule_preview.Query(
            rule, tuple(t.key for t in others), tuple(t.rule for t in others), place
        )
        columns = frozenset(columns_of(rule)).union(*(columns_of(r) for r in query.rules))
        return self._rooms.asked().ask(rule_preview, query, columns)

    def map(self, document: JourneyMap) -> Shown:
        """The map file of a document as it came. Raises CaseByImpossible and what rules raise."""
        living, position = self._rooms.asked().living_map(document)
        return Shown(msgspec.json.encode(living.to_dict()).decode(), position)
