"""Departments over HTTP."""

from __future__ import annotations

from fastapi import APIRouter

from desireline.kit.permissions import ManagesTeam, Reads
from desireline.modules.team.routes.here import Here, Number
from desireline.modules.team.schemas.members import (
    DepartmentList,
    DepartmentTold,
    KnownDepartment,
)


def add_to(router: APIRouter) -> None:
    """Adds the routes."""
    router.get("/departments", summary="List the departments")(list_departments)
    router.post("/departments", status_code=201, summary="Add a department")(add)
    router.patch("/departments/{number}", summary="Rename a department")(rename)
    router.delete("/departments/{number}", status_code=204, summary="Drop a department")(drop)


def list_departments(caller: Reads, team: Here) -> DepartmentList:
    """All, by name."""
    return DepartmentList(departments=[KnownDepartment.of(r) for r in team.departments.listed()])


def add(caller: ManagesTeam, team: Here, told: DepartmentTold) -> KnownDepartment:
    """A part of the company, to which members belong."""
    return KnownDepartment.of(team.departments.add(told.name, caller))


def rename(
    caller: ManagesTeam, team: Here, number: Number, told: DepartmentTold
) -> KnownDepartment:
    """Another name."""
    return KnownDepartment.of(team.departments.rename(number, told.name, caller))


def drop(caller: ManagesTeam, team: Here, number: Number) -> None:
    """Its members stay."""
    team.departments.drop(number, caller)
