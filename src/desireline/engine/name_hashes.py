"""A number for each name that looks random and is always the same, wherever the name stands."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desireline.engine.analyses.listing import person_and_session
from desireline.engine.journeys import I64, Bools, Ids, Journeys

U64 = NDArray[np.uint64]

BLOCK = 1 << 16
"""Names hashed at once, so that what is computed on the way stays in the cache."""
WORD = 8
"""Bytes that are hashed at once."""
EVERY_BIT = np.uint64(2**64 - 1)
MOST_DIGITS = 18
"""Numbers of more digits are hashed as text."""
SHIFTS = (30, 27, 31)
FACTORS = (0xBF58476D1CE4E5B9, 0x94D049BB133111EB)
GOLDEN = np.uint64(0x9E3779B97F4A7C15)
ZERO, NINE = ord("0"), ord("9")


def keys_of(journeys: Journeys) -> I64:
    """A number for each journey that follows from its name alone."""
    person, session = person_and_session(journeys, np.arange(len(journeys)))
    if not len(person):
        return np.zeros(0, np.int64)
    low = int(person.min())
    hashed = hashes_of(journeys.ids, low, int(person.max()) + 1)[person - low]
    if journeys.person is not None:
        hashed = mixed(hashed ^ (session.astype(np.uint64) * GOLDEN))
    return (hashed >> np.uint64(1)).astype(np.int64)


def hashes_of(ids: Ids, start: int, stop: int) -> U64:
    """The hashes of the names from `start` to before `stop`.

    A number hashes alike as a number and as text, so that parts may hold the same name either way.
    """
    if ids.integers is not None:
        numbers = ids.integers[start:stop]
        large = (numbers < 0) | (numbers >= 10**MOST_DIGITS)
        hashed = mixed(numbers.astype(np.uint64))
        if large.any():
            texts = Ids.of([str(number) for number in numbers[large].tolist()])
            hashed[large] = hashes_of(texts, 0, len(texts))
        return hashed
    blocks = [_of_texts(ids, a, min(a + BLOCK, stop)) for a in range(start, stop, BLOCK)]
    return np.concatenate([np.empty(0, np.uint64), *blocks])


def mixed(numbers: U64) -> U64:
    """Numbers whose every bit depends on all bits of those given, one to one.

    Source: G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators",
    OOPSLA 2014 (the finishing step of SplitMix64).
    """
    first, second, third = (np.uint64(shift) for shift in SHIFTS)
    numbers = (numbers ^ (numbers >> first)) * np.uint64(FACTORS[0])
    numbers = (numbers ^ (numbers >> second)) * np.uint64(FACTORS[1])
    return numbers ^ (numbers >> third)


def _of_texts(ids: Ids, start: int, stop: int) -> U64:
    assert ids.start is not None  # noqa: S101 - Ids hold integers or texts
    bounds = ids.start[start : stop + 1].astype(np.int64)
    # Room behind the last name, so that a word may be read from any byte on.
    text = ids.blob[int(bounds[0]) : int(bounds[-1])] + bytes(WORD)
    begin, length = bounds[:-1] - bounds[0], np.diff(bounds)
    hashed = _hashed(text, begin, length)
    first = np.frombuffer(text, np.uint8)[begin]
    counts = (first > ZERO) | ((first == ZERO) & (length == 1))
    plain = np.flatnonzero(counts & (first <= NINE) & (length > 0) & (length <= MOST_DIGITS))
    whole, number = _read(text, begin[plain], length[plain])
    hashed[plain[whole]] = mixed(number[whole])
    return hashed


def _hashed(text: bytes, begin: I64, length: I64) -> U64:
    """Word by word; the bytes behind the end of a name count as zeros."""
    words = np.ndarray(len(text) - WORD + 1, "<u8", text, strides=(1,))
    hashed = (length + 1).astype(np.uint64) * GOLDEN
    left = np.arange(len(begin))
    for done in range(0, int(length.max(initial=0)), WORD):
        left = left[length[left] > done]
        missing = np.maximum(done + WORD - length[left], 0).astype(np.uint64)
        word = words[begin[left] + done] & (EVERY_BIT >> (missing * np.uint64(8)))
        turned = (hashed[left] ^ word) * GOLDEN
        hashed[left] = turned ^ (turned >> np.uint64(29))
    return mixed(hashed)


def _read(text: bytes, begin: I64, length: I64) -> tuple[Bools, U64]:
    """Which names are digits alone, and the numbers that they mean."""
    held = np.frombuffer(text, np.uint8)
    whole, number = np.ones(len(begin), np.bool_), np.zeros(len(begin), np.uint64)
    for place in range(int(length.max(initial=0))):
        here = length > place
        digit = held[np.where(here, begin + place, 0)] - np.uint8(ZERO)  # others wrap above 9
        whole &= ~here | (digit <= NINE - ZERO)
        number = np.where(here, number * np.uint64(10) + digit, number)
    return whole, number
