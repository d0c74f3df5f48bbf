"""How strong a hidden trait would have to be to explain an effect away.

Source: T. J. VanderWeele, P. Ding, "Sensitivity analysis in observational research: introducing
the E-value", Annals of Internal Medicine 167, 2017.
"""

from __future__ import annotations

import math


def e_value(ratio: float) -> float:
    """How many times likelier a hidden trait must make both, to explain a ratio of chances.

    1 for a ratio of 1 or below: nothing has to be explained.
    """
    return 1.0 if ratio <= 1 else ratio + math.sqrt(ratio * (ratio - 1))


def bias_of(strength: float) -> float:
    """The largest ratio of chances that a trait of this strength, on both sides, can make."""
    return strength * strength / (2 * strength - 1)
