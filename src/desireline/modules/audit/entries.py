"""An entry of the audit log, what it may say, and its hash."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import TypeAlias

import msgspec
from msgspec import Struct

from desireline.modules.audit.errors import AuditEntryUnfit, AuditHeadUnreadable

Detail: TypeAlias = str | int | bool | None
Details: TypeAlias = Mapping[str, Detail | Sequence[Detail]]

MOST_CHARACTERS = 100
_WHAT = re.compile(r"[a-z][a-z_]{2,63}")
_ABOUT = re.compile(r"(?:[a-z][a-z_]{1,30}:[A-Za-z0-9][A-Za-z0-9._-]{0,99})?")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
_KEY = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9._:-]{0,99})?")
_HEAD = re.compile(r"([0-9]{1,18}):([0-9a-f]{64}|)")
_encode = msgspec.json.Encoder(order="sorted").encode


class Head(Struct, frozen=True):
    """The end of a chain: how many entries it has, and the hash of the last."""

    number: int = 0
    hash: str = ""

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"

    @classmethod
    def read(cls, text: str) -> Head:
        """From the text that `verify` and `backup` print. Raises AuditHeadUnreadable."""
        found = _HEAD.fullmatch(text.strip())
        if found is None:
            raise AuditHeadUnreadable(
                f"{text[:100]!r} is no head of an audit log.",
                hint="It is a number, a colon and 64 hexadecimal digits, as `desireline audit"
                " verify` prints it.",
            )
        return cls(int(found[1]), found[2])


class Entry(Struct, frozen=True, kw_only=True):
    """One thing that somebody did. `at` is microseconds since 1970 UTC."""

    number: int
    at: int
    who: str
    what: str
    about: str
    details: str
    """A JSON object: names in order, no space."""
    previous: str
    hash: str

    def hashed(self) -> str:
        """The hash that this entry should have.

        SHA-256 in hexadecimal digits over its JSON in UTF-8: all fields but `hash`, the details as
        an object, names in order, without space between them.
        """
        said = {name: getattr(self, name) for name in self.__struct_fields__ if name != "hash"}
        return sha256(_encode(said | {"details": msgspec.Raw(self.details.encode())})).hexdigest()


def next_entry(head: Head, at: int, who: str, what: str, said: tuple[str, Details]) -> Entry:
    """The entry that follows the head; `said` is what it is about, and its details.

    Raises AuditEntryUnfit.
    """
    about, details = said
    _check(what, about, details)
    open_end = Entry(
        number=head.number + 1,
        at=at,
        who=who[:MOST_CHARACTERS],
        what=what,
        about=about,
        details=_encode(details).decode(),
        previous=head.hash,
        hash="",
    )
    return msgspec.structs.replace(open_end, hash=open_end.hashed())


def _check(what: str, about: str, details: Details) -> None:
    if not _WHAT.fullmatch(what):
        raise _unfit("what", what, "a fact in the past tense: map_published")
    if not _ABOUT.fullmatch(about):
        raise _unfit("about", about, "a kind and a key: map:shop, person:17")
    for name, value in details.items():
        if not _NAME.fullmatch(name):
            raise _unfit("details", name, "small letters, digits and _")
        parts = value if isinstance(value, list | tuple) else [value]
        for part in parts:
            fits = bool(_KEY.fullmatch(part)) if isinstance(part, str) else _is_plain(part)
            if not fits:
                raise _unfit(name, part, "a whole number, a truth value, or a key without space")


def _is_plain(part: object) -> bool:
    return part is None or isinstance(part, bool) or (type(part) is int and abs(part) < 2**53)


def _unfit(place: str, value: object, wanted: str) -> AuditEntryUnfit:
    return AuditEntryUnfit(
        f"`{place}` of an audit entry is {str(value)[:60]!r}; it takes {wanted}.",
        hint="The audit log is kept when persons are erased: it holds numbers and keys, no texts.",
    )
