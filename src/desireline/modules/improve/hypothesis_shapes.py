"""The wire shapes of hypotheses."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from desireline.engine.analyses.times import iso
from desireline.engine.filters import microseconds_at
from desireline.engine.hypotheses import Hypothesis
from desireline.engine.saying import in_words
from desireline.modules.explore.facade import Document, Message
from desireline.modules.improve.documents import HypothesisDocument
from desireline.modules.improve.hypotheses import State
from desireline.modules.improve.measuring import Told
from desireline.modules.improve.repository import Row
from desireline.modules.improve.schemas import Key, timed


class StatedHypothesis(HypothesisDocument):
    """A claim, of a map or of none."""

    map: Key | None = None
    started: Annotated[
        dt.datetime | None,
        Field(
            description="When the claim was made; without: now, or as it was. It must have been"
            " made before anybody looked."
        ),
    ] = None

    def values(self) -> dict[str, Any]:
        """As it is kept."""
        at = self.started
        started = (
            None if at is None else microseconds_at(at if at.tzinfo else at.replace(tzinfo=dt.UTC))
        )
        document = self.model_dump_json(exclude={"map", "started"})
        return {"map": self.map, "document": document, "started_at": started}


class KeptHypothesis(HypothesisDocument):
    """A claim as it is kept."""

    id: int
    map: str | None
    state: State
    started_at: Annotated[str, Field(description="What came before cannot speak for it.")]
    revision: Annotated[int, Field(description="Send it as If-Match to change it.")]
    made_by: str
    made_at: str
    changed_by: str
    changed_at: str

    @classmethod
    def of(cls, row: Row) -> KeptHypothesis:
        """The wire shape of a row."""
        told = HypothesisDocument.model_validate_json(row["document"])
        return cls(**timed(row), **told.model_dump())


class HypothesisList(BaseModel):
    """Claims as they were stated."""

    hypotheses: list[KeptHypothesis]


class HypothesisMove(Document):
    """Whether a claim is put away."""

    state: State


class StandingPoint(BaseModel):
    """What was known at the end of a day."""

    begins: str
    n: int
    count: int
    low: float
    high: float


class Standing(BaseModel):
    """Whether a claim holds, as far as the log says it."""

    position: int
    words: list[Message]
    verdict: Literal["holds", "refuted", "undecided"]
    n: Annotated[int, Field(description="Persons who have come, and whose time is over.")]
    count: int
    share: float | None
    low: Annotated[float, Field(description="Limits that hold however often one looks.")]
    high: float
    left_out: int
    needed: Annotated[int, Field(description="Persons who decide it in 80 % of all cases.")]
    more: int
    decided_at: str | None
    series: list[StandingPoint]

    @classmethod
    def of(cls, told: Told) -> Standing:
        """The wire shape of an answer."""
        found: Hypothesis = told.result
        names = ("verdict", "n", "count", "share", "low", "high", "left_out", "needed", "more")
        return cls(
            position=told.position,
            words=[Message(**vars(one)) for one in in_words(found)],
            decided_at=None if found.decided_at is None else iso(found.decided_at),
            series=[
                StandingPoint(**{**vars(one), "begins": iso(one.begins)}) for one in found.series
            ],
            **{name: getattr(found, name) for name in names},
        )


class NeededToDecide(BaseModel):
    """How many persons decide a claim in 80 % of all cases, if the truth is off by the margin."""

    needed: int
