"""Duplicates over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from desireline.kit.permissions import EditsPersons, ReadsPersons
from desireline.modules.duplicates.schemas import (
    AskedRun,
    KnownRun,
    KnownSuggestion,
    NewRun,
    Question,
    RunList,
    SuggestionList,
)
from desireline.modules.duplicates.service import Duplicates
from desireline.modules.module import service_of

Here = Annotated[Duplicates, Depends(service_of("duplicates"))]
Number = Annotated[int, Path(ge=1, le=2**53, description="The number of the suggestion.")]


def routes() -> APIRouter:
    """The routes of duplicates."""
    router = APIRouter(prefix="/v1/duplicates")
    router.get("", summary="List suggestions of duplicates")(list_suggestions)
    router.get("/runs", summary="The last searches")(list_runs)
    router.post("/runs", status_code=202, summary="Search for duplicates now")(ask)
    router.post("/{number}/accept", summary="Two are one person")(accept)
    router.post("/{number}/reject", summary="Two are two, for good")(reject)
    return router


def list_suggestions(
    caller: ReadsPersons,
    duplicates: Here,
    asked: Annotated[Question, Query()],
) -> SuggestionList:
    """The most probable first, with what is known of both."""
    page = duplicates.page(asked.wanted(), asked.person)
    return SuggestionList(
        counts=duplicates.counts(),
        suggestions=[KnownSuggestion.of(one, *duplicates.beside(one)) for one in page.suggestions],
        next=page.next,
    )


def accept(caller: EditsPersons, duplicates: Here, number: Number) -> KnownSuggestion:
    """Links the two for sure; the link can be withdrawn like any other."""
    one = duplicates.accept(number, by=caller.name)
    return KnownSuggestion.of(one, *duplicates.beside(one))


def reject(caller: EditsPersons, duplicates: Here, number: Number) -> KnownSuggestion:
    """They are never suggested again, whatever more becomes known of them."""
    one = duplicates.reject(number, by=caller.name)
    return KnownSuggestion.of(one, *duplicates.beside(one))


def ask(caller: EditsPersons, duplicates: Here, new: NewRun) -> AskedRun:
    """The worker does it; `GET /v1/duplicates/runs` says how it went."""
    return AskedRun(id=duplicates.ask(new.method, by=caller.name))


def list_runs(caller: ReadsPersons, duplicates: Here) -> RunList:
    """The last 20, newest first."""
    return RunList(runs=[KnownRun.of(run) for run in duplicates.runs()])
