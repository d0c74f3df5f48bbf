"""Records of JSON, one by one: lines, or one array."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from desireline.formats.envelopes.envelope import Envelopes
from desireline.formats.errors import FileBroken


def records(
    path: Path, name: str, into: Envelopes, tell: Callable[[float], None]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each record with its line (or number); lines that are none are set aside.

    Raises FileBroken for an array that is cut off.
    """
    decode = msgspec.json.Decoder(dict[str, Any]).decode
    size = max(path.stat().st_size, 1)
    with path.open("rb") as file:
        if file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"[":
            yield from _array(path, name)
            return
        file.seek(0)
        done = 0
        for number, line in enumerate(file, start=1):
            done += len(line)
            if number % 20_000 == 0:
                tell(done / size)
            if not line.strip():
                continue
            try:
                yield number, decode(line if number > 1 else line.removeprefix(b"\xef\xbb\xbf"))
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                text = line.decode(errors="replace").strip()
                into.rejected.add(number, text, f"it is no JSON record ({error})")


def _array(path: Path, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    raw = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    try:
        found = msgspec.json.decode(raw, type=list[dict[str, Any]])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise FileBroken(
            f"{name} ({len(raw):,} bytes) is not a whole JSON array of records: {error}.",
            hint="Export it again, or as JSON lines, one record on each line.",
        ) from error
    yield from enumerate(found, start=1)
