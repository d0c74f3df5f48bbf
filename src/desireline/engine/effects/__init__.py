"""Whether a change made a difference: measured with what there is, told with what speaks for it.

`query` says what is asked, `finishing` chooses the design: `lot` where chance decided who is
reached, `mixing` where there are many units, `over_time` where there is a control or a date only.
"""

from desireline.engine.effects.assigning import arm
from desireline.engine.effects.counting import Partial, again, merge, partial
from desireline.engine.effects.errors import EffectImpossible
from desireline.engine.effects.finishing import finish
from desireline.engine.effects.planning import Plan, planned
from desireline.engine.effects.query import Design, Hashed, Metric, Query
from desireline.engine.effects.result import Check, Effect, Point, Side, Weight

__all__ = [
    "Check",
    "Design",
    "Effect",
    "EffectImpossible",
    "Hashed",
    "Metric",
    "Partial",
    "Plan",
    "Point",
    "Query",
    "Side",
    "Weight",
    "again",
    "arm",
    "finish",
    "merge",
    "partial",
    "planned",
]
