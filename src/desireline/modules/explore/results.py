"""The results of the engine as answers hold them; the files of `kinds` describe each."""

from __future__ import annotations

from typing import Any

import msgspec

from desireline.engine.analyses.result import Result
from desireline.modules.explore.kinds import KIND_OF, AnyQuestion, compare
from desireline.modules.explore.kinds.compare import CompareQuestion


def shaped(result: Result, question: AnyQuestion) -> Any:
    """What stands in the answer as its `result`."""
    if isinstance(question, CompareQuestion):
        return compare.shaped(result, question)
    made = KIND_OF[type(question)].shaped
    return result if made is None else made(result, question)


def as_data(result: Result, question: AnyQuestion) -> Any:
    """The same as plain data, for who looks a figure up in it."""
    return msgspec.to_builtins(shaped(result, question))
