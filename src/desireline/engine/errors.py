"""The root of every error that Desireline raises on purpose: a sentence and a hint."""

from __future__ import annotations


class DesirelineError(Exception):
    """What happened, with the place and the value, and a hint what to do about it.

    A subclass is a noun and its problem (`ColumnMissing`, `PatternUnreadable`). `str` gives the
    sentence alone; faces show `hint` below it.
    """

    def __init__(self, sentence: str, *, hint: str = "") -> None:
        super().__init__(sentence)
        self.hint = hint
