"""Which bytes name a person, whatever they are: bodies of failed events, files."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterable, Iterator
from contextlib import suppress
from quopri import decodestring
from unicodedata import normalize
from urllib.parse import unquote_plus

import idna

from desireline.log.naming.identifiers import Name, spelled
from desireline.log.rejecting import Unfit

SHORT = 6
"""A shorter identifier may be any word or number, so it counts only where it stands for one."""
CALLED = {
    "userid": "user_id", "uid": "user_id", "distinctid": "user_id", "anonymousid": "anonymous_id",
    "duid": "anonymous_id", "nuid": "anonymous_id", "cid": "anonymous_id", "mail": "email",
}  # fmt: skip
"""What other protocols call those kinds, without the signs between words."""
ROUNDS = 3
"""So deep may one spelling stand within another: percent signs within base64 within JSON."""
MOST_NAMES = 2_000
"""Of one body that may be names; it has no more than 64 KB."""

ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})|\\([/\"\\])")
QUOTED = re.compile(r"=[0-9A-F]{2}")
CODED = re.compile(r"[A-Za-z0-9+/_-]{8,}")
DIGITS = re.compile(r"[0-9]")
BETWEEN_DIGITS = r"[\s()./-]*"
WORD = re.compile(r"[^\s\"'{}\[\],:;=&?<>()\\\ufffd]{6,200}")
CALL = re.compile(r"\+?[0-9][0-9 ()./-]{5,30}")
"""What may be a telephone number."""
MEMBER = re.compile(
    r"\"?([A-Za-z_][A-Za-z0-9_-]{0,63})\"?\s{0,9}[:=]\s{0,9}"
    r"(?:\"([^\"]{1,200})\"|([^\s\"&,}\]\ufffd]{1,200}))"
)
NO_LETTER = re.compile(r"[^a-z0-9]")


class Mentions:
    """Finds identifiers in bytes, in every spelling that `readings` undoes.

    In any case of letters, a telephone number with any signs between its digits. A short identifier
    counts as the whole of a quoted text, or behind its kind: `"userId": 42`, `uid=42`.
    """

    def __init__(self, names: Iterable[Name]) -> None:
        parts = [_pattern(kind, _plain(value).casefold()) for kind, value in names]
        self._pattern = re.compile("|".join(parts) or r"(?!)")

    def are_in(self, body: bytes) -> bool:
        """Whether one of the identifiers stands in the bytes."""
        return any(self._pattern.search(text.casefold()) for text in readings(body))


def readings(body: bytes) -> Iterator[str]:
    """Bytes as all texts that they may be, composed.

    As UTF-8 and UTF-16; with what is escaped as in JSON, in addresses (`%40`), in letters (`=40`)
    and in base64 undone, also one within another.
    """
    fresh = [body.decode(errors="replace")]
    if b"\0" in body:
        fresh += [
            body[i:].decode(coding, "replace")
            for i in (0, 1)
            for coding in ("utf-16-le", "utf-16-be")
        ]
    seen = set[str]()
    for _ in range(ROUNDS):
        fresh = [text for text in dict.fromkeys(fresh) if text not in seen]
        seen.update(fresh)
        yield from map(_plain, fresh)
        fresh = [found for text in fresh for found in _undone(text)]
    yield from (_plain(text) for text in dict.fromkeys(fresh) if text not in seen)


def names_in(body: bytes) -> set[Name]:
    """What in a body may be an identifier: of whom is asked elsewhere.

    Words of six signs and more, of any of KINDS; shorter ones where a member says their kind.
    """
    told: set[Name] = set()
    for text in readings(body):
        told.update((_kind(key), quoted or bare) for key, quoted, bare in MEMBER.findall(text))
        words = set(WORD.findall(text))
        told.update((kind, word) for word in words for kind in ("user_id", "anonymous_id"))
        told.update(("email", word) for word in words if "@" in word)
        told.update(("phone", call) for call in CALL.findall(text))
        if len(told) > MOST_NAMES:
            break
    return set(_spelled(told))


def _spelled(told: Iterable[Name]) -> Iterator[Name]:
    for kind, value in told:
        with suppress(Unfit):
            yield kind, spelled(kind, value)


def _plain(text: str) -> str:
    """Pairs of surrogates joined, and composed."""
    return normalize("NFC", text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def _undone(text: str) -> Iterator[str]:
    if "\\" in text:
        yield ESCAPED.sub(_unescaped, text)
    if "%" in text:
        yield unquote_plus(text, errors="replace")
    if QUOTED.search(text):
        yield decodestring(text.encode(errors="replace")).decode(errors="replace")
    runs = [run.translate(_URLSAFE) for run in CODED.findall(text)]
    for begin in range(4):  # it may stand behind other signs of its alphabet
        whole = (run[begin : len(run) - (len(run) - begin) % 4] for run in runs)
        yield "\n".join(b64decode(run).decode(errors="replace") for run in whole)


_URLSAFE = str.maketrans("-_", "+/")


def _pattern(kind: str, value: str) -> str:
    if kind == "phone" and len(digits := DIGITS.findall(value)) >= SHORT:
        return rf"(?<!\d){BETWEEN_DIGITS.join(digits)}(?!\d)"
    if len(value) >= SHORT:
        return "|".join(rf"(?<!\w){re.escape(one)}(?!\w)" for one in _spellings(kind, value))
    called = r"[_ -]?".join(re.escape(part) for part in kind.split("_"))
    others = "|".join([called, *(name for name, of in CALLED.items() if of == kind)])
    bare = rf"\b(?:{others})\"?\s*[:=]\s*{re.escape(value)}(?![\w.])"
    return rf'"{re.escape(value)}"|{bare}'


def _spellings(kind: str, value: str) -> list[str]:
    """An e-mail address with a domain of other letters is also written in Punycode."""
    local, at, domain = value.rpartition("@")
    if kind == "email" and at and not domain.isascii():
        with suppress(idna.IDNAError):
            return [value, f"{local}@{idna.encode(domain).decode()}"]
    return [value]


def _kind(key: str) -> str:
    bare = NO_LETTER.sub("", key.lower())
    return CALLED.get(bare, key)


def _unescaped(found: re.Match[str]) -> str:
    return found[2] or chr(int(found[1], 16))
