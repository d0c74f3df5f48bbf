"""What can be wrong with a question."""

from __future__ import annotations

from desireline.engine.errors import DesirelineError


class QuestionImpossible(DesirelineError):
    """What a question says does not go together."""
