"""Who sends: the write key of the headers, and whether a human being is behind it.

Bots, prefetches and programs are marked in the event's context, never dropped:

    bot        the name by which it calls itself: `Googlebot`
    bot_kind   what it is for: `crawler`, `preview`, `monitor`, `headless`, `library`
    prefetch   true: a browser has fetched the page before anyone asked for it
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from fastapi import Request
from msgspec import UNSET, Struct

from desireline.log.wire import SentEvent

KEY_PREFIX = "wk_"
KEY_HEADERS = ("x-write-key", "x-api-key")
LOOPBACK = ("127.0.0.1", "::1", "")
PURPOSES = ("sec-purpose", "purpose", "x-purpose", "x-moz")
"""Where browsers say that nobody may ever look: the standard, and what came before it."""
EARLY = ("prefetch", "prerender", "preview")
USER_AGENTS = ("user_agent", "userAgent")
"""Where an event says which program a person used; `userAgent` is Segment's."""
MOST_CHARACTERS = 1_000
"""Of a user agent that are looked at."""

_KINDS = {
    "preview": r"facebookexternalhit|facebookcatalog|whatsapp|slackbot|slack-imgproxy|twitterbot"
    r"|telegrambot|discordbot|linkedinbot|skypeuripreview|pinterestbot|redditbot|embedly"
    r"|vkshare|viber|iframely|google-read-aloud|bitlybot|mastodon",
    "monitor": r"uptimerobot|pingdom|statuscake|site24x7|datadog\w*|newrelicpinger|kube-probe"
    r"|googlehc|elb-healthchecker|google-cloud-scheduler|better uptime bot|checkly"
    r"|nagios|zabbix|uptime-kuma|catchpoint|gomezagent|dynatrace\w*|amazon-route53\S*",
    "headless": r"headlesschrome|phantomjs|chrome-lighthouse|google page speed|slimerjs|cypress"
    r"|playwright|puppeteer|selenium|splash|electron-prerender",
    "crawler": r"[\w.-]*(?:bot|crawler|spider)\b[\w.-]*|[\w.-]*(?:bot|crawler|spider)(?=[/;) ])"
    r"|slurp|mediapartners-google|google-inspectiontool|googleother|storebot-google"
    r"|ia_archiver|archive\.org_bot|bingpreview|feedfetcher-google|yandex\w*(?=/)|baiduspider\S*"
    r"|duckduck\w+|ahrefs\w*|semrush\w*|screaming frog seo spider|chatgpt-user|claude-web"
    r"|claude-user|perplexity-user|meta-externalagent|meta-externalfetcher|bytespider|nutch"
    r"|heritrix|httrack|scrapy|sogou web spider",
    "library": r"curl|wget|python-requests|python-urllib|python-httpx|aiohttp|httpx|okhttp"
    r"|go-http-client|java(?=/)|apache-httpclient|libwww-perl|lwp::simple|guzzlehttp|axios"
    r"|node-fetch|undici|got(?= \()|php(?=/)|ruby|faraday|dart|rest-client|postmanruntime"
    r"|insomnia|http_request2|winhttp\S*|powershell",
}
_TRAILING = r"(?=[/;:,) +]|$)"
_AGENTS = re.compile(
    "|".join(f"(?P<{kind}>\\b(?:{names}){_TRAILING})" for kind, names in _KINDS.items()),
    re.IGNORECASE,
)
_PHONES = re.compile(r"\bcubot\b", re.IGNORECASE)
"""Phones that are called like bots."""


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

    @classmethod
    def of(cls, request: Request) -> Visitor:
        """From the headers of a request."""
        headers = request.headers
        kind, _, shown = headers.get("authorization", "").partition(" ")
        key = ""
        if kind.lower() == "basic":
            key = _basic_user(shown)
        elif kind.lower() == "bearer" and shown.strip().startswith(KEY_PREFIX):
            key = shown.strip()
        key = key or next((headers[name] for name in KEY_HEADERS if headers.get(name)), "")
        purposes = " ".join(headers.get(name, "") for name in PURPOSES).lower()
        return cls(
            key=key,
            is_basic=kind.lower() == "basic" and key != "",
            user_agent=headers.get("user-agent", ""),
            address=_address(request),
            is_early=purposes != "" and any(word in purposes for word in EARLY),
        )

    @property
    def is_browser(self) -> bool:
        """A person's browser has sent this, and no server on behalf of many."""
        return self.user_agent.startswith("Mozilla/")

    @property
    def is_marked(self) -> bool:
        """Whether something is to be said of all that it sends, whatever its events say."""
        return self.is_early or _own_agent(self.user_agent) is not None


@lru_cache(8192)
def bot_of(user_agent: str) -> tuple[str, str] | None:
    """Name and kind of the program that a user agent names; None for a person's browser."""
    agent = user_agent[:MOST_CHARACTERS]
    for found in _AGENTS.finditer(agent):
        if not _PHONES.fullmatch(found[0]):
            return found[0], str(found.lastgroup)
    return None


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
    if marks:
        sent.context = {**context, **marks}
    elif sent.context is None:
        sent.context = UNSET


def _address(request: Request) -> str:
    """Where the request came from; behind a proxy on this machine, what the proxy says."""
    near = request.client.host if request.client else ""
    if near in LOOPBACK:
        return request.headers.get("x-forwarded-for", near).rpartition(",")[2].strip()
    return near


def _basic_user(shown: str) -> str:
    try:
        return b64decode(shown.strip() + "==").decode().partition(":")[0]
    except (Error, ValueError):
        return ""
