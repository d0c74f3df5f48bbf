"""Questions over HTTP: the answers, the persons behind a figure, and the pattern field."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request, Response

from desireline.engine.behind import Cell
from desireline.engine.pains import Pains
from desireline.kit.permissions import Reads, ReadsPersons
from desireline.kit.permissions import check as check_permission
from desireline.modules.explore.checking import checked, listed
from desireline.modules.explore.kinds import KINDS, AnyQuestion
from desireline.modules.explore.kinds.compare import CompareQuestion, ComparisonResult
from desireline.modules.explore.kinds.kind import Kind
from desireline.modules.explore.kinds.pains import PainsQuestion
from desireline.modules.explore.kinds.shapes import Answer
from desireline.modules.explore.leaving import PersonEnding, PersonEndingWanted, ending_of
from desireline.modules.explore.quotes import PainQuotes, quotes_of
from desireline.modules.explore.schemas import (
    Check,
    Checked,
    ComparedPersonsWanted,
    PersonPage,
    PersonsWanted,
)
from desireline.modules.explore.service import Explorer
from desireline.modules.explore.writing import TYPES, Form
from desireline.modules.module import service_of

Here = Annotated[Explorer, Depends(service_of("explore"))]


async def wanted_form(
    request: Request,
    as_: Annotated[
        Literal["json", "csv"] | None,
        Query(alias="as", description="csv for a table; `Accept: text/csv` says the same."),
    ] = None,
) -> Form:
    """JSON, or CSV for those who ask for it."""
    accepts = request.headers.get("accept", "")
    return as_ or ("csv" if "text/csv" in accepts else "json")


Shape = Annotated[Form, Depends(wanted_form)]


def routes() -> APIRouter:
    """The routes of questions, of the persons behind their figures, and of the pattern field."""
    router = APIRouter(prefix="/v1/explore")
    router.post("/check", summary="Read a pattern while it is typed")(check)
    for kind in KINDS:
        _add(router, kind.name, kind.says, kind.result, (_ask(kind), _ask_persons(kind)))
    says = "List what people said who met a pain"
    router.post("/pains/quotes", summary=says)(pains_quotes)
    says = "Why one person's journey ended"
    router.post("/endings/person", summary=says)(person_ending)
    asks = (compare, compare_persons)
    _add(router, "compare", "Two groups beside each other", ComparisonResult, asks)
    return router


def _add(router: APIRouter, name: str, says: str, result: type, asks: tuple[Any, Any]) -> None:
    table = {TYPES["csv"].partition(";")[0]: {"schema": {"type": "string"}}}
    answers: dict[int | str, dict[str, Any]] = {
        200: {"model": Answer[result], "content": table}  # type: ignore[valid-type]
    }
    router.post(f"/{name}", summary=says, responses=answers)(asks[0])
    router.post(f"/{name}/persons", summary=f"List the persons behind a figure of {name}")(asks[1])


def _ask(kind: Kind) -> Any:
    """The handler of its questions."""

    async def ask(
        caller: Reads, explorer: Here, question: Any, form: Shape, request: Request
    ) -> Response:
        return await _answered(explorer, question, form, request)

    ask.__name__, ask.__doc__ = kind.name, kind.more
    ask.__annotations__["question"] = kind.question
    return ask


def _ask_persons(kind: Kind) -> Any:
    """The handler of the persons behind its figures."""

    def ask(caller: ReadsPersons, explorer: Here, wanted: Any) -> PersonPage:
        return _page(explorer, wanted.query, wanted.cell.cell(), wanted)

    ask.__name__, ask.__doc__ = f"{kind.name}_persons", "By number, the lowest first."
    ask.__annotations__["wanted"] = PersonsWanted[kind.question, kind.cell]  # type: ignore[name-defined]
    return ask


async def _answered(
    explorer: Explorer, question: AnyQuestion, form: Form, request: Request
) -> Response:
    text = await explorer.answer(question, form, request.is_disconnected)
    headers = {"cache-control": "private, no-store", "vary": "accept"}
    if form == "csv":
        headers["content-disposition"] = f'attachment; filename="{question.analysis}.csv"'
    return Response(text, headers=headers, media_type=TYPES[form])


def _page(
    explorer: Explorer, question: AnyQuestion, cell: Cell, wanted: Any, side: str = "a"
) -> PersonPage:
    found = explorer.behind(question, cell, side, wanted.limit, wanted.after)  # type: ignore[arg-type]
    following = found.persons[-1] if found.more else None
    return PersonPage(n=found.n, persons=list(found.persons), next=following)


async def compare(
    caller: Reads, explorer: Here, question: CompareQuestion, form: Shape, request: Request
) -> Response:
    """Each figure with its difference, interval and verdict, those most surely there first."""
    return await _answered(explorer, question, form, request)


def compare_persons(
    caller: ReadsPersons, explorer: Here, wanted: ComparedPersonsWanted
) -> PersonPage:
    """By number, the lowest first, of one of the groups."""
    return _page(explorer, wanted.query, wanted.cell.cell(), wanted, wanted.side)


def pains_quotes(caller: ReadsPersons, explorer: Here, question: PainsQuestion) -> list[PainQuotes]:
    """Some of each pain that was found, bad words first; addresses and numbers are taken out."""
    found = explorer.told(question).result
    assert isinstance(found, Pains)  # noqa: S101 - that is what was asked
    return quotes_of(found)


def person_ending(caller: ReadsPersons, explorer: Here, wanted: PersonEndingWanted) -> PersonEnding:
    """Which of the reasons found she met; they are those of the last five minutes."""
    return ending_of(explorer, wanted.query, wanted.person)


async def check(caller: Reads, explorer: Here, asked: Check) -> Checked:
    """The place of a mistake, what the pattern means, and what may be written at the cursor."""
    column = asked.column if asked.field == "value" else None
    if column is not None:
        check_permission(caller, "read_persons")  # a value may be somebody's name
    names = await asyncio.to_thread(explorer.names, column)
    return checked(asked, names) if asked.field == "pattern" else listed(asked, names)
