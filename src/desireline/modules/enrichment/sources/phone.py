"""Of a phone number in international form: country, region, carrier, time zone, kind of line.

All of it is about the number: who carries it and where it was given out. The region's data take
0.4 s and 97 MB of memory, so they are read when the first number asks for them, and the rest too.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from desireline.modules.enrichment.facts import CERTAIN, GUESSED, LIKELY, Fact, package

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

MOST_CHARACTERS = 40
UNKNOWN_ZONE = "Etc/Unknown"
KINDS = {
    "FIXED_LINE": "fixed_line",
    "MOBILE": "mobile",
    "FIXED_LINE_OR_MOBILE": "fixed_line_or_mobile",
    "TOLL_FREE": "toll_free",
    "PREMIUM_RATE": "premium_rate",
    "SHARED_COST": "shared_cost",
    "VOIP": "voip",
    "PERSONAL_NUMBER": "personal_number",
    "PAGER": "pager",
    "UAN": "company_number",
    "VOICEMAIL": "voicemail",
}
"""By the library's names."""


def enrich(value: str) -> tuple[Fact, ...]:
    """All facts; none of a number that no country gives out, or that names no country."""
    return enrich_without(value, frozenset())


@lru_cache(4096)
def enrich_without(value: str, unwanted: frozenset[str]) -> tuple[Fact, ...]:
    """The facts but for those of these names; what only they need is not read."""
    number = _number(value)
    if number is None:
        return ()
    phonenumbers = _library()
    country = phonenumbers.region_code_for_number(number)
    if country is None:
        return ()
    source = package("phonenumbers")
    facts = [Fact("phone_country", country, source, CERTAIN)]
    kind = KINDS.get(phonenumbers.PhoneNumberType.to_string(phonenumbers.number_type(number)))
    if kind is not None:
        facts.append(Fact("phone_kind", kind, source, CERTAIN))
    for name, about in _TOLD.items():
        told = None if name in unwanted else about(number, country)
        if told is not None:
            facts.append(Fact(name, told[0], source, told[1]))
    return tuple(fact for fact in facts if fact.name not in unwanted)


def _number(value: str) -> PhoneNumber | None:
    if len(value) > MOST_CHARACTERS or not value.strip().startswith("+"):
        return None
    phonenumbers = _library()
    try:
        number: PhoneNumber = phonenumbers.parse(value, None)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None


def _region(number: PhoneNumber, country: str) -> tuple[str, float] | None:  # noqa: ARG001
    """Town or province of a line, in English. Of a mobile the country alone, which adds nothing."""
    geocoder = _data("geocoder")
    said = geocoder.description_for_valid_number(number, "en")
    if not said or said == geocoder.country_name_for_number(number, "en"):
        return None
    return said, LIKELY


def _carrier(number: PhoneNumber, country: str) -> tuple[str, float] | None:
    """To whom the number was given; where numbers can be taken along, it may have moved."""
    said = _data("carrier").name_for_valid_number(number, "en")
    if not said:
        return None
    moves = _library().is_mobile_number_portable_region(country)
    return said, GUESSED if moves else LIKELY


def _zone(number: PhoneNumber, country: str) -> tuple[str, float] | None:  # noqa: ARG001
    """Where the number has just one."""
    zones = _data("timezone").time_zones_for_number(number)
    return (zones[0], LIKELY) if len(zones) == 1 and zones[0] != UNKNOWN_ZONE else None


def _library() -> Any:
    return import_module("phonenumbers")


def _data(name: str) -> Any:
    return import_module(f"phonenumbers.{name}")


_TOLD = {"phone_region": _region, "phone_carrier": _carrier, "phone_time_zone": _zone}
