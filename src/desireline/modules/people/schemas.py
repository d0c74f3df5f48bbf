"""The wire shapes of people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from desireline.engine.analyses.times import iso
from desireline.engine.filters import microseconds_at
from desireline.modules.people.errors import FilterUnknown
from desireline.modules.people.habits import Habit
from desireline.modules.people.interests import HALF_LIFE_DAYS, Interest
from desireline.modules.people.quotes import Quote
from desireline.modules.people.service import Found, Identifier, Profile
from desireline.modules.people.timeline import Wanted
from desireline.modules.people.touches import Touch
from desireline.modules.people.traits import Trait

MOST_ENTRIES = 500


class Asked(BaseModel):
    """Which part of a timeline is asked for."""

    model_config = ConfigDict(extra="forbid")

    order: Annotated[Literal["newest", "oldest"], Field(description="What comes first.")] = "newest"
    unfold: Annotated[bool, Field(description="Each page of a visit is an entry.")] = False
    channel: list[str] = []
    department: Annotated[list[str], Field(description="marketing, sales, service.")] = []
    type: list[str] = []
    start: Annotated[dt.datetime | None, Field(description="From this time on.")] = None
    stop: Annotated[dt.datetime | None, Field(description="Before this time.")] = None
    limit: Annotated[int, Field(ge=1, le=MOST_ENTRIES)] = 100
    after: Annotated[str, Field(description="`next` of the page before.")] = ""

    @classmethod
    def read(cls, told: Mapping[str, object]) -> Asked:
        """The same from texts, as a command line gives them. Raises FilterUnknown."""
        try:
            return cls.model_validate(told)
        except ValidationError as error:
            first = error.errors()[0]
            raise FilterUnknown(
                f"--{first['loc'][0]} is {first['input']!r}: {first['msg'].lower()}.",
                hint="A time is written 2026-03-01 or 2026-03-01T18:00:00Z.",
            ) from error

    def wanted(self) -> Wanted:
        """The same for the timeline. Raises FilterUnknown."""
        return Wanted(
            newest_first=self.order == "newest",
            unfold=self.unfold,
            channels=frozenset(self.channel),
            departments=frozenset(self.department),
            types=frozenset(self.type),
            start=None if self.start is None else microseconds_at(self.start),
            stop=None if self.stop is None else microseconds_at(self.stop),
        )


class KnownIdentifier(BaseModel):
    """One of the names that a person is known by."""

    subject: int
    kind: str
    value: str
    verified: bool

    @classmethod
    def of(cls, found: Identifier) -> KnownIdentifier:
        """The wire shape."""
        return cls(
            subject=found.subject,
            kind=found.kind,
            value=found.value,
            verified=found.verified_at is not None,
        )


class KnownTrait(BaseModel):
    """What is known of a person, who said so, when, and how sure it is."""

    name: str
    value: Any
    said_by: Literal["stated", "observed", "enriched", "inferred"]
    source: str
    since: str
    last_said_at: str
    confidence: float
    subject: int
    position: Annotated[int, Field(description="Of the event that said it first; 0: none did.")]

    @classmethod
    def of(cls, found: Trait) -> KnownTrait:
        """The wire shape."""
        return cls(
            name=found.name,
            value=found.value,
            said_by=found.said_by,
            source=found.source,
            since=iso(found.at),
            last_said_at=iso(found.last_at),
            confidence=found.confidence,
            subject=found.subject,
            position=found.position,
        )


class TraitList(BaseModel):
    """The traits that count, and all that was ever said."""

    traits: list[KnownTrait]
    history: list[KnownTrait]


class KnownTouch(BaseModel):
    """How a person came."""

    at: str
    source: Annotated[
        str, Field(description="search, social, email, paid, campaign, referral or direct.")
    ]
    campaign: str
    medium: str
    referrer: str
    landing: str
    position: int

    @classmethod
    def of(cls, found: Touch | None) -> KnownTouch | None:
        """The wire shape."""
        if found is None:
            return None
        return cls(
            at=iso(found.at),
            source=found.source,
            campaign=found.campaign,
            medium=found.medium,
            referrer=found.referrer,
            landing=found.landing,
            position=found.position,
        )


class Example(BaseModel):
    """An event that speaks for an interest."""

    at: str
    how: str
    what: str
    position: int


class KnownInterest(BaseModel):
    """A topic that a person cares for, with what speaks for it."""

    topic: str
    score: Annotated[
        float, Field(description=f"Weights of the signs, halved every {HALF_LIFE_DAYS} days.")
    ]
    share: Annotated[float, Field(description="Of the scores of all topics.")]
    n: Annotated[int, Field(description="Signs.")]
    visits: int
    how: dict[str, int]
    first_at: str
    last_at: str
    examples: list[Example]

    @classmethod
    def of(cls, found: Interest) -> KnownInterest:
        """The wire shape."""
        return cls(
            topic=found.topic,
            score=found.score,
            share=found.share,
            n=found.signs,
            visits=found.visits,
            how=found.how,
            first_at=iso(found.first_at),
            last_at=iso(found.last_at),
            examples=[
                Example(at=iso(s.at), how=s.how, what=s.what, position=s.position)
                for s in found.examples
            ],
        )


class KnownHabit(BaseModel):
    """A share of what a person did, with n and the interval of 95 % (Wilson)."""

    name: str
    n: int
    of: int
    share: float
    low: float
    high: float

    @classmethod
    def of_habit(cls, found: Habit) -> KnownHabit:
        """The wire shape."""
        return cls(
            name=found.name,
            n=found.n,
            of=found.of,
            share=found.share,
            low=found.low,
            high=found.high,
        )


class PersonProfile(BaseModel):
    """A person: who it is, and what is known."""

    person: int
    identifiers: list[KnownIdentifier]
    traits: list[KnownTrait]
    first_seen_at: str | None
    last_seen_at: str | None
    events: Annotated[int, Field(description="How many were read for what follows.")]
    is_whole: Annotated[bool, Field(description="Whether that is all; else the last ones.")]
    types: Annotated[list[str], Field(description="Of the events that were read.")]
    first_touch: KnownTouch | None
    last_touch: KnownTouch | None
    interests: list[KnownInterest]
    channels: list[KnownHabit]
    preferred_channel: Annotated[str, Field(description="Empty where too little is known.")]
    hours: Annotated[list[KnownHabit], Field(description="Of the day, by `time_zone`.")]
    preferred_hours: str
    time_zone: Annotated[str, Field(description="Of the hours: `Europe/Warsaw`.")]
    time_zone_from: Annotated[
        str,
        Field(
            description="What says that it is the person's: `trait phone_time_zone`, `events`,"
            " `trait country`; `workspace` where nothing does."
        ),
    ]
    value: Annotated[dict[str, float], Field(description="Ordered less refunded, by currency.")]

    @classmethod
    def of(cls, found: Profile) -> PersonProfile:
        """The wire shape."""
        return cls(
            person=found.person,
            identifiers=[KnownIdentifier.of(one) for one in found.identifiers],
            traits=[KnownTrait.of(one) for one in found.traits.values()],
            first_seen_at=None if found.first_at is None else iso(found.first_at),
            last_seen_at=None if found.last_at is None else iso(found.last_at),
            events=found.events,
            is_whole=found.is_whole,
            types=found.types,
            first_touch=KnownTouch.of(found.first_touch),
            last_touch=KnownTouch.of(found.last_touch),
            interests=[KnownInterest.of(one) for one in found.interests],
            channels=[KnownHabit.of_habit(one) for one in found.habits.channels],
            preferred_channel=found.habits.preferred_channel,
            hours=[KnownHabit.of_habit(one) for one in found.habits.hours],
            preferred_hours=found.habits.preferred_hours,
            time_zone=found.habits.zone.name,
            time_zone_from=found.habits.zone.because,
            value=found.values,
        )


class FoundPerson(BaseModel):
    """A person that a search found, and by what."""

    person: int
    name: str
    kind: Annotated[str, Field(description="Of the identifier that begins so, or `name`.")]
    value: str

    @classmethod
    def of(cls, found: Found) -> FoundPerson:
        """The wire shape."""
        hit = found.hit
        return cls(person=found.person, name=found.name, kind=hit.kind, value=hit.value)


class PersonList(BaseModel):
    """A page of persons, and where the next one begins."""

    persons: list[FoundPerson]
    next: str | None


class SpokenQuote(BaseModel):
    """Words of a person, masked: to be read by others than those who may see her."""

    position: Annotated[int, Field(description="Of the event in the log.")]
    at: str
    type: str
    channel: str
    property: Annotated[str, Field(description="Of the event: which of them holds the words.")]
    text: str

    @classmethod
    def of(cls, one: Quote) -> SpokenQuote:
        """The wire shape."""
        return cls(
            position=one.position,
            at=iso(one.at),
            type=one.type,
            channel=one.channel,
            property=one.property,
            text=one.text,
        )


class QuoteList(BaseModel):
    """What a person said, the newest last."""

    quotes: list[SpokenQuote]
