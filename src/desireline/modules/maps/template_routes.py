"""Maps to begin from, over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel

from desireline.engine.journey_map import JourneyMap
from desireline.formats.map_templates import templates
from desireline.kit.permissions import Reads
from desireline.modules.maps.errors import TemplateUnknown
from desireline.modules.maps.wire import document_written, documents_say


class Template(BaseModel):
    """A template at a glance."""

    key: str
    name: str
    goal: str
    stages: list[str]
    touchpoints: int

    @classmethod
    def of(cls, found: JourneyMap) -> Template:
        """The wire shape of a template."""
        return cls(
            key=found.key,
            name=found.name,
            goal=found.goal.statement,
            stages=[stage.name for stage in found.stages],
            touchpoints=len(found.touchpoints),
        )


class TemplateList(BaseModel):
    """All templates, by key."""

    templates: list[Template]


def add_template_routes(router: APIRouter) -> None:
    """Adds the routes of templates."""
    one = "/map-templates/{template}"
    router.get("/map-templates", summary="Maps to begin from")(list_templates)
    router.get(one, summary="One of them", responses=documents_say())(get_template)


def list_templates(caller: Reads) -> TemplateList:
    """One an industry."""
    return TemplateList(templates=[Template.of(found) for found in templates().values()])


def get_template(
    caller: Reads, template: Annotated[str, Path(max_length=100)], request: Request
) -> Response:
    """A document; kept under a key of one's own it is a draft."""
    if template not in templates():
        raise TemplateUnknown(
            f"There is no template {template!r}.", hint="There are: " + ", ".join(templates()) + "."
        )
    return document_written(request, templates()[template], {"vary": "accept"})
