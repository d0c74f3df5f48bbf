"""Buckets for waits: a histogram whose quantiles have a stated relative error.

The buckets are log-linear, as in HDR histogram: 16 of equal width in each octave, which are the
exponent and the first four bits of the mantissa of the wait as a 32-bit float. A bucket is told as
the value that is as far from its lower as from its upper bound in relative terms, as in DDSketch.

Source: C. Masson, J. E. Rim, H. K. Lee, "DDSketch: a fast and fully-mergeable quantile sketch with
relative-error guarantees", PVLDB 12(12), 2019.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desireline.engine.journeys import F64, I64, MICROSECONDS
from desireline.engine.kernels.compiled import kernel

U32 = NDArray[np.uint32]

WAIT_ERROR = 1 / 32
"""Largest relative error of a quantile of waits. (A bucket's own is 1/33; rounding adds 2^-24.)"""

BUCKETS = 1010
"""Bucket 0 holds the wait 0, the others 63 octaves of microseconds.

Not a power of two on purpose: with 1024 the rows of a table of histograms fall upon the same sets
of the cache, which took 46 instead of 34 ms (5 million waits, 1,600 pairs).
"""

_PER_OCTAVE = 16
_MANTISSA_LEFT = 19  # 23 bits of mantissa, of which the first 4 are kept
_BELOW_ONE = (127 << 4) - 1  # so that a wait of one microsecond falls into bucket 1

LOW_BITS = 0xFFFFFFFF
"""Sums of waits are kept as two: of their low 32 bits, and of the rest. Exact, no overflow."""


@kernel
def bucket_of(wait: int) -> int:
    """The bucket of a wait in microseconds (int64, not negative)."""
    bits = np.float32(wait).view(np.int32) >> _MANTISSA_LEFT
    return max(0, int(bits) - _BELOW_ONE)


def buckets_of(waits: I64) -> I64:
    """The bucket of each wait: `bucket_of` over an array."""
    bits = waits.astype(np.float32).view(np.int32) >> _MANTISSA_LEFT
    buckets: I64 = np.maximum(0, bits - _BELOW_ONE).astype(np.int64)
    return buckets


def bucket_bounds() -> tuple[F64, F64]:
    """The least wait in seconds of each bucket, and that of the next; bucket 0 holds 0 alone."""
    octave, part = np.divmod(np.arange(BUCKETS - 1), _PER_OCTAVE)
    lower = 2.0**octave * (1 + part / _PER_OCTAVE)
    upper = 2.0**octave * (1 + (part + 1) / _PER_OCTAVE)
    zero = np.zeros(1)
    return np.append(zero, lower) / MICROSECONDS, np.append(zero, upper) / MICROSECONDS


def bucket_seconds() -> F64:
    """The wait in seconds that stands for each bucket: 2ab / (a + b) between its bounds a and b."""
    lower, upper = bucket_bounds()
    both = lower + upper
    return np.divide(2 * lower * upper, both, out=np.zeros(BUCKETS), where=both > 0)
