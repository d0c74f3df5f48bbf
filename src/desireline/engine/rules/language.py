"""The pattern language: `cart -> [^support]* -> order within 3d`, read into a Pattern.

pattern = ["^"] either ["$"] ["within" number unit]
either  = then { "|" then }
then    = times { ("->" | "~>" | "...") times }
times   = one { "*" | "+" | "?" | "{" m ["," [n]] "}" }
one     = name | "." | "[" name... "]" | "[^" name... "]" | "(" either ")"
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NoReturn

from desireline.engine.rules.ast import Pattern
from desireline.engine.rules.errors import PatternUnreadable, did_you_mean
from desireline.engine.rules.lexing import UNITS, Token, tokens
from desireline.engine.rules.tree import ANYTHING, Either, One, PatternTree, Repeat, Then

LATER = ("~>", "...")
SIGN_TIMES: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
DURATION = re.compile(r"(\d+(?:\.\d+)?)(\D*)")
MOST_TIMES = 1000
DEEPEST = 100


def parse(text: str, events: Sequence[str] | None = None) -> Pattern:
    """The pattern that `text` describes.

    With `events` (the event types of a log), a name that is not among them is refused. Raises
    PatternUnreadable, which shows the text, points at the character and says what was expected.
    """
    return _Reader(text, events).pattern()


class _Reader:
    """Reads one pattern from left to right, one method for each line of the grammar."""

    def __init__(self, text: str, events: Sequence[str] | None) -> None:
        self.text = text
        self.events = events
        self.tokens = tokens(text)
        self.place = 0
        self.depth = 0

    @property
    def now(self) -> Token:
        return self.tokens[self.place]

    def pattern(self) -> Pattern:
        from_start = self._take("^")
        tree = self._either()
        to_end = self._take("$")
        within = self._duration() if self._take("within") else None
        if self.now.kind != "end":
            self._refuse("-> or ~> and a further event, a number of times, | or `within`")
        return Pattern(tree, within, from_start, to_end)

    def _either(self) -> PatternTree:
        parts = [self._then()]
        while self._take("|"):
            parts.append(self._then())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _then(self) -> PatternTree:
        parts = [self._times()]
        while self.now.kind in {"->", *LATER}:
            if self.now.kind in LATER:
                parts.append(ANYTHING)
            self.place += 1
            parts.append(self._times())
        return parts[0] if len(parts) == 1 else Then(tuple(parts))

    def _times(self) -> PatternTree:
        tree = self._one()
        while self.now.kind in {*SIGN_TIMES, "{"}:
            sign = self.now.kind
            self.place += 1
            low, high = SIGN_TIMES[sign] if sign in SIGN_TIMES else self._braces()
            tree = Repeat(tree, low, high)
        return tree

    def _braces(self) -> tuple[int, int | None]:
        opened = self.now
        low = self._whole()
        high: int | None = low
        if self._take(","):
            high = self._whole() if self.now.kind == "name" else None
        self._need("}", "a closing }")
        if high is not None and high < max(low, 1):
            self._refuse("a larger number after the comma, and not 0", opened)
        return low, high

    def _one(self) -> PatternTree:
        if self.now.kind == "name":
            return One((self._name(),))
        if self._take("."):
            return One(negated=True)
        if self.now.kind in {"[", "[^"}:
            return self._brackets()
        return self._group()

    def _group(self) -> PatternTree:
        self._need("(", "an event: a name, . for any event, [ or (")
        self.depth += 1
        if self.depth > DEEPEST:
            self._refuse(f"at most {DEEPEST} brackets inside one another")
        tree = self._either()
        self._need(")", "a closing )")
        self.depth -= 1
        return tree

    def _brackets(self) -> PatternTree:
        negated = self.now.kind == "[^"
        self.place += 1
        names = []
        while self.now.kind == "name":
            names.append(self._name())
            self._take(",")
        if not names:
            self._refuse("a name inside [ ]")
        self._need("]", "a further name or a closing ]")
        return One(tuple(names), negated)

    def _name(self) -> str:
        token = self.now
        if self.events is not None and token.text not in self.events:
            raise PatternUnreadable(
                self.text,
                token.at,
                problem=f"There is no event type {token.text!r}",
                expected="an event type of the log",
                hint=did_you_mean(token.text, self.events)
                or f"The log has {len(self.events)} event types.",
                case="event",
                name=token.text,
            )
        self.place += 1
        return token.text

    def _whole(self) -> int:
        token = self.now
        if token.kind != "name" or not (token.text.isascii() and token.text.isdigit()):
            self._refuse("a whole number")
        if len(token.text) > 4 or int(token.text) > MOST_TIMES:
            self._refuse(f"a number up to {MOST_TIMES}")
        self.place += 1
        return int(token.text)

    def _duration(self) -> float:
        first = self.now
        text = ""
        while self.now.kind == "name":  # 3d is one word, 3 d are two
            text += self.now.text
            self.place += 1
        found = DURATION.fullmatch(text) if text.isascii() else None
        if found is None or found[2] not in UNITS:
            known = ", ".join(f"3{unit}" for unit in UNITS)
            self._refuse(f"a duration such as {known}", first)
        return float(found[1]) * UNITS[found[2]]

    def _take(self, kind: str) -> bool:
        if self.now.kind != kind:
            return False
        self.place += 1
        return True

    def _need(self, kind: str, expected: str) -> None:
        if not self._take(kind):
            self._refuse(expected)

    def _refuse(self, expected: str, token: Token | None = None) -> NoReturn:
        token = token or self.now
        problem = "The pattern ends too early" if token.kind == "end" else f"Found {token.text!r}"
        raise PatternUnreadable(
            self.text, token.at, problem=problem, expected=expected, hint=self._hint(token)
        )

    def _hint(self, token: Token) -> str:
        before = self.tokens[self.place - 1] if self.place else None
        follows_name = before is not None and before.kind == "name" and before is not token
        if token.kind == "name" and before is not None and follows_name:
            both = f"{before.text} {token.text}"
            return (
                f"Put -> between two events (directly next) or ~> (later), "
                f'or write one name with a space as "{both}".'
            )
        if token.kind == "within":
            return 'An event that is called within stands in quotes: "within".'
        if token.kind in {"^", "$"}:
            return "^ stands at the very beginning of a pattern and $ at its very end."
        return ""
