"""The audit log over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from desireline.kit.permissions import Audits
from desireline.modules.audit.entries import Head
from desireline.modules.audit.schemas import AuditEntry, AuditList, AuditState
from desireline.modules.audit.service import Audit
from desireline.modules.module import service_of

Here = Annotated[Audit, Depends(service_of("audit"))]
Said = Annotated[str | None, Query(max_length=200)]


def wanted_of(who: Said = None, what: Said = None, about: Said = None) -> dict[str, str | None]:
    """What entries are to say, of what can be asked for."""
    return {"who": who, "what": what, "about": about}


def routes() -> APIRouter:
    """The routes of the audit log."""
    router = APIRouter(prefix="/v1/audit")
    router.get("", summary="What people with access did")(list_entries)
    router.get("/verify", summary="Whether the audit log is what was written")(verify)
    return router


def list_entries(
    caller: Audits,
    audit: Here,
    wanted: Annotated[dict[str, str | None], Depends(wanted_of)],
    before: Annotated[int | None, Query(ge=1, le=2**53, description="A number.")] = None,
    most: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> AuditList:
    """Newest first; for the next page give the last number as `before`."""
    found = audit.listed(wanted, before, most)
    return AuditList(entries=[AuditEntry.of(entry) for entry in found])


def verify(
    caller: Audits,
    audit: Here,
    head: Annotated[str | None, Query(max_length=200, description="One told earlier.")] = None,
) -> AuditState:
    """Reads every entry; 100,000 of them take a few seconds."""
    return AuditState.of(*audit.verified(None if head is None else Head.read(head)))
