"""Who sends: the write key of the headers, and whether a human being is behind it.

Bots, prefetches and programs are marked in the event's context, never dropped:

    bot        the name by which it calls itself: `Googlebot`
    bot_kind   what it is for: `crawler`, `preview`, `monitor`, `headless`, `library`
    prefetch   true: a browser has fetched the page before anyone asked for it

An event that names its person and that her browser has sent keeps that browser's name:

    user_agent `Mozilla/5.0 ...`, where the event does not say it itself

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
from desireline.kit.proxies import Network, first_stranger
from desireline.log.wire import SentEvent

KEY_PREFIX = "wk_"
KEY_HEADERS = (b"x-write-key", b"x-api-key")
PURPOSES = (b"sec-purpose", b"purpose", b"x-purpose", b"x-moz")
"""Where browsers say that nobody may ever look: the standard, and what came before it."""
EARLY = (b"prefetch", b"prerender", b"preview")
USER_AGENTS = ("user_agent", "userAgent")
"""Where an event says which program a person used; `userAgent` is Segment's."""

MOST_CHARACTERS = 512
"""Kept of a browser's name; they have some 110."""


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
    context = sent.context or None
    told = "" if context is None else _agent_in(context)
    found = bot_of(told) if told else _own_agent(visitor.user_agent)
    if found is None and not visitor.is_early and not visitor.refuses:
        if sent.context is None:
            sent.context = UNSET
        return
    marks: dict[str, Any] = {}
    if found is not None:
        marks = {"bot": found[0], "bot_kind": found[1]}
    if visitor.is_early:
        marks["prefetch"] = True
    if visitor.refuses:
        marks["opted_out"] = True
    sent.context = {**(context or {}), **marks}


def _agent_in(context: Mapping[str, Any]) -> str:
    """What an event itself says of the program; asked of every event, so without a loop."""
    one, other = map(context.get, USER_AGENTS)
    if isinstance(one, str) and one:
        return one
    return other if isinstance(other, str) else ""


def keep_agent(sent: SentEvent, visitor: Visitor) -> None:
    """Says in an event which browser sent it, where it does not say so; enrichment reads it."""
    if not visitor.is_browser or visitor.refuses:
        return
    context: Mapping[str, Any] = sent.context or {}
    if not any(map(context.get, USER_AGENTS)):
        sent.context = {**context, USER_AGENTS[0]: visitor.user_agent[:MOST_CHARACTERS]}


def _text(headers: Mapping[bytes, bytes], name: bytes) -> str:
    return headers.get(name, b"").decode("latin-1")


def _basic_user(shown: str) -> str:
    try:
        return b64decode(shown.strip() + "==").decode().partition(":")[0]
    except (Error, ValueError):
        return ""
