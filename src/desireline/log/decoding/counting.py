"""What is asked of all bytes of a request.

By methods of `bytes`, which keep Python's lock. Numpy takes a fifth of the time alone, but lets go
of the lock for each of its loops, and beside busy threads has to wait for it: with a server under
load a fifth of the committer's time went there.
"""

from __future__ import annotations

DIGITS = 19
"""Integers of fewer digits fit into 64 bits."""

_BLANKED = bytes(ord("0") if chr(i).isdigit() and i < 128 else ord(" ") for i in range(256))
_LONG = b"0" * DIGITS


def quotes(data: bytes) -> int:
    """How many quotation marks there are."""
    return data.count(b'"')


def has_long_number(data: bytes) -> bool:
    """Whether there are so many digits in a row that they may be an integer beyond 64 bits."""
    return _LONG in data.translate(_BLANKED)
