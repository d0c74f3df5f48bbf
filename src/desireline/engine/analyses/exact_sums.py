"""Sums of 32-bit floats by group that are exact, so that no order and no cut changes them.

Source: R. M. Neal, "Fast exact summation using small and large superaccumulators", 2015.
"""

from __future__ import annotations

import numpy as np

from desireline.engine.journeys import F32, I64
from desireline.engine.kernels.waits import LOW_BITS

LIMBS = 9
"""Numbers of 32 bits that hold any sum of 32-bit floats exactly (277 bits)."""


def limbs_of(group: I64, value: F32, groups: int) -> I64:
    """For each group the sum of its values, which are finite, as `LIMBS` numbers.

    It is `limbs[0] + limbs[1] * 2^32 + ...` in units of 2^-149; such rows add up as they are.
    """
    bits = value.view(np.int32).astype(np.int64)
    exponent, mantissa = (bits >> 23) & 0xFF, bits & 0x7FFFFF
    normal = exponent > 0
    mantissa |= normal.astype(np.int64) << 23
    exponent -= normal
    shifted = np.where(bits < 0, -mantissa, mantissa) << (exponent & 31)
    limbs: I64 = np.zeros(groups * LIMBS, np.int64)
    at = group * LIMBS + (exponent >> 5)
    np.add.at(limbs, at, shifted & LOW_BITS)
    np.add.at(limbs, at + 1, shifted >> 32)
    return limbs.reshape(groups, LIMBS)


def sum_of(limbs: list[int]) -> float:
    """The sum that a row of limbs stands for, rounded once."""
    whole = sum(limb << (32 * place) for place, limb in enumerate(limbs))
    return whole / (1 << 149)
