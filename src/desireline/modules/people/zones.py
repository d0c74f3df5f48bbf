"""In which time zone a person lives, as far as anything tells; else the workspace's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from desireline.log.naming.phones import time_zone_of
from desireline.modules.people.happenings import Happening
from desireline.modules.people.traits import Trait

TOLD = ("time_zone", "timezone", "timeZone")
"""Under which names people and clients tell it: traits, and the context of events (Segment)."""
COUNTRIES = ("country", "phone_country")


@dataclass(frozen=True, slots=True)
class Home:
    """Where the workspace is: what is meant where nobody says."""

    country: str = ""
    """Of phones that do not say theirs: two letters, or empty."""
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone, and what says so."""

    name: str
    because: str
    """`trait phone_time_zone`, `trait country`, `events`, or `workspace`."""

    @property
    def info(self) -> ZoneInfo:
        """The zone itself."""
        return ZoneInfo(self.name)


def zone_of(traits: Mapping[str, Trait], events: Iterable[Happening], home: Home) -> Zone:
    """The zone that a trait names; else the one that most events do, a country has, the firm has.

    A country counts where it has one time zone (by its calling code): of the others it would have
    to be guessed which.
    """
    for name in TOLD:
        if (zone := _known(_value(traits, name))) is not None:
            return Zone(zone, f"trait {name}")
    if (zone := _of_events(events)) is not None:
        return Zone(zone, "events")
    if (zone := _known(_value(traits, "phone_time_zone"))) is not None:
        return Zone(zone, "trait phone_time_zone")
    for name in COUNTRIES:
        if (zone := _known(time_zone_of(str(_value(traits, name) or "")))) is not None:
            return Zone(zone, f"trait {name}")
    return Zone(home.time_zone, "workspace")


def _value(traits: Mapping[str, Trait], name: str) -> Any:
    return traits[name].value if name in traits else None


def _of_events(events: Iterable[Happening]) -> str | None:
    told = Counter(
        said
        for one in events
        if one.is_own
        for name in TOLD
        if isinstance(said := one.context.get(name), str)
    )
    known = (_known(said) for said, _ in told.most_common())
    return next((zone for zone in known if zone is not None), None)


def _known(name: Any) -> str | None:
    if not isinstance(name, str) or not name:
        return None
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
