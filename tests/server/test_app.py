"""The application as it is built: every route names its permission, whoever serves it."""

from __future__ import annotations

import warnings
from typing import Any

import pytest
from fastapi import APIRouter
from fastapi.routing import APIRoute

from desireline.kit.permissions import Needs, NeedsKnown, NeedsNothing, NeedsWriteKey
from desireline.modules.module import Module
from desireline.registry import MODULES
from desireline.server.app import RouteWithoutPermission, make_app
from desireline.server.condition import Condition
from desireline.server.gate import Gate
from desireline.server.health import routes as health_routes
from desireline.server.limits import DoorLimits
from desireline.server.metrics import Metrics
from desireline.server.pages import PAGES
from desireline.server.pages import routes as page_routes

LINKS = {"/consent/confirm/{token}", "/consent/withdraw/{token}"}
"""Whoever holds such a link may do what it says, and nothing else: people get it in a message."""
PARTS = "/app/{name:path}"
"""What the application loads: the same for everyone, without any data."""
WAYS_IN = {
    "/sign-in",
    "/v1/first-owner",
    "/v1/invitations/accept",
    "/v1/session",
    "/v1/session/passkey",
    "/v1/session/passkey/begin",
}
"""Whoever comes shows something that only she has."""
OPEN_TO_ALL = {"/health", "/ready", "/openapi.json", "/t.js", "/v1/door", *LINKS, *WAYS_IN}
LOOK = {f"/v1/appearance{part}" for part in ("", "/shades", "/look.css", "/{what}")}
LOOK |= {"/manifest.webmanifest"}
"""What the page of the way in wears."""
OPEN_TO_ALL |= {*LOOK, *PAGES, PARTS, "/v1/oidc/{name}/start", "/v1/oidc/{name}/callback"}
ONES_OWN = "ones own"
QUESTIONS = ("/v1/explore/", "/v1/maps/preview", "/v1/maps/{key}/draft/here")
"""Questions have bodies, and change nothing; who looks at a draft says that she is there."""
CHANGES = {"POST", "PUT", "PATCH", "DELETE"}


def _routes() -> list[APIRoute]:
    routers = [*(m.routes() for m in MODULES), health_routes(), page_routes()]
    return [route for router in routers for route in router.routes if isinstance(route, APIRoute)]


def _needs(route: APIRoute) -> str | None:
    for part in route.dependant.dependencies:
        if isinstance(part.call, Needs):
            return part.call.permission
        if isinstance(part.call, NeedsKnown):
            return ONES_OWN
        if isinstance(part.call, NeedsWriteKey):
            return "collect"
    assert any(isinstance(part.call, NeedsNothing) for part in route.dependant.dependencies)
    return None


class TestPermissions:
    def test_only_a_few_routes_are_open(self) -> None:
        assert {route.path for route in _routes() if _needs(route) is None} == OPEN_TO_ALL

    def test_what_changes_something_needs_more_than_reading(self) -> None:
        weak = {
            route.path
            for route in _routes()
            if route.methods & CHANGES
            and _needs(route) in (None, "read")
            and not route.path.startswith(QUESTIONS)
        }
        assert weak == {*WAYS_IN, *LINKS}

    def test_a_route_without_one_does_not_start(self) -> None:
        def secret() -> str:
            return "open"

        def routes() -> APIRouter:
            router = APIRouter()
            router.get("/secret")(secret)
            return router

        module = Module(name="careless", tables=(), routes=routes, service=lambda _: None)
        with pytest.raises(RouteWithoutPermission, match="/secret"):
            make_app((*MODULES, module))


class TestWarnings:
    def test_none_comes_out_when_another_thread_ends_what_hides_them(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        make_app(())
        at_first, hide = tuple(warnings.filters), warnings.simplefilter

        def overtaken(*told: Any, **more: Any) -> None:
            hide(*told, **more)
            warnings.filters[:] = at_first  # type: ignore[index]

        monkeypatch.setattr(warnings, "simplefilter", overtaken)
        make_app(MODULES)  # a warning is an error here


class TestForm:
    def test_every_operation_says_what_it_is(self) -> None:
        form = make_app(MODULES).openapi()
        told: list[Any] = [op for path in form["paths"].values() for op in path.values()]
        assert len(told) > 15
        for operation in told:
            assert operation["summary"]
            assert operation["description"]

    def test_pages_are_no_part_of_it(self) -> None:
        paths = make_app(MODULES).openapi()["paths"]
        assert "/" not in paths
        assert "/v1/maps/{key}/live" in paths


class TestMetrics:
    def test_requests_are_counted_by_route(self) -> None:
        gate = Gate(DoorLimits())
        gate.refused["crowded"] += 2
        metrics = Metrics(gate, lambda: Condition(counts={"stored": 3}))
        metrics.request("GET", "/v1/maps", 200, 0.01)
        text = metrics.text().decode()
        assert 'desireline_requests_total{method="GET",route="/v1/maps",status="200"} 1.0' in text
        assert 'desireline_refused_total{reason="crowded"} 2.0' in text
        assert 'desireline_events_total{verdict="stored"} 3.0' in text
