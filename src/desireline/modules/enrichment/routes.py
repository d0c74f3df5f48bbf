"""Enrichment over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path

from desireline.kit.permissions import ManagesSources, Reads, ReadsPersons
from desireline.modules.enrichment.schemas import (
    DerivedFact,
    DerivedFacts,
    DerivedField,
    DerivedFields,
    Switch,
    Trial,
    Withdrawn,
)
from desireline.modules.enrichment.service import Enrichment
from desireline.modules.module import service_of

Here = Annotated[Enrichment, Depends(service_of("enrichment"))]
Name = Annotated[str, Path(max_length=100)]


def routes() -> APIRouter:
    """The routes of enrichment."""
    router = APIRouter(prefix="/v1/enrichment")
    router.get("/fields", summary="List the fields that are derived")(list_fields)
    one = "/fields/{name}"
    router.put(one, summary="Switch a derived field on or off")(switch)
    router.post(f"{one}/withdraw", summary="Take a field's values from all persons")(withdraw)
    router.post("/try", summary="Say what follows from a value")(try_out)
    return router


def list_fields(caller: Reads, enrichment: Here) -> DerivedFields:
    """With what each follows from, and whether it is on."""
    return DerivedFields(fields=[DerivedField.of(found) for found in enrichment.fields()])


def switch(caller: ManagesSources, enrichment: Here, name: Name, wanted: Switch) -> DerivedField:
    """Holds for what comes from now on, within some seconds."""
    return DerivedField.of(enrichment.switch(name, on=wanted.on, by=caller.name))


def withdraw(caller: ManagesSources, enrichment: Here, name: Name) -> Withdrawn:
    """The field has to be off, or its values would come again."""
    return Withdrawn(values=enrichment.withdraw(name, by=caller.name))


def try_out(caller: ReadsPersons, enrichment: Here, trial: Trial) -> DerivedFacts:
    """Nothing is kept. Fields that are off are left out. A POST, so that no log has the value."""
    found = enrichment.try_out(trial.of, trial.value)
    return DerivedFacts(facts=[DerivedFact.of(fact) for fact in found])
