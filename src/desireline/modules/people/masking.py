"""Takes out of words whatever tells who a person is: her names, addresses, numbers, and links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

GAP = "…"
"""What stands where something was taken out, in any language."""
TELLING = re.compile(
    r"name|surname|mail|phone|mobile|tel|fax|address|street|city|town|zip|post|birth|company|user"
    r"|login|account|iban|card|passport|pesel|cnp|inn|id$",
    re.IGNORECASE,
)
"""Traits whose values may tell who somebody is."""
OF_HERSELF = re.compile(r"^(?!.*(company|user|file|event|screen|product)).*name$", re.IGNORECASE)
"""Traits of which each word alone may tell who somebody is: a first name, a last name."""
LEAST_LETTERS = 2
LONG = 4
"""Names of so many letters are known in other cases too: Anna, Annie; Kowalski, Kowalskiego."""
VOWELS = "aeiouyąęóăâîаеёиоуыэюя"  # noqa: RUF001 - of both alphabets
ADDRESS = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+")
LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
HANDLE = re.compile(r"(?<!\w)@\w{2,}")
NUMBER = re.compile(r"\+?\d(?:[\s().,:/-]{0,2}\d){3,}")
"""Four digits and more: phones, orders, cards, dates. Shorter ones are counts and prices."""
TOKEN = re.compile(r"(?=[\w-]{8,})(?=\S*\d)(?=\S*[^\W\d])[\w-]+")
"""Letters and digits mixed, eight signs and more: numbers of parcels, ids of systems."""
ANYWHERE = (LINK, ADDRESS, HANDLE, TOKEN, NUMBER)


@dataclass(frozen=True)
class Mask:
    """What of one person must not be read."""

    secrets: tuple[re.Pattern[str], ...]

    @classmethod
    def of(cls, identifiers: Iterable[str], traits: Iterable[tuple[str, Any]]) -> Mask:
        """By the values of identifiers, and by the traits that may tell who somebody is."""
        told = [(name, text) for name, value in traits for text in _texts([value])]
        values = {*identifiers, *(text for name, text in told if TELLING.search(name))}
        patterns = {p for value in values for p in _patterns(value.strip())}
        names = {text for name, text in told if OF_HERSELF.search(name)}
        names |= {value.partition("@")[0] for value in values if "@" in value}
        patterns |= {p for name in names for p in _names(name)}
        # The longest first: what a short one left of a long one would not be known any more.
        ordered = sorted(patterns, key=lambda p: (-len(p), p))
        return cls(tuple(re.compile(p, re.IGNORECASE) for p in ordered))

    def known(self, text: str) -> str:
        """The text without what is known of the person."""
        for secret in self.secrets:
            text = secret.sub(GAP, text)
        return text

    def free(self, text: str) -> str:
        """The same, and without all that looks like an address, a link or a number of somebody."""
        for form in ANYWHERE:
            text = form.sub(GAP, text)
        return self.known(text)


def _texts(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, int | float) and not isinstance(value, bool):
            yield str(value)
        elif isinstance(value, dict | list):
            yield from _texts(value.values() if isinstance(value, dict) else value)


def _patterns(value: str) -> Iterator[str]:
    """As regular expressions: the whole, the part before the @, the digits."""
    if len(value) < LEAST_LETTERS:
        return
    yield rf"(?<!\w){re.escape(value)}(?!\w)"
    before, at, _ = value.partition("@")
    if at and len(before) >= LEAST_LETTERS:
        yield rf"(?<!\w){re.escape(before)}(?!\w)"
    digits = re.sub(r"\D", "", value)
    if len(digits) >= LONG:
        yield r"\+?" + r"\D{0,2}".join(digits)


def _names(value: str) -> Iterator[str]:
    """Each word of it, in other cases too."""
    for word in re.findall(r"[^\W\d_]+", value):
        if len(word) >= LEAST_LETTERS:
            yield rf"(?<!\w){re.escape(word)}(?!\w)"
            yield from _cases(word)


def _cases(word: str) -> Iterator[str]:
    """Other cases of a name, which begin with a capital letter so that words stay words."""
    if len(word) < LONG:
        return
    stem = word[:-1] if word[-1].lower() in VOWELS else word
    capital, rest = re.escape(stem[0].upper()), re.escape(stem[1:])
    yield rf"(?<!\w)(?-i:{capital}){rest}\w{{0,4}}(?!\w)"
