"""The field of a pattern: where it is wrong, what it means, and what may be written next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from desireline.engine.names_seen import Names
from desireline.engine.rules import PatternUnreadable, in_words, parse, to_dict
from desireline.engine.rules.lexing import RESERVED, WORD
from desireline.modules.explore.schemas import Check, Checked, Completion, Mistake

TYPED = re.compile(r'(?:"(?:[^"\\]|\\.)*|[\w.:/@#-]*)\Z')
"""The name that ends at the cursor: in a quote that is still open, or without one."""
REST = re.compile(r'[\w.:/@#-]*"?')
SIGNS = {
    "->": "directly next",
    "~>": "later",
    "|": "or",
    "*": "any number of times",
    "+": "at least once",
    "?": "at most once",
    "within 3d": "from first to last",
}
ANY = '"x"'


def checked(asked: Check, names: Names) -> Checked:
    """What the field of a pattern shows."""
    at = min(len(asked.text) if asked.at is None else asked.at, len(asked.text))
    error = _mistake(asked.text, tuple(names.events)) if asked.text.strip() else None
    start, stop = _word(asked.text, at)
    found = Checked(ok=False, error=error, start=start, stop=stop, completions=[])
    if asked.text.strip() and _mistake(asked.text, None) is None:
        rule = parse(asked.text)
        found.ok, found.rule, found.words = True, to_dict(rule), in_words(rule)
    if _takes_name(asked.text[:start]):
        typed = asked.text[start:at].lstrip('"')
        found.completions = completions("event", typed, names.events, asked.limit)
    else:
        found.completions = list(_signs(asked.text[:at]))
        found.start = found.stop = at
    return found


def listed(asked: Check, names: Names) -> Checked:
    """What a field for a name shows: event types, channels, actors, properties, or values."""
    known: Mapping[str, Mapping[str, int]] = {
        "event": names.events,
        "channel": names.channels,
        "actor": names.actors,
        "column": dict.fromkeys(names.columns, 0),
        "value": names.values,
    }
    found = completions(asked.field, asked.text, known[asked.field], asked.limit)
    there = asked.text in known[asked.field]
    return Checked(ok=there, start=0, stop=len(asked.text), completions=found)


def completions(kind: str, typed: str, names: Mapping[str, int], limit: int) -> list[Completion]:
    """Names that begin with what was typed, then those that hold it, the most frequent first."""
    wanted = typed.casefold()
    ranked = sorted(
        (not name.casefold().startswith(wanted), -n, name)
        for name, n in names.items()
        if wanted in name.casefold()
    )
    return [
        Completion(
            text=spelled(name) if kind == "event" else name,
            label=name,
            kind=kind,  # type: ignore[arg-type]  # a field's name is the kind of its completions
            events=-less or None,
        )
        for _, less, name in ranked[:limit]
    ]


def spelled(name: str) -> str:
    """A name as a pattern takes it: in quotes where it is no bare word."""
    word = WORD.fullmatch(name)
    if word is not None and name not in RESERVED:
        return name
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _word(text: str, at: int) -> tuple[int, int]:
    """Where the name begins and ends in which the cursor stands."""
    typed = TYPED.search(text[:at])
    start = at if typed is None else typed.start()
    rest = REST.match(text, at)
    return start, at if rest is None else rest.end()


def _takes_name(before: str) -> bool:
    try:
        parse(before + ANY)
    except PatternUnreadable as error:
        return error.at != len(before)
    return True


def _signs(before: str) -> Iterator[Completion]:
    for sign, says in SIGNS.items():
        try:
            parse(f"{before} {sign}")
        except PatternUnreadable as error:
            if error.at < len(before) + 1 + len(sign):
                continue
        yield Completion(text=sign, label=f"{sign}  {says}", kind="sign")


def _mistake(text: str, events: tuple[str, ...] | None) -> Mistake | None:
    try:
        parse(text, events)
    except PatternUnreadable as error:
        return Mistake(
            at=error.at,
            problem=error.problem,
            expected=error.expected,
            hint=error.hint,
            values=error.values,
        )
    return None
