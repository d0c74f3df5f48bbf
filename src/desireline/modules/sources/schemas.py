"""The wire shapes of sources."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from desireline.engine.analyses.times import iso
from desireline.modules.sources.keys import Source

MOST = 2**53
Signals = Literal["mark", "refuse"]
SIGNALS = (
    "What becomes of events from browsers that send Sec-GPC or DNT: `mark` keeps them with"
    " `opted_out` in their context, `refuse` keeps nothing of them."
)


class NewSource(BaseModel):
    """A source to be made."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(description="Small letters, digits, . _ -: `shop-web`.")]
    quota: Annotated[
        int | None, Field(ge=0, le=MOST, description="Events a day (UTC); none: no limit.")
    ] = None


class MadeSource(BaseModel):
    """A source and its write key, which is shown this once."""

    name: str
    write_key: str


class KnownSource(BaseModel):
    """A source, without its key."""

    name: str
    key_ends: str
    quota: int | None
    used_today: Annotated[int, Field(description="Of the quota; 0 where there is none.")]
    made_at: str
    off_at: str | None
    asks_consent: Annotated[
        bool, Field(description="Takes nothing of persons who said no to tracking.")
    ]
    signals: Annotated[Signals, Field(description=SIGNALS)]

    @classmethod
    def of(cls, found: Source) -> KnownSource:
        """The wire shape."""
        return cls(
            name=found.name,
            key_ends=found.key_end,
            quota=found.quota,
            used_today=found.used_today,
            made_at=iso(found.made_at),
            off_at=None if found.off_at is None else iso(found.off_at),
            asks_consent=found.asks_consent,
            signals="refuse" if found.refuses_opted_out else "mark",
        )


class ConsentSwitch(BaseModel):
    """Whether a source respects who said no to tracking."""

    model_config = ConfigDict(extra="forbid")

    asks: bool


class SignalsSwitch(BaseModel):
    """What a source does about Sec-GPC and DNT."""

    model_config = ConfigDict(extra="forbid")

    signals: Annotated[Signals, Field(description=SIGNALS)]


class SourceList(BaseModel):
    """All sources, by name."""

    sources: list[KnownSource]
