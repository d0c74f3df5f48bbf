"""What can be wrong with a journey map; each says where, in the words of the document."""

from __future__ import annotations

from desireline.engine.errors import DesirelineError, place_in_file

Place = tuple[str | int, ...]
"""A path into the document: `("stages", 0, "touchpoints", 2, "rule")`."""


class MapInvalid(DesirelineError):
    """A map that cannot be: `place` is the path of the part that is wrong."""

    def __init__(self, sentence: str, *, place: Place = (), hint: str = "") -> None:
        super().__init__(sentence, hint=hint)
        self.place = place
        self.mark: tuple[int, int] | None = None
        """Line and column in the text that it was read from, where somebody knows them."""

    @property
    def more(self) -> dict[str, object]:
        """What a page needs to show the place: its path, and where that stands in the text."""
        return {"place": list(self.place), **place_in_file(self.mark)}


class MapUnreadable(MapInvalid):
    """Data that has not the shape of a map: a part is missing, unknown, or of the wrong type."""


class MapFormatUnknown(MapInvalid):
    """A document of a newer format, or of none that this program knows."""


class KeyUnfit(MapInvalid):
    """A key that is empty, too long, or holds blanks."""


class KeyRepeated(MapInvalid):
    """Two parts of one kind with the same key."""


class TouchpointUnknown(MapInvalid):
    """A reference to a touchpoint that the map does not have."""


class AlternativeUnfit(MapInvalid):
    """A touchpoint that is an alternative to itself, or to another alternative."""


class CellUnfit(MapInvalid):
    """A cell with a field or a value that its kind of lane does not take."""


class BoundsReversed(MapInvalid):
    """Time bounds that no event can meet: reversed, negative, or not a number."""


class CaseByIncomplete(MapInvalid):
    """A `case_by` without what its kind needs, or with what it does not use."""


def place_text(place: Place) -> str:
    """The place as a person reads it: `stages[0].touchpoints[2].rule`."""
    text = ""
    for part in place:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text or "the map"
