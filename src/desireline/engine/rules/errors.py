"""What can be wrong with a rule or a pattern."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from desireline.engine.errors import DesirelineError

EXAMPLE = "A pattern reads like this: cart -> [^support]* -> order within 3d."


class RuleUnreadable(DesirelineError):
    """Data is not a rule; the sentence names the JSON path and the value."""


class PatternUnreadable(DesirelineError):
    """A pattern's text is not a pattern; the message shows the text and points at the character.

    `text` is the whole pattern, `at` the index of the character, `problem` what is wrong with it,
    `expected` what would fit there.
    """

    def __init__(
        self,
        text: str,
        at: int,
        *,
        problem: str,
        expected: str,
        hint: str = "",
        **values: str | int,
    ) -> None:
        where = at + 1
        shown = text.replace("\n", " ").replace("\t", " ")
        super().__init__(
            f"{problem} at character {where} of the pattern; expected {expected}.\n"
            f"  {shown}\n"
            f"  {' ' * at}^",
            hint=hint or EXAMPLE,
            at=where,
            **values,
        )
        self.text = text
        self.at = at
        self.problem = problem
        self.expected = expected


class PatternTooLarge(DesirelineError):
    """A pattern spells out more events than the engine follows at once."""


def close_to(name: str, known: Sequence[str]) -> tuple[str, ...]:
    """At most three of `known` that `name` may be a misspelling of, the closest first."""
    folded = {k.casefold(): k for k in reversed(known)}
    found = get_close_matches(name.casefold(), list(folded), n=3, cutoff=0.6)
    return tuple(folded[f] for f in found)


def did_you_mean(name: str, known: Sequence[str]) -> str:
    """A question for a hint, such as "Did you mean 'order'?", or nothing."""
    close = close_to(name, known)
    if not close:
        return ""
    return f"Did you mean {' or '.join(repr(c) for c in close)}?"
