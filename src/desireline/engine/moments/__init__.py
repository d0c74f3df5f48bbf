"""Moments of truth put to the test: does the outcome hang on how a touchpoint goes?

A touchpoint went well or not in one or several ways that can be seen (`query.Quality`). Each is
held against the outcome afterwards, all that was known of the journey before being equal
(`inference.doubly_robust`), with a check that alike journeys exist, a bound for what a hidden trait
could do (`inference.sensitivity`), and all contrasts of the map tested at once. Where customers
themselves settle whether it happens, and come to it again, what they do in other rounds shows
whether it is the touchpoint or the people (`inference.hidden_kinds`).

Assumptions: within what is known nothing else decides both how it goes and the outcome, up to a
trait of the stated strength; one journey's touchpoint does not work on another's outcome; whoever
could not be followed for as long as one waits for the outcome is like the others.
"""

from desireline.engine.moments.counting import (
    Partial,
    again,
    brings_together,
    gather,
    merge,
    partial,
    standing,
)
from desireline.engine.moments.query import Contrast, Quality, Query, Vote
from desireline.engine.moments.result import Agreement, Effect, Moment, Moments, Verdict
from desireline.engine.moments.telling import finish

__all__ = [
    "Agreement",
    "Contrast",
    "Effect",
    "Moment",
    "Moments",
    "Partial",
    "Quality",
    "Query",
    "Verdict",
    "Vote",
    "again",
    "brings_together",
    "finish",
    "gather",
    "merge",
    "partial",
    "standing",
]
