"""Where it hurts on a map, unaided: each signal at each touchpoint beside its matched baseline.

A visit that meets a signal (it waited long, came back, failed, was not answered ...) is compared
with visits of the same touchpoint that came from the same place, by the same channels, as far on
the way, and did not meet it: how many of them reach the outcome, or, once it has come, stay. What
visits at one place share cannot be the cause of the difference; what the log does not say can.

Three looks: the first settles what is usual on this map (waits, answers, marks), the second counts,
the third sees what the same people meet, so that what only goes with a pain is not called one
(`parting`).

Sources: Y. Benjamini, Y. Hochberg, Journal of the Royal Statistical Society B 57, 1995 (false
discovery rate over all signals of the map). C. N. Morris, Journal of the American Statistical
Association 78, 1983 (shrinking by empirical Bayes). D. B. Rubin, "Matching to remove bias in
observational studies", Biometrics 29, 1973.
"""

from desireline.engine.pains.asking import (
    Partial,
    again,
    brings_together,
    finish,
    gather,
    hurting,
    merge,
    partial,
)
from desireline.engine.pains.query import Query, Settled
from desireline.engine.pains.result import Aim, Count, Effect, Pain, Pains, Quote
from desireline.engine.pains.signals import SIGNALS, Signal

__all__ = [
    "SIGNALS",
    "Aim",
    "Count",
    "Effect",
    "Pain",
    "Pains",
    "Partial",
    "Query",
    "Quote",
    "Settled",
    "Signal",
    "again",
    "brings_together",
    "finish",
    "gather",
    "hurting",
    "merge",
    "partial",
]
