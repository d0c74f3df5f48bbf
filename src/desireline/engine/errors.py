"""The root of every error that Desireline raises on purpose: a sentence and a hint."""

from __future__ import annotations


class DesirelineError(Exception):
    """What happened, with the place and the value, and a hint what to do about it.

    A subclass is a noun and its problem (`ColumnMissing`, `PatternUnreadable`). `str` gives the
    sentence alone; faces show `hint` below it.

    The application says it in the reader's language, by the name of the class: one sentence for
    each is in `web/src/api/words`. `values` fill its blanks. Where a class means several things,
    the value `case` says which.
    """

    def __init__(self, sentence: str, *, hint: str = "", **values: str | int) -> None:
        super().__init__(sentence)
        self.hint = hint
        self.values = values


def place_in_file(mark: tuple[int, int] | None) -> dict[str, object]:
    """Line and column, both from 1, as a problem tells them beside its sentence."""
    return {} if mark is None else {"line": mark[0], "column": mark[1]}
