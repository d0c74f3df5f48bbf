"""Of a user agent: browser, system and device."""

from __future__ import annotations

from functools import lru_cache

from ua_parser import parse

from desireline.modules.enrichment.facts import LIKELY, Fact, package

MOST_CHARACTERS = 1_000
NO_DEVICES = frozenset({"Other", "Generic Smartphone", "Generic Feature Phone", "Spider"})
"""What the package says where it does not know."""


@lru_cache(4096)
def enrich(value: str) -> tuple[Fact, ...]:
    """`browser` with its major version, `os`, `device`.

    Browsers freeze what they say of system and device, so a version of the system would be wrong.
    """
    found = parse(value[:MOST_CHARACTERS])
    source = f"{package('ua-parser')}, {package('ua-parser-builtins')}"
    said: dict[str, str] = {}
    if found.user_agent is not None and found.user_agent.family != "Other":
        major = found.user_agent.major
        said["browser"] = found.user_agent.family + (f" {major}" if major else "")
    if found.os is not None and found.os.family != "Other":
        said["os"] = found.os.family
    if found.device is not None and found.device.family not in NO_DEVICES:
        brand, family = found.device.brand or "", found.device.family
        known = family.lower().startswith(brand.lower())
        said["device"] = family if known else f"{brand} {family}"
    return tuple(Fact(name, value, source, LIKELY) for name, value in said.items())
