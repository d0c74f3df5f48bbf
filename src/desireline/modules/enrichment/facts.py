"""What enrichment says: a fact, where it comes from, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import TypeAlias

Value: TypeAlias = str | bool
CERTAIN = 1.0
LIKELY = 0.8
GUESSED = 0.5
OWN = "desireline"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that follows from what was told.

    `source` is the package that holds the data, with its version: another version may say another
    thing. `confidence` is from 0 to 1: 1 follows from a standard or a register, 0.8 is mostly so,
    0.5 is a guess.
    """

    name: str
    value: Value
    source: str
    confidence: float


@cache
def package(name: str) -> str:
    """A package with the version that is installed: `phonenumbers 9.0.43`."""
    return f"{name} {version(name)}"
