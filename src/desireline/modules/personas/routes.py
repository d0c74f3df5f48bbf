"""Personas over HTTP."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from desireline.engine.behind import PersonaCell
from desireline.kit.permissions import EditsMaps, Reads, ReadsPersons
from desireline.modules.module import service_of
from desireline.modules.personas.schemas import (
    FiguresFound,
    Persona,
    PersonaDocument,
    PersonaList,
    PersonsOf,
)
from desireline.modules.personas.service import Personas
from desireline.modules.revisions import revision_seen

Here = Annotated[Personas, Depends(service_of("personas"))]
Key = Annotated[str, Path(max_length=100, pattern=r"^\S+$", description="The persona's key.")]
Seen = Annotated[int | None, Depends(revision_seen)]


def routes() -> APIRouter:
    """The routes of personas."""
    router = APIRouter(prefix="/v1/personas")
    router.get("", summary="All personas")(list_personas)
    router.get("/figures", summary="What the personas describe, and what not")(show_figures)
    router.get("/persons", summary="Whom a persona describes, or none")(list_persons)
    router.get("/{key}", summary="A persona")(show)
    router.put("/{key}", summary="Keep a persona")(put)
    router.delete("/{key}", status_code=204, summary="Delete a persona")(drop)
    return router


def list_personas(caller: Reads, here: Here) -> PersonaList:
    """By key."""
    return PersonaList(personas=[Persona.of(row) for row in here.all()])


def show_figures(
    caller: Reads,
    here: Here,
    before: Annotated[
        dt.datetime | None, Query(description="Drift is told from this moment on. ISO 8601.")
    ] = None,
) -> FiguresFound:
    """Share of all persons, persons in several, drift, and persons in none."""
    found, position = here.figures(before)
    return FiguresFound.model_validate(found.to_dict() | {"position": position})


def list_persons(
    caller: ReadsPersons,
    here: Here,
    persona: Annotated[
        str | None, Query(max_length=100, description="Without it: whom none describes.")
    ] = None,
    other: Annotated[
        str | None, Query(max_length=100, description="Only whom this one describes too.")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=1_000)] = 100,
    after: Annotated[int, Query(ge=-1, le=2**53, description="`next` of the page before.")] = -1,
) -> PersonsOf:
    """By number, the lowest first; every share is a door to the persons that it counts."""
    found = here.behind(PersonaCell(persona, other), limit, after)
    following = found.persons[-1] if found.more else None
    return PersonsOf(n=found.n, persons=list(found.persons), next=following)


def show(caller: Reads, here: Here, key: Key, response: Response) -> Persona:
    """With its ETag, which a change names."""
    found = here.one(key)
    response.headers["etag"] = f'"{found.revision}"'
    return Persona.of(found)


def put(caller: EditsMaps, here: Here, key: Key, document: PersonaDocument, seen: Seen) -> Persona:
    """A new one, or with If-Match one that is there; 409 when somebody else was first."""
    return Persona.of(here.put(key, document.model_dump(), seen, caller.name))


def drop(caller: EditsMaps, here: Here, key: Key) -> None:
    """The description goes; persons stay."""
    here.drop(key)
