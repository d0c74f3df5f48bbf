"""Questions in the words of a map, without a version: they are of the one that is published now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desireline.modules.explore.kinds import AnyQuestion
from desireline.modules.explore.kinds.compare import CompareQuestion


def of_version(question: AnyQuestion, last: Callable[[str], int | None]) -> AnyQuestion:
    """The same question with the version named, so that an answer is kept for that one alone.

    `last` is the version of a map by its key; of a map without one the question stays as it is.
    """
    if isinstance(question, CompareQuestion):
        of: Any = of_version(question.of, last)
        return question if of is question.of else question.model_copy(update={"of": of})
    named = question.map
    if named is None or named.version is not None:
        return question
    version = last(named.key)
    return question.model_copy(
        update={"map": named.model_copy(update={"version": version})} if version else {}
    )
