"""Questions as they are kept, and back."""

from __future__ import annotations

from contextlib import suppress

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection

from desireline.engine.errors import DesirelineError
from desireline.modules.boards import repository
from desireline.modules.boards.errors import QuestionOutdated
from desireline.modules.boards.tables import question
from desireline.modules.explore.facade import KeepableQuestion, columns_in

_QUESTION: TypeAdapter[KeepableQuestion] = TypeAdapter(KeepableQuestion)


def written(asked: KeepableQuestion) -> str:
    """A question as it is kept: what was left out stays so."""
    return asked.model_dump_json(exclude_unset=True, by_alias=True)


def read(text: str) -> KeepableQuestion:
    """A question that was kept. Raises QuestionOutdated."""
    try:
        return _QUESTION.validate_json(text)
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        raise QuestionOutdated(
            f"The question cannot be read any more: {problem['msg']} at {problem['loc']}.",
            hint="Ask it anew and keep that.",
        ) from error


def columns_of_questions(look: Connection) -> frozenset[str]:
    """The properties that kept questions ask for, so that the index reads them at once."""
    found: frozenset[str] = frozenset()
    for row in repository.list_kept(look, question):
        with suppress(DesirelineError):  # one that cannot be asked any more asks for nothing
            found |= columns_in(read(row.document))
    return found
