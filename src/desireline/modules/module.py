"""What a module is, and what the house gives it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Event
from typing import Any

from fastapi import APIRouter, Request
from sqlalchemy import Connection, Table

from desireline.kit.claims import Work
from desireline.log.following import Reaction
from desireline.modules.rooms import Rooms


def _none(_: Connection) -> frozenset[str]:
    return frozenset()


@dataclass(frozen=True)
class Module:
    """One part of the business: its tables, its routes, and what its routes ask."""

    name: str
    tables: tuple[Table, ...]
    routes: Callable[[], APIRouter]
    service: Callable[[Rooms], Any]
    """Makes what the routes ask, once for the life of the server."""
    columns: Callable[[Connection], frozenset[str]] = _none
    """The properties of events that its answers need, so that the index reads them at once."""
    jobs: Mapping[str, Callable[[Connection, Work], None]] = field(default_factory=dict)
    """How its jobs are done, by kind, each in the transaction that it is given."""
    long_jobs: Mapping[str, Callable[[Rooms, Work, Callable[[], None]], None]] = field(
        default_factory=dict
    )
    """How its jobs are done that take longer than a transaction may, in transactions of their own.
    Each may be done again from its beginning at any moment; it calls the third now and then, which
    raises where it shall end."""
    daily: Mapping[str, Callable[[Rooms], object]] = field(default_factory=dict)
    """What a worker does once a day, and when it starts, by the name of the work."""
    warm: Callable[[Rooms, Event], object] | None = None
    """What a process that answers about the log makes ready in the background, once there is more
    in it than a few events; it goes no further when the event is set."""
    watches: Mapping[str, Callable[[Rooms], object]] = field(default_factory=dict)
    """What a process that answers about the log does every half minute, by the name of the work."""
    reactions: tuple[Reaction, ...] = ()
    """What it does about events that are in the log, some time after they have come."""


def service_of(name: str) -> Callable[[Request], Any]:
    """A dependency: the service of the module of that name."""

    async def found(request: Request) -> Any:
        return request.app.state.services[name]

    return found
