"""The wire shapes of questions, dashboards, targets and alerts that are kept."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from pydantic import BaseModel, Field

from desireline.engine.analyses.times import iso
from desireline.engine.saying import said
from desireline.modules.boards.documents import read, written
from desireline.modules.boards.repository import AlertRow, Kept, TargetRow
from desireline.modules.boards.targets import Op, Place, State, Unit, unit_of
from desireline.modules.explore.facade import Document, KeepableQuestion, Message

Called = Annotated[str, Field(min_length=1, max_length=200)]
Says = Annotated[str, Field(max_length=2_000)]
Number = Annotated[int, Field(ge=1, le=2**53)]
Address = Annotated[
    list[Place],
    Field(
        min_length=1,
        max_length=12,
        description='Where it stands in `result`: ["converted", "share"], or ["touchpoints",'
        ' {"event": "cart"}, "exit", "share"].',
    ),
]


class NewQuestion(Document):
    """A question with a name."""

    name: Called
    description: Says = ""
    query: KeepableQuestion

    def said(self) -> dict[str, str]:
        """What is kept of it."""
        document = written(self.query)
        return {"name": self.name, "description": self.description, "document": document}


class _State(BaseModel):
    id: int
    name: str
    description: str
    owner: str
    version: Annotated[int, Field(description="Send it as If-Match to change it.")]
    made_at: str
    changed_at: str
    changed_by: str


def _state(row: Kept) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in ("id", "name", "description", "owner", "version")}
    times = {"made_at": iso(row.made_at), "changed_at": iso(row.changed_at)}
    return {**plain, **times, "changed_by": row.changed_by}


class KeptQuestion(_State):
    """A question that was kept."""

    query: KeepableQuestion

    @classmethod
    def of(cls, row: Kept) -> KeptQuestion:
        """The wire shape of a row. Raises QuestionOutdated."""
        return cls(**_state(row), query=read(row.document))


class QuestionList(BaseModel):
    """By name."""

    questions: list[KeptQuestion]


class Aim(Document):
    """What a figure of a question's answer shall be."""

    name: Called
    figure: Address
    op: Op
    threshold: float
    active: Annotated[bool, Field(description="It is looked at when new events come.")] = True
    muted: Annotated[bool, Field(description="It is looked at and makes no alerts.")] = False

    def said(self) -> dict[str, Any]:
        """What is kept of it."""
        return {
            "name": self.name,
            "figure": msgspec.json.encode(self.figure).decode(),
            "op": self.op,
            "threshold": self.threshold,
            "active": int(self.active),
            "muted": int(self.muted),
        }


class NewTarget(Aim):
    """A target of a question that was kept."""

    question: Number


class KnownTarget(BaseModel):
    """A target, and where its figure stood when it was looked at last."""

    id: int
    question: int
    name: str
    figure: list[Place]
    unit: Unit
    op: Op
    threshold: float
    active: bool
    muted: bool
    owner: str
    version: int
    changed_at: str
    state: Annotated[
        State, Field(description="unsure: the threshold lies within the figure's interval.")
    ]
    value: float | None
    low: float | None
    high: float | None
    n: int | None
    problem: Annotated[str, Field(description="Why it could not be looked at.")]
    checked_at: str | None
    since: Annotated[str | None, Field(description="Since when it has been in this state.")]

    @classmethod
    def of(cls, row: TargetRow) -> KnownTarget:
        """The wire shape of a row."""
        figure = msgspec.json.decode(row.figure)
        plain = {n: getattr(row, n) for n in cls.model_fields if n != "unit"}
        for name in ("changed_at", "checked_at", "since"):
            plain[name] = _iso(plain[name])
        return cls(**{**plain, "figure": figure, "unit": unit_of(figure)})


def _iso(at: int | None) -> str | None:
    return None if at is None else iso(at)


class TilePlace(Document):
    """Where a tile lies on a grid of 12 columns."""

    x: Annotated[int, Field(ge=0, le=11)] = 0
    y: Annotated[int, Field(ge=0, le=10_000)] = 0
    w: Annotated[int, Field(ge=1, le=12)] = 6
    h: Annotated[int, Field(ge=1, le=100)] = 4


