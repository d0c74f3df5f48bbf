"""Sums of 32-bit floats by code that are exact, so that no order and no cut changes them.

Source: R. M. Neal, "Fast exact summation using small and large superaccumulators", 2015.
"""

from __future__ import annotations

from desireline.engine.journeys import I32, I64, Bools, Codes
from desireline.engine.kernels.compiled import kernel
from desireline.engine.kernels.waits import LOW_BITS

NOT_FINITE = 0xFF
"""The exponent of infinities and of what is no number."""


@kernel
def add_values(
    offset: I64,
    code: Codes,
    bits: I32,
    keep_event: Bools,
    keep_journey: Bools,
    counted: I64,
    limbs: I64,
) -> None:
    """Counts the events of each code with a finite value, and adds the value to the code's limbs.

    `bits` are the values as whole numbers. A row of `limbs` is the sum
    `limbs[0] + limbs[1] * 2^32 + ...` in units of 2^-149; such rows add up as they are.
    """
    for j in range(len(offset) - 1):
        if not keep_journey[j]:
            continue
        for i in range(offset[j], offset[j + 1]):
            word = int(bits[i])
            exponent = (word >> 23) & 0xFF
            if exponent == NOT_FINITE or not keep_event[i]:
                continue
            mantissa = word & 0x7FFFFF
            if exponent > 0:
                mantissa |= 1 << 23
                exponent -= 1
            shifted = (-mantissa if word < 0 else mantissa) << (exponent & 31)
            here, limb = code[i], exponent >> 5
            counted[here] += 1
            limbs[here, limb] += shifted & LOW_BITS
            limbs[here, limb + 1] += shifted >> 32
