"""Log lines as JSON, one a line, that hold nothing about any person.

No path (it may hold an id), no query, no body, no address, and of an error its kind and the places
it went through, never its message: databases quote the values of the row in theirs.
"""

from __future__ import annotations

import logging
import sys
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import TextIO

import msgspec

LOGGER = logging.getLogger("desireline")
FACTS = "facts"
"""Under this name a record carries what it tells beside its sentence."""
PLACES = 12
"""Frames of an error's way that a line names, the innermost last."""


class JsonLines(logging.Formatter):
    """A record as one JSON object: `time`, `level`, `says`, and its facts."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {
            "time": moment.replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "says": record.getMessage(),
            **getattr(record, FACTS, {}),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line |= error_facts(record.exc_info[1], record.exc_info[2])
        return msgspec.json.encode(line).decode()


def error_facts(error: BaseException, way: TracebackType | None) -> dict[str, object]:
    """The kind of an error and the places it went through."""
    frames = traceback.extract_tb(way or error.__traceback__)[-PLACES:]
    places = [
        f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames
    ]
    return {"error": type(error).__name__, "places": places}


def write_logs(level: str, to: TextIO = sys.stderr) -> None:
    """Sends everything that this process logs to `to` as JSON lines."""
    handler = logging.StreamHandler(to)
    handler.setFormatter(JsonLines())
    LOGGER.handlers = [handler]
    LOGGER.propagate = False
    LOGGER.setLevel(level.upper())
    outside = logging.getLogger("uvicorn")
    outside.handlers = [handler]
    outside.propagate = False
    outside.setLevel(logging.ERROR)


def tell(level: int, says: str, **facts: object) -> None:
    """Writes one line."""
    LOGGER.log(level, says, extra={FACTS: facts})
