"""Which failed events name a person: looked for in bytes that may be anything."""

from __future__ import annotations

import re
from collections.abc import Iterable

SHORT = 6
"""A shorter identifier may be any word or number, so it counts only where it stands for one."""
ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})|\\(/)")
DIGITS = re.compile(r"[0-9]")
BETWEEN_DIGITS = r"[\s()./-]*"


class Mentions:
    """Finds identifiers in the bodies of failed events.

    In any case of letters, escaped or not, a telephone number with any signs between its digits.
    A short identifier counts as the whole of a quoted text, or behind its kind: `"userId": 42`.
    """

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        parts = [_pattern(kind, value.casefold()) for kind, value in names]
        self._pattern = re.compile("|".join(parts) or r"(?!)")

    def are_in(self, body: bytes) -> bool:
        """Whether one of the identifiers stands in the bytes."""
        text = ESCAPED.sub(_unescaped, body.decode(errors="replace"))
        whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return self._pattern.search(whole.casefold()) is not None


def _pattern(kind: str, value: str) -> str:
    if kind == "phone" and len(digits := DIGITS.findall(value)) >= SHORT:
        return rf"(?<!\d){BETWEEN_DIGITS.join(digits)}(?!\d)"
    if len(value) >= SHORT:
        return rf"(?<!\w){re.escape(value)}(?!\w)"
    called = r"[_ -]?".join(re.escape(part) for part in kind.split("_"))
    return rf'"{re.escape(value)}"|"{called}"\s*:\s*{re.escape(value)}(?![\w.])'


def _unescaped(found: re.Match[str]) -> str:
    return "/" if found[2] else chr(int(found[1], 16))
