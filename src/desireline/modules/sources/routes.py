"""Sources over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends

from desireline.kit.permissions import ManagesSources
from desireline.modules.module import service_of
from desireline.modules.sources.schemas import (
    ConsentSwitch,
    KnownSource,
    MadeSource,
    NewSource,
    SignalsSwitch,
    SourceList,
)
from desireline.modules.sources.service import Sources

Here = Annotated[Sources, Depends(service_of("sources"))]


def routes() -> APIRouter:
    """The routes of sources."""
    router = APIRouter(prefix="/v1/sources")
    router.get("", summary="List the sources")(list_sources)
    router.post("", status_code=201, summary="Make a source with a write key")(add)
    router.post("/{name}/off", status_code=204, summary="Turn a source off")(turn_off)
    router.put("/{name}/consent", status_code=204, summary="Respect who said no, or not")(
        ask_consent
    )
    router.put("/{name}/signals", status_code=204, summary="Refuse Sec-GPC and DNT, or mark them")(
        set_signals
    )
    return router


def list_sources(caller: ManagesSources, sources: Here) -> SourceList:
    """All of them, also those that were turned off."""
    return SourceList(sources=[KnownSource.of(found) for found in sources.listed()])


def add(caller: ManagesSources, sources: Here, new: NewSource) -> MadeSource:
    """The key is kept as a hash, so it is shown this once."""
    return MadeSource(name=new.name, write_key=sources.add(new.name, new.quota, by=caller.name))


def turn_off(caller: ManagesSources, sources: Here, name: str) -> None:
    """Its key is refused from then on; what it has sent stays."""
    sources.turn_off(name, by=caller.name)


def ask_consent(caller: ManagesSources, sources: Here, name: str, switch: ConsentSwitch) -> None:
    """With it, events of persons who said no to tracking fail, and nothing of them is kept."""
    sources.ask_consent(name, asks=switch.asks, by=caller.name)


def set_signals(caller: ManagesSources, sources: Here, name: str, switch: SignalsSwitch) -> None:
    """With `refuse`, what browsers send with Sec-GPC or DNT fails, and nothing of it is kept."""
    sources.refuse_opted_out(name, refuses=switch.signals == "refuse", by=caller.name)
