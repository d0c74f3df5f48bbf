"""Kernel that labels events by their type."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desireline.engine.journeys import Bools, Codes
from desireline.engine.kernels.compiled import kernel

NO_LABEL = 0xFFFF
"""What a table of labels holds for an event type without one."""


@kernel
def label_by_type(
    code: Codes, label_of: NDArray[np.uint16], label: NDArray[np.uint16], labelled: Bools
) -> None:
    """Writes the label of each event and whether it has one; where not, the label is 0."""
    for i in range(len(code)):
        found = label_of[code[i]]
        labelled[i] = found != NO_LABEL
        label[i] = found if found != NO_LABEL else 0
