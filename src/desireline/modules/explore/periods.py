"""Questions that say "the last 30 days", as of the day on which they are asked."""

from __future__ import annotations

import datetime as dt
from typing import Any

from desireline.modules.explore.documents import FilterDocument
from desireline.modules.explore.errors import QuestionImpossible
from desireline.modules.explore.kinds import AnyQuestion
from desireline.modules.explore.kinds.compare import CompareQuestion


def as_of(question: AnyQuestion, now: dt.datetime) -> AnyQuestion:
    """The same question with moments in place of `last_days`. Raises QuestionImpossible.

    A start at midnight gives all questions of one day the same answer, which can be kept.
    """
    if isinstance(question, CompareQuestion):
        of: Any = as_of(question.of, now)
        return question if of is question.of else question.model_copy(update={"of": of})
    if question.filter.last_days is None:
        return question
    return question.model_copy(update={"filter": _since(question.filter, now)})


def _since(part: FilterDocument, now: dt.datetime) -> FilterDocument:
    if part.start is not None:
        raise QuestionImpossible(
            f"The question begins at {part.start:%Y-%m-%d} and {part.last_days} days ago.",
            hint="Say `start` or `last_days`, not both.",
            case="period",
        )
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    start = midnight - dt.timedelta(days=part.last_days or 0)
    return part.model_copy(update={"start": start, "last_days": None})
