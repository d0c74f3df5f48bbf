"""Every answer in words: sentences with n, share, interval and caveat, as data that translate."""

from desireline.engine.saying.message import Message, said
from desireline.engine.saying.of_comparisons import of_difference
from desireline.engine.saying.of_conformance import of_deviation
from desireline.engine.saying.of_endings import of_ending, of_reason
from desireline.engine.saying.of_moments import of_agreement, of_moment
from desireline.engine.saying.of_pains import of_pain
from desireline.engine.saying.of_results import in_words

__all__ = [
    "Message",
    "in_words",
    "of_agreement",
    "of_deviation",
    "of_difference",
    "of_ending",
    "of_moment",
    "of_pain",
    "of_reason",
    "said",
]
