"""Of a locale as browsers and programs write it: `pl-PL`, `pl_PL.UTF-8`, `de;q=0.8,en`."""

from __future__ import annotations

import re

from desireline.modules.enrichment.facts import CERTAIN, LIKELY, OWN, Fact
from desireline.modules.enrichment.sources.codes import COUNTRIES, LANGUAGES, OLD_LANGUAGES

MOST_CHARACTERS = 500
_SCRIPT = re.compile(r"[A-Za-z]{4}")
_WEIGHT = re.compile(r"q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)")


def enrich(value: str) -> tuple[Fact, ...]:
    """`language` (ISO 639-1) and `language_country` (ISO 3166-1): the one that is liked best.

    The country is that of the language's variety: who reads American English may live anywhere.
    """
    for tag in _by_liking(value[:MOST_CHARACTERS]):
        language, *rest = re.split(r"[-_]", re.split(r"[.@]", tag)[0])
        language = OLD_LANGUAGES.get(language.lower(), language.lower())
        if language not in LANGUAGES:
            continue
        facts = [Fact("language", language, OWN, CERTAIN)]
        country = next((part.upper() for part in rest if not _SCRIPT.fullmatch(part)), "")
        if country in COUNTRIES:
            facts.append(Fact("language_country", country, OWN, LIKELY))
        return tuple(facts)
    return ()


def _by_liking(value: str) -> list[str]:
    """The tags of an Accept-Language (RFC 9110, 12.5.4), best liked first; of equals the first."""
    tags = []
    for part in value.split(","):
        tag, _, weight = part.strip().partition(";")
        found = _WEIGHT.fullmatch(weight.strip())
        liked = float(found[1]) if found else 1.0
        if tag.strip() and liked > 0:
            tags.append((liked, tag.strip()))
    return [tag for _, tag in sorted(tags, key=lambda one: -one[0])]
