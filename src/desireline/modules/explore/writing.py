"""Answers as JSON and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from desireline.engine.analyses.result import Result
from desireline.engine.saying import Message
from desireline.modules.explore.kinds import AnyQuestion
from desireline.modules.explore.results import shaped

Form = Literal["json", "csv"]
TYPES: Mapping[Form, str] = {"json": "application/json", "csv": "text/csv; charset=utf-8"}
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""With these a text begins that a spreadsheet would run (OWASP, "CSV injection")."""


@dataclass(frozen=True)
class Told:
    """An answer as the engine gives it."""

    position: int
    result: Result
    words: tuple[Message, ...]


def as_json(told: Told, question: AnyQuestion) -> bytes:
    """The whole answer."""
    answer = {
        "analysis": question.analysis,
        "position": told.position,
        "words": told.words,
        "result": shaped(told.result, question),
    }
    return msgspec.json.encode(answer)


def as_csv(told: Told, _: AnyQuestion) -> bytes:
    """The main table with a header; columns of several values are joined by ` > `."""
    rows, out = told.result.rows(), io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(rows[0] if rows else ())
    writer.writerows([_cell(value) for value in row.values()] for row in rows)
    return out.getvalue().encode()


def _cell(value: Any) -> Any:
    if isinstance(value, list | tuple):
        value = " > ".join(map(str, value))
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


WRITERS: Mapping[Form, Callable[[Told, AnyQuestion], bytes]] = {"json": as_json, "csv": as_csv}
"""How an answer is written, by form."""
