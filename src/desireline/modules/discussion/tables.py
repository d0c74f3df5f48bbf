"""The tables of what is said about maps."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Table, Text

from desireline.kit.columns import Key, number, text
from desireline.kit.database import metadata


def _of_map(*, key: bool = False) -> Column[str]:
    """What goes with its map."""
    return Column(
        "map",
        Text,
        ForeignKey("map.key", ondelete="CASCADE"),
        nullable=False,
        primary_key=key,
    )


comment = Table(
    "map_comment",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    _of_map(),
    text("stage"),
    text("touchpoint"),
    text("lane"),
    Column("reply_to", Key, ForeignKey("map_comment.id", ondelete="CASCADE")),
    text("author"),
    text("text"),
    text("mentions"),
    number("made_at"),
    Column("edited_at", BigInteger),
    Column("resolved_at", BigInteger),
    text("resolved_by"),
    Index("ix_map_comment_map", "map", "touchpoint"),
)
"""Words about a stage, a touchpoint, a lane, a cell (both of these), or of none: about the map.
A place may have gone from the map: what was said there stays, and is there again when it is.
`mentions` is a JSON list of members. Members stand in these tables by what access calls them."""

task = Table(
    "map_task",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    _of_map(),
    text("stage"),
    text("touchpoint"),
    text("text"),
    text("assignee"),
    text("author"),
    number("made_at"),
    Column("due_at", BigInteger),
    Column("done_at", BigInteger),
    text("done_by"),
    Index("ix_map_task_map", "map"),
    Index("ix_map_task_assignee", "assignee"),
)
"""What somebody shall do about a map, a stage or a touchpoint."""

vote = Table(
    "map_vote",
    metadata,
    _of_map(key=True),
    Column("touchpoint", Text, primary_key=True),
    Column("voter", Text, primary_key=True),
    text("department"),
    Column("to_customer", Integer, nullable=False),
    Column("to_company", Integer, nullable=False),
    number("at"),
)
"""How important a touchpoint is to the customer and to the company, from 1 to 5: one vote each."""

nomination = Table(
    "map_nomination",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    Column("map", Text, ForeignKey("map.key", ondelete="CASCADE")),
    text("touchpoint"),
    text("department"),
    text("text"),
    Column("times_a_week", Integer),
    text("author"),
    number("made_at"),
    text("status"),
    text("answer"),
    text("answered_by"),
    Column("answered_at", BigInteger),
    Index("ix_map_nomination_status", "status"),
)
"""A pain point that somebody at the front line knows; perhaps of no map yet."""

nomination_vote = Table(
    "map_nomination_vote",
    metadata,
    Column(
        "nomination",
        Key,
        ForeignKey("map_nomination.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("voter", Text, primary_key=True),
    text("department"),
    number("at"),
)
"""Who knows the pain point too, one voice each; who nominated it is the first."""
