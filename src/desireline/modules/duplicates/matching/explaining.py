"""Why a pair is suggested, in a sentence for whoever knows the customers and not the method."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from rapidfuzz.distance import OSA

from desireline.modules.duplicates.matching.comparing import Level
from desireline.modules.duplicates.matching.fields import BY_NAME, EXCHANGED, Field
from desireline.modules.duplicates.matching.finding import Found
from desireline.modules.duplicates.matching.records import Records

COUNTED = {1: "one", 2: "two", 3: "three", 4: "four"}


class Agreement(msgspec.Struct, frozen=True):
    """How the two agree in one field, and what that adds to the odds, in bits."""

    field: str
    level: str
    """`same`, `close`, `similar`, `different`."""
    bits: float
    words: str


class Explanation(msgspec.Struct, frozen=True):
    """Why two records may be one person. It holds no value of theirs."""

    sentence: str
    fields: list[Agreement]
    exchanged: list[str]
    """First fields of those that were filled in the wrong way round."""


def explained(records: Records, found: Found, place: int) -> Explanation:
    """The explanation of the pair at a place of what was found."""
    exchanged = [name for name, turned in found.compared.exchanged.items() if turned[place]]
    agreements = []
    for column, name in enumerate(found.compared.fields):
        level = Level(found.compared.levels[place, column])
        if level != Level.UNSAID:
            words = _words(records, found, place, name)
            bits = round(float(found.weights[place, column]), 1)
            agreements.append(Agreement(name, level.name.lower(), bits, words))
    return Explanation(_sentence(agreements, exchanged), agreements, exchanged)


def _words(records: Records, found: Found, place: int, name: str) -> str:
    field = BY_NAME[name]
    level = Level(found.compared.levels[place, found.compared.fields.index(name)])
    if level == Level.SAME:
        return f"same {field.words}"
    if level == Level.DIFFERENT:
        return f"other {field.words}"
    a, b = _values(records, found, place, name)
    if level == Level.SIMILAR:
        return _similar(field, a, b)
    return _close(field, a, b)


def _values(records: Records, found: Found, place: int, name: str) -> tuple[str, str]:
    """Both values, the second from the field where it was found."""
    other = name
    for pair in EXCHANGED:
        turned = found.compared.exchanged.get(pair[0])
        if name in pair and turned is not None and turned[place]:
            other = pair[1 - pair.index(name)]
    sides = (records.columns[name], found.a), (records.columns[other], found.b)
    a, b = (str(column.values[column.codes[rows[place]]]) for column, rows in sides)
    return a, b


def _close(field: Field, a: str, b: str) -> str:
    if field.sort == "date" and a[:4] == b[:4] and a[4:6] == b[6:8] and a[6:8] == b[4:6]:
        return "day and month of birth exchanged"
    if field.sort == "phone" and a[-7:] == b[-7:]:
        return f"same end of the {field.words}"
    sign = "digit" if field.sort in ("phone", "date") or (a + b).isdigit() else "letter"
    apart = OSA.distance(a, b)
    counted = COUNTED.get(apart, str(apart))
    return f"{field.words} differs by {counted} {sign}{'s' if apart > 1 else ''}"


def _similar(field: Field, a: str, b: str) -> str:
    if field.sort == "email" and a.partition("@")[0] == b.partition("@")[0]:
        return "same e-mail name at another provider"
    if field.sort == "name" and (a.startswith(b) or b.startswith(a)):
        return f"one {field.words} is the beginning of the other"
    return f"{field.words} alike"


def _sentence(agreements: Sequence[Agreement], exchanged: Sequence[str]) -> str:
    """What is the same, then what nearly is, then what differs.

    `Same phone number and town; family name differs by one letter; other street.`
    """
    same = [BY_NAME[one.field].words for one in agreements if one.level == "same"]
    near = [one.words for one in agreements if one.level in ("close", "similar")]
    other = [BY_NAME[one.field].words for one in agreements if one.level == "different"]
    parts = [f"same {_listed(same)}"] if same else []
    for first, second in EXCHANGED:
        if first in exchanged:
            parts.append(f"{BY_NAME[first].words} and {BY_NAME[second].words} exchanged")
    parts += near
    parts += [f"other {_listed(other)}"] if other else []
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}." if text else "Nothing is known of either."


def _listed(words: Sequence[str]) -> str:
    return " and ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else words[0]
