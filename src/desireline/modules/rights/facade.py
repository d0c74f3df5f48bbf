"""What others may ask of rights."""

from __future__ import annotations

from desireline.modules.rights.errors import PeriodUnfit
from desireline.modules.rights.periods import EVENT, FAILED, Period
from desireline.modules.rights.service import Kept, RightsDesk
from desireline.modules.rights.who import Who, whole_person

__all__ = [
    "EVENT",
    "FAILED",
    "Kept",
    "Period",
    "PeriodUnfit",
    "RightsDesk",
    "Who",
    "whole_person",
]
