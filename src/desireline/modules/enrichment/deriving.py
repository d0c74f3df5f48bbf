"""From what an event tells of a person to facts about her."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from desireline.log.following import Logged
from desireline.modules.enrichment.facts import LIKELY, Fact
from desireline.modules.enrichment.fields import EVENTS_ONLY
from desireline.modules.enrichment.sources import SOURCES, phone

NAMES = ("name", "full_name", "fullName")
COMPANIES = ("company", "company_name", "companyName", "organization")
LANGUAGES = ("locale", "language")
ADDRESS = "address"
OF_EVENT = "IP address of the event"
"""The source of the country that the collector has put into an event before it cut the address."""


class Context(Struct):
    """What of an event's context tells something."""

    locale: Any = None
    language: Any = None
    userAgent: Any = None  # noqa: N815 - as Segment's clients write it
    user_agent: Any = None
    country: Any = None
    datacenter: Any = None
    bot: Any = None
    prefetch: Any = None


_context = msgspec.json.Decoder(Context).decode
_object = msgspec.json.Decoder(dict[str, Any]).decode


def derive(kind: str, value: str, off: frozenset[str]) -> tuple[Fact, ...]:
    """The facts that follow from a value, but for those that are off."""
    if kind == "phone":
        return phone.enrich_without(value, off)  # what only they need is not read
    return tuple(fact for fact in SOURCES[kind](value) if fact.name not in off)


def facts_of(kind: str, value: str, off: frozenset[str]) -> tuple[Fact, ...]:
    """As `derive`, of what `told` gives: an address is no longer there, but its country is."""
    if kind == ADDRESS:
        found: tuple[Fact, ...] = (Fact("country", value, OF_EVENT, LIKELY),)
        return () if "country" in off else found
    return tuple(fact for fact in derive(kind, value, off) if fact.name not in EVENTS_ONLY)


def told(event: Logged) -> Iterator[tuple[str, str]]:
    """Kinds of sources and their values that an event tells of its person.

    A bot's event tells nothing; neither does one that a browser sent before anyone looked.
    """
    if event.context:
        context = _context(event.context)
        if context.bot or context.prefetch:
            return
        yield from _of_context(context)
    if event.identifiers:
        names = _object(event.identifiers)
        yield from ((kind, names[kind]) for kind in ("email", "phone") if kind in names)
    if event.kind == "identify" and event.properties:
        yield from _of_traits(_object(event.properties))


def _of_context(context: Context) -> Iterator[tuple[str, str]]:
    agent, language = context.userAgent or context.user_agent, context.locale or context.language
    found = {"agent": agent, "language": language}
    if not context.datacenter:
        found[ADDRESS] = context.country
    yield from ((kind, value) for kind, value in found.items() if isinstance(value, str) and value)


def _of_traits(traits: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for kind, names in (("name", NAMES), ("company", COMPANIES), ("language", LANGUAGES)):
        for name in names:
            value = traits.get(name)
            if isinstance(value, dict):  # Segment's `company` is an object with a name
                value = value.get("name")
            if isinstance(value, str) and value.strip():
                yield kind, value
                break
