"""Who sends: the write key of the headers, and whether a human being is behind it.

Bots, prefetches and programs are marked in the event's context, never dropped:

    bot        the name by which it calls itself: `Googlebot`
    bot_kind   what it is for: `crawler`, `preview`, `monitor`, `headless`, `library`
    prefetch   true: a browser has fetched the page before anyone asked for it

So is what a browser says for its owner, by the headers Sec-GPC and DNT:

    opted_out  true: she does not want to be followed
"""

from __future__ import annotations

from base64 import b64decode
from binascii import Error
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import Request
from msgspec import UNSET, Struct

from desireline.kit.agents import bot_of
from desireline.log.wire import SentEvent
from desireline.modules.collect.proxies import Network, first_stranger

KEY_PREFIX = "wk_"
KEY_HEADERS = (b"x-write-key", b"x-api-key")
PURPOSES = (b"sec-purpose", b"purpose", b"x-purpose", b"x-moz")
"""Where browsers say that nobody may ever look: the standard, and what came before it."""
EARLY = (b"prefetch", b"prerender", b"preview")
USER_AGENTS = ("user_agent", "userAgent")
"""Where an event says which program a person used; `userAgent` is Segment's."""


class Visitor(Struct, frozen=True):
    """What the headers of a request say of whoever sent it."""

    key: str = ""
    """The write key; empty where no header has one."""
    is_basic: bool = False
    """The key is the user of Basic authorization, as clients of Segment write it."""
    user_agent: str = ""
    """Of the program that sent it; of a server's client this says nothing about the person."""
    address: str = ""
    """Where the request came from. It is hashed with the salt of the day, and never kept."""
    is_early: bool = False
    """A browser fetches before anyone asks."""
    refuses: bool = False
    """A browser says for its owner, by Sec-GPC or DNT, that she does not want to be followed."""

    @classmethod
    def of(cls, request: Request, trusted: Sequence[Network] = ()) -> Visitor:
        """From the headers of a request; `trusted` proxies may say where it came from."""
        headers: dict[bytes, bytes] = dict(request.scope["headers"])
        kind, _, shown = _text(headers, b"authorization").partition(" ")
        kind, key = kind.lower(), ""
        if kind == "basic":
            key = _basic_user(shown)
        elif kind == "bearer" and shown.strip().startswith(KEY_PREFIX):
            key = shown.strip()
        if not key:
            key = next((_text(headers, name) for name in KEY_HEADERS if name in headers), "")
        purposes = b" ".join([headers[name] for name in PURPOSES if name in headers]).lower()
        return cls(
            key=key,
            is_basic=kind == "basic" and key != "",
            user_agent=_text(headers, b"user-agent"),
            address=first_stranger(
                request.client.host if request.client else "",
                _text(headers, b"x-forwarded-for"),
                trusted,
            ),
            is_early=purposes != b"" and any(word in purposes for word in EARLY),
            refuses=headers.get(b"sec-gpc") == b"1" or headers.get(b"dnt") == b"1",
        )

    @property
    def is_browser(self) -> bool:
        """A person's browser has sent this, and no server on behalf of many."""
        return self.user_agent.startswith("Mozilla/")

    @property
    def is_marked(self) -> bool:
        """Whether something is to be said of all that it sends, whatever its events say."""
        return self.is_early or self.refuses or _own_agent(self.user_agent) is not None


def _own_agent(user_agent: str) -> tuple[str, str] | None:
    """As `bot_of`, of who sends the request itself: a server's client is a library by right."""
    found = bot_of(user_agent)
    return None if found is None or found[1] == "library" else found


def mark(sent: SentEvent, visitor: Visitor) -> None:
    """Says in the context of an event who is behind it, where that is no human being."""
    context: Mapping[str, Any] = sent.context or {}
    told = next((v for n in USER_AGENTS if isinstance(v := context.get(n), str) and v), "")
    found = bot_of(told) if told else _own_agent(visitor.user_agent)
    marks: dict[str, Any] = {}
    if found is not None:
        marks = {"bot": found[0], "bot_kind": found[1]}
    if visitor.is_early:
        marks["prefetch"] = True
    if visitor.refuses:
        marks["opted_out"] = True
    if marks:
        sent.context = {**context, **marks}
    elif sent.context is None:
        sent.context = UNSET


def _text(headers: Mapping[bytes, bytes], name: bytes) -> str:
    return headers.get(name, b"").decode("latin-1")


def _basic_user(shown: str) -> str:
    try:
        return b64decode(shown.strip() + "==").decode().partition(":")[0]
    except (Error, ValueError):
        return ""
