"""Of a person's name written as one: title, given names, surname, as far as it shows them.

    "dr hab. Jan Maria Kowalski-Nowak"  ->  dr hab. | Jan | Maria | Kowalski-Nowak
    "Иванов Иван Петрович"              ->  Иван | Петрович | Иванов
    "Gabriel García Márquez"            ->  Gabriel | García Márquez

Every word goes somewhere, as it was written. Orders that do not show in the words (Hungarian,
Chinese) are taken for given name first.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from desireline.modules.enrichment.facts import GUESSED, LIKELY, OWN, Fact
from desireline.modules.enrichment.sources.name_words import (
    LINKS,
    PARTICLES,
    SUFFIXES,
    TITLES,
    bare,
    is_patronymic,
    is_spanish_surname,
    is_surname,
)

MOST_CHARACTERS = 100
MOST_WORDS = 10
FULL_RUSSIAN = 3
"""Words of a full Russian name."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A name in its parts; those that are not there are empty."""

    title: str = ""
    first: str = ""
    middle: str = ""
    last: str = ""
    suffix: str = ""

    def facts(self, confidence: float) -> tuple[Fact, ...]:
        """A fact for each part."""
        told = {
            "title": self.title,
            "first_name": self.first,
            "middle_name": self.middle,
            "last_name": self.last,
            "name_suffix": self.suffix,
        }
        return tuple(Fact(n, text, OWN, confidence) for n, text in told.items() if text)


@lru_cache(4096)
def enrich(value: str) -> tuple[Fact, ...]:
    """`title`, `first_name`, `middle_name`, `last_name`, `name_suffix`; of one word nothing.

    Two words are mostly read right; of more it is a guess where the given names end.
    """
    words = value.split()
    is_name = 1 < len(words) <= MOST_WORDS and len(value) <= MOST_CHARACTERS
    if not is_name or any(sign.isdigit() or sign in "@/\\<>{}" for sign in value):
        return ()
    parts = split(value)
    return parts.facts(GUESSED if parts.middle or " " in parts.last else LIKELY)


def split(value: str) -> Parts:
    """The parts of a name. Its words are all there, each in one part, in no other spelling."""
    pieces = [piece.split() for piece in unicodedata.normalize("NFC", value).split(",")]
    behind: list[str] = []
    while len(pieces) > 1 and all(bare(word) in SUFFIXES for word in pieces[-1]):
        behind = pieces.pop() + behind
    if len(pieces) == len(("surname", "given names")) and all(pieces):
        return _after_comma(pieces[0], pieces[1], behind)
    titles, words, suffixes = _without_titles([word for piece in pieces for word in piece])
    first, middle, last = _arranged(words, named_by_title=bool(titles))
    return _parts(titles, [first], middle, last, suffixes + behind)


def _parts(*words: list[str]) -> Parts:
    return Parts(*(" ".join(found) for found in words))


def _after_comma(surname: list[str], given: list[str], behind: list[str]) -> Parts:
    """`Kowalski, Jan Maria`: the comma says it all."""
    titles, surname, suffixes = _without_titles(surname)
    more, given, end = _without_titles(given)
    return _parts(titles + more, given[:1], given[1:], surname, suffixes + end + behind)


def _without_titles(words: list[str]) -> tuple[list[str], list[str], list[str]]:
    """Titles before it, the name, what stands behind it; at least one word stays a name."""
    start, end = 0, len(words)
    while start < end - 1 and bare(words[start]) in TITLES:
        start += 1
    while end > start + 1 and bare(words[end - 1]) in SUFFIXES:
        end -= 1
    return words[:start], words[start:end], words[end:]


def _arranged(words: list[str], *, named_by_title: bool) -> tuple[str, list[str], list[str]]:
    """First name, middle names, surname."""
    if len(words) == 1:
        return ("", [], words) if named_by_title else (words[0], [], [])
    russian = _russian(words)
    if russian is not None:
        return russian
    if words and _is_surname_first(words):
        at = 3 if words[1] in LINKS and len(words) > FULL_RUSSIAN else 1
        return words[at], words[at + 1 :], words[:at]
    at = _surname_start(words)
    given = words[:at]
    return (given[0] if given else ""), given[1:], words[at:]


def _russian(words: list[str]) -> tuple[str, list[str], list[str]] | None:
    """By the father's name: it follows the given name, and the surname stands before or after."""
    full = len(words) == FULL_RUSSIAN
    if full and is_patronymic(words[2], latin=True) and not is_patronymic(words[1], latin=True):
        return words[1], [words[2]], [words[0]]
    if full and is_patronymic(words[1], latin=True):
        return words[0], [words[1]], [words[2]]
    if len(words) == FULL_RUSSIAN - 1 and is_patronymic(words[1], latin=False):
        return words[0], [words[1]], []
    return None


def _is_surname_first(words: list[str]) -> bool:
    """`Kowalski Jan`, `KOWALSKI Jan`: the first word shows it, and the last does not."""
    shouts = words[0].isupper() and len(words[0]) > 1 and not words[0].endswith(".")
    shouts = shouts and not any(word.isupper() and len(word) > 1 for word in words[1:])
    return (shouts or is_surname(words[0])) and not is_surname(words[-1])


def _surname_start(words: list[str]) -> int:
    """Where it begins: its particles and, in Spanish, the father's surname belong to it."""
    at = len(words) - 1
    if at > 1 and is_spanish_surname(words[at - 1]):
        at -= 1
    while at > 1 and words[at - 1].casefold() in LINKS and at > 1:
        at = max(at - 2, 1)
    while at > 1 and bare(words[at - 1]) in PARTICLES:
        at -= 1
    return 0 if at == 1 and words[0].islower() and bare(words[0]) in PARTICLES else at
