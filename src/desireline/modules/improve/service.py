"""What the routes ask."""

from __future__ import annotations

from desireline.modules.improve.arms import Arms
from desireline.modules.improve.hypotheses import Hypotheses
from desireline.modules.improve.improving import Improvements
from desireline.modules.improve.measuring import Measuring
from desireline.modules.improve.opportunities import Opportunities
from desireline.modules.rooms import Rooms


class Improve:
    """What is done about the maps of the workspace."""

    def __init__(self, rooms: Rooms) -> None:
        self.opportunities = Opportunities(rooms)
        self.improvements = Improvements(rooms)
        self.measuring = Measuring(rooms)
        self.arms = Arms(rooms)
        self.hypotheses = Hypotheses(rooms, self.measuring)
