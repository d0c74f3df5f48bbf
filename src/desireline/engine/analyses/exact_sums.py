"""What exact sums of 32-bit floats come to (`kernels.exact_sums` adds them up)."""

from __future__ import annotations

LIMBS = 9
"""Numbers of 32 bits that hold any sum of 32-bit floats exactly (277 bits)."""


def sum_of(limbs: list[int]) -> float:
    """The sum that a row of limbs stands for, rounded once."""
    whole = sum(limb << (32 * place) for place, limb in enumerate(limbs))
    return whole / (1 << 149)
