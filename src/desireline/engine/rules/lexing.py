"""The words of the pattern language, each with the place where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desireline.engine.rules.errors import PatternUnreadable

WORD = re.compile(r"\w+(?:[.:/@#-]\w+)*")
"""A bare name: letters, digits and _, with single . : / @ # - inside it."""
RESERVED = frozenset({"within"})
UNITS = {"s": 1, "min": 60, "h": 3600, "d": 86400, "w": 604800}
SIGNS = (
    "->",
    "~>",
    "...",
    ".",
    "[^",
    "[",
    "]",
    "(",
    ")",
    "{",
    "}",
    ",",
    "|",
    "*",
    "+",
    "?",
    "^",
    "$",
)
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
QUOTES = "'`\u201c\u201d\u2018\u2019\u00ab\u00bb\u201e"
SPACE = re.compile(r"\s*")


@dataclass(frozen=True, slots=True)
class Token:
    """One word or sign of a pattern. `kind` is `name`, `within`, `end`, or the sign itself."""

    kind: str
    text: str
    at: int
    bare: bool = False
    """A name that was written without quotes."""


def tokens(text: str) -> list[Token]:
    """The words and signs of `text`, and `end`. Raises PatternUnreadable at a strange character."""
    found: list[Token] = []
    at = _after_space(text, 0)
    while at < len(text):
        token, at = _token(text, at)
        found.append(token)
        at = _after_space(text, at)
    return [*found, Token("end", "", len(text))]


def _after_space(text: str, at: int) -> int:
    space = SPACE.match(text, at)
    return at if space is None else space.end()


def _token(text: str, at: int) -> tuple[Token, int]:
    if word := WORD.match(text, at):
        kind = word[0] if word[0] in RESERVED else "name"
        return Token(kind, word[0], at, bare=True), word.end()
    if text[at] == '"':
        return _quoted(text, at)
    for sign in SIGNS:
        if text.startswith(sign, at):
            return Token(sign, sign, at), at + len(sign)
    raise PatternUnreadable(
        text,
        at,
        problem=f"{text[at]!r} means nothing",
        expected="a name, a sign such as -> ~> | * + ? ( [ or `within`",
        hint=_meant(text, at),
    )


def _quoted(text: str, at: int) -> tuple[Token, int]:
    found = QUOTED.match(text, at)
    if found is None:
        raise PatternUnreadable(
            text,
            at,
            problem="A quote opens and never closes",
            expected='a closing "',
            case="quote",
        )
    return Token("name", re.sub(r"\\(.)", r"\1", found[1], flags=re.DOTALL), at), found.end()


def _meant(text: str, at: int) -> str:
    arrows = {"→": "->", ">": "->", "-": "->", "~": "~>", "…": "~>", "=": "->"}
    if text[at] in arrows:
        return f"Did you mean {arrows[text[at]]!r}?"
    if text[at] in QUOTES:
        return 'Put a name with spaces between straight double quotes: "add to cart".'
    return 'Put a name with other characters between double quotes, such as "50% off".'
