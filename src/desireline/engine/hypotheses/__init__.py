"""A claim and the number that would refute it, held against what people do from now on.

One may look as often as one likes: the limits hold at all times at once. Source: H. Robbins,
"Statistical methods related to the law of the iterated logarithm", Annals of Mathematical
Statistics 41, 1970 (mixtures); S. R. Howard, A. Ramdas, J. McAuliffe, J. Sekhon, "Time-uniform,
nonparametric, nonasymptotic confidence sequences", Annals of Statistics 49, 2021, appendix A.3.
"""

from desireline.engine.effects import Partial, merge
from desireline.engine.hypotheses.asking import again, finish, partial
from desireline.engine.hypotheses.limits import always_limits
from desireline.engine.hypotheses.planning import needed
from desireline.engine.hypotheses.query import Query
from desireline.engine.hypotheses.result import Hypothesis, Point

__all__ = [
    "Hypothesis",
    "Partial",
    "Point",
    "Query",
    "again",
    "always_limits",
    "finish",
    "merge",
    "needed",
    "partial",
]
