"""The walked journeys beside the plan that the map is: what fits, what does not, what that costs.

Journeys are aligned with the plan at the least cost (`plan`, `query` say what both are), each
deviation is named in the field's words, and its cost on the outcome is estimated against journeys
that stood at the same place and did not deviate.

Sources: A. Adriansyah, "Aligning observed and modeled behavior", thesis, Eindhoven, 2014
(alignments, standard cost, fitness). A. Adriansyah, J. Munoz-Gama, J. Carmona, B. F. van Dongen,
W. M. P. van der Aalst, "Measuring precision of modeled behavior", Information Systems and
e-Business Management 13, 2015 (precision by escaping edges over one alignment). R. Halvorsrud,
K. Kvale, A. Folstad, "Improving service quality through customer journey analysis", Journal of
Service Theory and Practice 26, 2016 (missing, ad hoc, out of order, failed).
"""

from desireline.engine.conformance.counting import (
    Partial,
    brings_together,
    gather,
    merge,
    partial,
)
from desireline.engine.conformance.laying import deviating
from desireline.engine.conformance.query import Query
from desireline.engine.conformance.result import (
    Conformance,
    Count,
    Deviation,
    DeviationKind,
    Effect,
    Way,
)
from desireline.engine.conformance.telling import finish

__all__ = [
    "Conformance",
    "Count",
    "Deviation",
    "DeviationKind",
    "Effect",
    "Partial",
    "Query",
    "Way",
    "brings_together",
    "deviating",
    "finish",
    "gather",
    "merge",
    "partial",
]