class Tile(Document):
    """A question on a dashboard: one that was kept, or one of its own."""

    question: Annotated[Number | None, Field(description="Of a question that was kept.")] = None
    query: KeepableQuestion | None = None
    title: Annotated[str, Field(max_length=200)] = ""
    view: Annotated[str, Field(max_length=40, description="chart, table, words, number.")] = "chart"
    figure: Annotated[Address | None, Field(description="Of a tile that shows a number.")] = None
    place: TilePlace = TilePlace()


class NewDashboard(Document):
    """A page of tiles."""

    name: Called
    description: Says = ""
    tiles: Annotated[tuple[Tile, ...], Field(max_length=100)] = ()

    def said(self) -> dict[str, str]:
        """What is kept of it."""
        tiles = [tile.model_dump(mode="json", exclude_unset=True) for tile in self.tiles]
        document = msgspec.json.encode(tiles).decode()
        return {"name": self.name, "description": self.description, "document": document}


class ShownTile(Tile):
    """A tile with the question that it shows; without one, that was deleted."""

    name: str = ""
    targets: tuple[KnownTarget, ...] = ()


class KeptDashboard(_State):
    """A dashboard with the questions of its tiles."""

    tiles: list[ShownTile]

    @classmethod
    def of(
        cls, row: Kept, questions: dict[int, Kept], targets: dict[int, list[TargetRow]]
    ) -> KeptDashboard:
        """The wire shape of a row, with the kept questions and targets that it shows."""
        tiles = []
        for tile in tiles_of(row):
            kept = questions.get(tile.question or 0)
            told = tile.model_dump(exclude_unset=True)
            if kept is not None:
                told |= {"query": read(kept.document), "name": kept.name}
                told["targets"] = [KnownTarget.of(one) for one in targets.get(kept.id, [])]
            tiles.append(ShownTile(**told))
        return cls(**_state(row), tiles=tiles)


def tiles_of(row: Kept) -> list[Tile]:
    """The tiles of a dashboard."""
    return [Tile.model_validate(one) for one in msgspec.json.decode(row.document)]


class DashboardState(_State):
    """A dashboard without its tiles."""

    tiles: int

    @classmethod
    def of(cls, row: Kept) -> DashboardState:
        """The wire shape of a row."""
        return cls(**_state(row), tiles=len(msgspec.json.decode(row.document)))


class DashboardList(BaseModel):
    """By name."""

    dashboards: list[DashboardState]


class TargetList(BaseModel):
    """By number."""

    targets: list[KnownTarget]


class KnownAlert(BaseModel):
    """A target was missed that was not before."""

    id: int
    target: int
    question: int
    name: str
    at: str
    position: int
    value: float
    low: float | None
    high: float | None
    n: int | None
    op: Op
    threshold: float
    unit: Unit
    muted: Annotated[bool, Field(description="Its target makes no alerts any more.")]
    state: Annotated[State, Field(description="Of its target now.")]
    since: Annotated[str | None, Field(description="Since when the target has been so.")]
    seen_at: str | None
    seen_by: str
    words: Message

    @classmethod
    def of(cls, row: AlertRow, of: TargetRow) -> KnownAlert:
        """The wire shape of a row and its target."""
        same = ("id", "target", "position", "value", "low", "high", "n", "threshold", "seen_by")
        values = {name: getattr(row, name) for name in same}
        unit = unit_of(msgspec.json.decode(of.figure))
        key = f"alert.{unit}_{of.op}" + ("_interval" if unit == "share" and row.n else "")
        words = said(
            key, name=of.name, **{n: values[n] for n in ("value", "low", "high", "n", "threshold")}
        )
        return cls(
            **values,
            question=of.question,
            name=of.name,
            at=iso(row.at),
            op=of.op,  # type: ignore[arg-type]  # a target is kept with no other
            unit=unit,
            muted=bool(of.muted),
            state=of.state,  # type: ignore[arg-type]  # nor in another state
            since=_iso(of.since),
            seen_at=_iso(row.seen_at),
            words=Message(key=words.key, values=dict(words.values), text=words.text),
        )


class SeenUpTo(Document):
    """The newest alert that was shown."""

    up_to: Number


class AlertList(BaseModel):
    """The newest first."""

    alerts: list[KnownAlert]
    unseen: Annotated[int, Field(description="How many nobody has seen, told here or not.")]
    next: Annotated[int | None, Field(description="Send it as `before`; null at the end.")]
