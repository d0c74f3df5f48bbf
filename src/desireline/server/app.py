"""The application: the modules of the registry, behind one set of manners."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from importlib import metadata

from fastapi import APIRouter, FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic.warnings import UnsupportedFieldAttributeWarning
from starlette.types import ASGIApp

from desireline.engine.errors import DesirelineError
from desireline.kit.access import Doors
from desireline.kit.permissions import NeedsKnown, NeedsNothing, NeedsWriteKey
from desireline.modules.module import Module
from desireline.modules.rooms import Rooms
from desireline.server.condition import look
from desireline.server.crossing import Crossing, OpenToPages
from desireline.server.gate import Gate
from desireline.server.headers import StrictHeaders
from desireline.server.health import routes as health_routes
from desireline.server.lane import Lane, ways_of
from desireline.server.limits import DoorLimits
from desireline.server.metrics import Metrics
from desireline.server.observing import Observing
from desireline.server.origins import Origins
from desireline.server.pages import routes as page_routes
from desireline.server.problems import tell_problems

SAYS = """Events in, journey maps out. Every route needs a permission: a member of the team has
those of her role, a program those of its key, which it sends as `Authorization: Bearer <key>`.
Until somebody owns the workspace, a server that listens to its own machine alone asks nobody.
Errors are problems as of RFC 9457, with a `code` for programs and a `hint` for people."""


class RouteWithoutPermission(DesirelineError):
    """A route does not name the permission that its caller needs."""


def make_app(modules: Sequence[Module]) -> FastAPI:
    """The application without a workspace: its routes and their forms. RouteWithoutPermission."""
    # FastAPI gives pydantic fields that pydantic warns of, and hides that for so long. What is
    # hidden is of the whole process: another thread that ends a `catch_warnings` meanwhile (numba
    # does) let one out, now and then, at a start. So it is hidden before there are threads.
    warnings.simplefilter("ignore", UnsupportedFieldAttributeWarning)
    app = FastAPI(
        title="Desireline",
        version=metadata.version("desireline"),
        description=SAYS,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
    )
    app.state.open_to_pages = OpenToPages()
    app.state.routes_with_keys = []
    tell_problems(app)
    for module in modules:
        include(app, module.routes(), module.name)
    include(app, health_routes(), "server")
    include(app, page_routes(), "pages")
    return app


def include(app: FastAPI, router: APIRouter, tag: str) -> None:
    """Adds the routes of a router. Raises RouteWithoutPermission."""
    for route in router.routes:
        if not isinstance(route, APIRoute) or not _names_permission(route.dependant):
            raise RouteWithoutPermission(
                f"The route {getattr(route, 'path', route)} names no permission.",
                hint="Give it a parameter of one of the types of kit/permissions.py: Reads,"
                " EditsMaps, Anyone.",
            )
        if _takes_write_keys(route.dependant):
            app.state.open_to_pages.add(route)
            app.state.routes_with_keys.append(route)
    app.include_router(router, tags=[tag])


def furnish(app: FastAPI, modules: Sequence[Module], rooms: Rooms, access: Doors) -> None:
    """Gives the application its workspace."""
    app.state.rooms = rooms
    app.state.access = access
    app.state.services = {module.name: module.service(rooms) for module in modules}
    access.know(app.state.services["team"])


def behind_the_door(app: FastAPI, limits: DoorLimits) -> tuple[ASGIApp, Gate]:
    """The application as it is served, and the gate that its connections pass."""
    gate = Gate(limits)
    rooms: Rooms = app.state.rooms
    metrics = Metrics(gate, lambda: look(rooms, rooms.clock))
    for service in app.state.services.values():
        metrics.add(getattr(service, "collectors", ()))
    app.state.metrics = metrics
    open_to_pages: OpenToPages = app.state.open_to_pages
    origins = Origins(app, app.state.access, open_to_pages)
    around = Observing(StrictHeaders(Crossing(origins, open_to_pages)), metrics)
    lane = Lane(app, ways_of(app.state.routes_with_keys), origins, around)
    return lane, gate


def _takes_write_keys(dependant: Dependant) -> bool:
    return any(isinstance(part.call, NeedsWriteKey) for part in dependant.dependencies)


def _names_permission(dependant: Dependant) -> bool:
    """Whether the route itself does: what one of its dependencies names, no reader would see."""
    return any(isinstance(part.call, NeedsKnown | NeedsNothing) for part in dependant.dependencies)
