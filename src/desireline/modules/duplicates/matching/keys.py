"""Cheap keys: what two records of one person mostly share, whatever was mistyped elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import numpy as np

from desireline.engine.journeys import I64
from desireline.modules.duplicates.matching.records import MISSING, Column, Records

_CLASSES = str.maketrans("bfpvwcgjkqsxzdtlmnr", "1111122222222334556", "aeiouhy")
SOUND_LETTERS = 5
PHONE_END = 7

Keys = dict[str, I64]
"""By name a table with one row a record and one column for each key of that name it has; rows that
share a number in any column share the key. MISSING shares nothing."""


def sound_of(name: str) -> str:
    """Names that sound alike have the same: the classes of their consonants.

    Source: Soundex, Russell 1918, with the first letter classed like the others, since it is
    mistyped as often.
    """
    classes = name.replace(" ", "").translate(_CLASSES)
    told = "".join(c for i, c in enumerate(classes) if i == 0 or c != classes[i - 1])
    return (told or name)[:SOUND_LETTERS]


def keys_of(records: Records) -> Keys:
    """The keys that the fields at hand give."""
    found: Keys = {}
    for name, fields, make in MADE:
        columns = [records.columns[f] for f in fields if f in records.columns]
        if columns:
            found[name] = _table(columns, make, records.n)
    lines = [records.columns[f] for f in ("street", "address_extra") if f in records.columns]
    if lines:
        found["street"] = _rarest_words(lines, records.n)
    return found


def _words(value: str) -> list[str]:
    return [sound_of(word) for word in value.split()[:3]]


def _date(value: str) -> list[str]:
    """The year with day and month in either order; and all digits in order of size, for slips."""
    day_month = sorted((value[4:6], value[6:8]))
    return ["".join((value[:4], *day_month)), "".join(sorted(value))]


def _code(value: str) -> list[str]:
    return [value, "".join(sorted(value)) + "~"]


def _mailbox(value: str) -> list[str]:
    """What stands before the @, and its letters: `anna.nowak80` and `annanowak` share them."""
    local = value.partition("@")[0]
    letters = "".join(c for c in local if c.isalpha())
    return [local, letters + "~"] if letters else [local]


Maker = Callable[[str], list[str]]
MADE: tuple[tuple[str, tuple[str, ...], Maker], ...] = (
    ("names", ("given_name", "family_name"), _words),
    ("email", ("email",), _mailbox),
    ("phone", ("phone",), lambda value: [value[-PHONE_END:]]),
    ("birth_date", ("birth_date",), _date),
    ("identifier", ("identifier",), _code),
    ("house_number", ("house_number",), lambda value: [value]),
    ("city", ("city",), lambda value: [sound_of(value)]),
    ("postcode", ("postcode",), lambda value: ["".join(sorted(value))]),
    ("company", ("company",), _words),
)


def _table(columns: list[Column], make: Maker, n: int) -> I64:
    """The keys of each value, by number, laid out for each record."""
    numbers: dict[str, int] = {}
    tables = []
    for column in columns:
        lists = [
            [numbers.setdefault(key, len(numbers)) for key in dict.fromkeys(make(value))]
            for value in column.values
        ]
        width = max(map(len, lists))
        of_value = np.full((len(lists) + 1, width), MISSING, np.int64)
        for row, keys in enumerate(lists):
            of_value[row, : len(keys)] = keys
        tables.append(of_value[column.codes])  # MISSING is the last row, which is empty
    return np.concatenate(tables, axis=1) if tables else np.zeros((n, 0), np.int64)


def _rarest_words(lines: list[Column], n: int) -> I64:
    """Of each line the word that is rarest and yet not alone: `marszalkowska`, not `ul`."""
    often: Counter[str] = Counter()
    for line in lines:
        for value, times in zip(line.values, line.frequencies.tolist(), strict=True):
            for word in set(value.split()):
                often[word] += times

    def rarest(value: str) -> list[str]:
        words = [word for word in value.split() if often[word] > 1 and not word.isdigit()]
        return [min(words, key=often.__getitem__)] if words else []

    return _table(lines, rarest, n)
