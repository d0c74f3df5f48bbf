"""Customer files with planted duplicates: households, common names, slips, and holes."""

from __future__ import annotations

import string
from dataclasses import dataclass, field

import numpy as np

SYLLABLES = (
    *("an", "ka", "wo", "ro", "ma", "li", "te", "no", "sa", "vi", "ber", "go", "lu", "pe", "ra"),
    *("di", "sto", "ze", "mi", "ku", "fa", "ne", "jo", "ta"),
)
STREET_WORDS = ("street", "road", "lane", "square")
DOMAINS = ("gmail.com", "mail.example", "post.example", "shop.example")
Row = dict[str, str | None]


@dataclass
class World:
    """Records by field, and whose each is."""

    columns: dict[str, list[str | None]]
    truth: list[int]
    households: list[int]

    @property
    def n(self) -> int:
        return len(self.truth)


@dataclass
class Kind:
    """What a world is like. Shares are between 0 and 1."""

    persons: int = 2_000
    copied: float = 0.3
    """Of the persons, how many have further records."""
    most_copies: int = 2
    family: float = 0.4
    """Of the persons, how many live with the one before, and bear the same family name."""
    slip: float = 0.15
    """Of the values of a copy, how many have a slip."""
    hole: float = 0.1
    """Of all values, how many are missing."""
    moved: float = 0.1
    """Of the copies, how many have another address."""
    fields: tuple[str, ...] = (
        *("given_name", "family_name", "email", "phone", "birth_date"),
        *("street", "house_number", "city", "postcode"),
    )
    seed: int = 1
    rng: np.random.Generator = field(init=False)

    def __post_init__(self) -> None:
        self.rng = np.random.default_rng(self.seed)


def world(kind: Kind) -> World:
    """The records of a world, in random order."""
    rng = kind.rng
    given, family = _names(rng, 300), _names(rng, 2_000)
    streets, cities = _names(rng, 1_500), _names(rng, 80)
    rows: list[Row] = []
    truth: list[int] = []
    homes: list[int] = []
    before: Row = {}
    for person in range(kind.persons):
        at_home = bool(before) and rng.random() < kind.family
        row = _person(rng, _common(rng, given), _common(rng, family))
        home = _address(rng, _common(rng, streets), _common(rng, cities))
        if at_home:
            home = {k: before[k] for k in home}
            row["family_name"] = before["family_name"]
            if rng.random() < 0.5:  # one telephone for all
                row["phone"] = before["phone"]
        row |= home
        before = row
        homes.append(homes[-1] if at_home else person)
        copies = int(rng.integers(1, kind.most_copies + 1)) if rng.random() < kind.copied else 0
        rows.append(_with_holes(rng, row, kind))
        truth.append(person)
        for _ in range(copies):
            copy = dict(row)
            if rng.random() < kind.moved:
                copy |= _address(rng, _common(rng, streets), _common(rng, cities))
            rows.append(_with_holes(rng, _slipped(rng, copy, kind.slip), kind))
            truth.append(person)
    order = rng.permutation(len(rows)).tolist()
    columns = {name: [rows[i][name] for i in order] for name in kind.fields}
    return World(columns, [truth[i] for i in order], [homes[truth[i]] for i in order])


def slipped(rng: np.random.Generator, text: str) -> str:
    """The text with one letter typed wrong, left out, added or exchanged with the next."""
    if len(text) < 2:
        return text
    at = int(rng.integers(0, len(text) - 1))
    signs = string.digits if text[at].isdigit() else string.ascii_lowercase
    sign = signs[int(rng.integers(0, len(signs)))]
    return (
        text[:at] + sign + text[at + 1 :],
        text[:at] + text[at + 1 :],
        text[:at] + sign + text[at:],
        text[:at] + text[at + 1] + text[at] + text[at + 2 :],
    )[int(rng.integers(0, 4))]


def _names(rng: np.random.Generator, n: int) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < n:
        found["".join(rng.choice(SYLLABLES, int(rng.integers(2, 4))))] = None
    return list(found)


def _common(rng: np.random.Generator, names: list[str]) -> str:
    """The first ones often, the last ones seldom."""
    return names[int(len(names) * rng.random() ** 2.5)]


def _person(rng: np.random.Generator, given: str, family: str) -> Row:
    year, month, day = rng.integers((1940, 1, 1), (2006, 13, 29))
    mailbox = f"{given}.{family}{int(rng.integers(0, 1000))}"
    return {
        "given_name": given,
        "family_name": family,
        "email": f"{mailbox}@{DOMAINS[int(rng.integers(0, len(DOMAINS)))]}",
        "phone": f"+48{int(rng.integers(500_000_000, 900_000_000))}",
        "birth_date": f"{year}-{month:02}-{day:02}",
    }


def _address(rng: np.random.Generator, street: str, city: str) -> Row:
    return {
        "street": f"{street} {STREET_WORDS[int(rng.integers(0, 4))]}",
        "house_number": str(int(rng.integers(1, 150))),
        "city": city,
        "postcode": f"{sum(map(ord, city)) % 90 + 10}-{int(rng.integers(0, 30)):03}",
    }


def _slipped(rng: np.random.Generator, row: Row, share: float) -> Row:
    found = {k: slipped(rng, v) if v and rng.random() < share else v for k, v in row.items()}
    if rng.random() < share / 3:
        found["given_name"], found["family_name"] = found["family_name"], found["given_name"]
    return found


def _with_holes(rng: np.random.Generator, row: Row, kind: Kind) -> Row:
    return {k: None if rng.random() < kind.hole else v for k, v in row.items()}
