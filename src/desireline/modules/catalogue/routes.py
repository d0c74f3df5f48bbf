"""The catalogue over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query

from desireline.kit.permissions import DescribesData, EditsPersons, Reads
from desireline.modules.catalogue.fields import check_options
from desireline.modules.catalogue.schemas import (
    DetailedType,
    FieldList,
    KnownField,
    KnownType,
    SaidField,
    SaidType,
    ToldEvent,
    ToldTraits,
    TypeList,
)
from desireline.modules.catalogue.service import Catalogue
from desireline.modules.module import service_of
from desireline.modules.people.facade import PersonInPath

Here = Annotated[Catalogue, Depends(service_of("catalogue"))]
Name = Annotated[str, Path(max_length=200)]


def routes() -> APIRouter:
    """The routes of the catalogue."""
    router = APIRouter(prefix="/v1")
    router.get("/event-types", summary="List the types of events")(list_types)
    one = "/event-types/{name:path}"
    router.get(one, summary="A type of events with its properties")(get_type)
    router.put(one, summary="Say what a type of events is")(describe)
    router.get("/fields", summary="List the fields of persons")(list_fields)
    router.put("/fields/{name:path}", summary="Declare a field of persons")(declare_field)
    router.delete("/fields/{name:path}", status_code=204, summary="Withdraw a field of persons")(
        withdraw_field
    )
    router.post("/persons/{person}/traits", summary="Tell traits of a person")(tell_traits)
    return router


def list_types(
    caller: Reads,
    catalogue: Here,
    odd: Annotated[bool, Query(description="Only those with findings.")] = False,  # noqa: FBT002
) -> TypeList:
    """Every type that was ever seen or declared."""
    found = [one for one in catalogue.types() if one.has_findings or not odd]
    return TypeList(event_types=[KnownType.of(one) for one in found])


def get_type(caller: Reads, catalogue: Here, name: Name) -> DetailedType:
    """With the kinds of its properties' values, and what does not fit."""
    return DetailedType.of(catalogue.type(name))


def describe(caller: DescribesData, catalogue: Here, name: Name, said: SaidType) -> DetailedType:
    """In place of what was said before. The type need not have been seen."""
    properties = {one: (told.saying, told.kind or "") for one, told in said.properties.items()}
    return DetailedType.of(catalogue.describe(name, said.saying, properties, by=caller.name))


def list_fields(caller: Reads, catalogue: Here) -> FieldList:
    """Those that somebody has declared; persons may have other traits, too."""
    return FieldList(fields=[KnownField.of(field) for field in catalogue.fields()])


def declare_field(
    caller: DescribesData, catalogue: Here, name: Name, said: SaidField
) -> KnownField:
    """From now on traits of this name that are set by API have to be so."""
    check_options(said.kind, said.options)
    found = catalogue.declare_field(name, said.saying, said.kind, said.options, by=caller.name)
    return KnownField.of(found)


def withdraw_field(caller: DescribesData, catalogue: Here, name: Name) -> None:
    """Traits of this name may be anything again; what persons have stays."""
    catalogue.withdraw_field(name, by=caller.name)


def tell_traits(
    caller: EditsPersons, catalogue: Here, person: PersonInPath, told: ToldTraits
) -> ToldEvent:
    """Held to the declared fields, and kept as an event of the kind `identify`.

    The person has them some seconds later.
    """
    return ToldEvent(position=catalogue.tell(person, told.traits, by=caller.name))
