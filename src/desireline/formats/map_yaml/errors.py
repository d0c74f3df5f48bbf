"""What can be wrong with a map's file."""

from __future__ import annotations

from desireline.engine.errors import DesirelineError, place_in_file


class MapFileUnreadable(DesirelineError):
    """A file that is no map. `line` and `column` count from 1; 0 where there is no place."""

    def __init__(self, sentence: str, *, hint: str = "", line: int = 0, column: int = 0) -> None:
        super().__init__(sentence, hint=hint)
        self.line = line
        self.column = column
        self.more: dict[str, object] = place_in_file((line, column) if line else None)
