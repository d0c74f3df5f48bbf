"""Which of a person's rounds stand apart from each other."""

from __future__ import annotations

from desireline.engine.journeys import I64, Bools
from desireline.engine.kernels.compiled import kernel


@kernel
def keep_apart(person: I64, begins: I64, ends: I64, kept: Bools) -> None:
    """Marks each round that begins after the last marked one of its person has ended."""
    last = 0
    for i in range(len(person)):
        if i == 0 or person[i] != person[i - 1] or begins[i] >= ends[last]:
            kept[i] = True
            last = i
