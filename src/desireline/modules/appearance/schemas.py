"""The look on the wire."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from desireline.modules.appearance.colours import NEEDED, Scheme, shades_of
from desireline.modules.appearance.pictures import Picture
from desireline.modules.appearance.repository import Look


class ShadesTold(BaseModel):
    """How a colour is shown in one scheme."""

    accent: Annotated[str, Field(description="The colour as it is shown.")]
    fill: str
    soft: str
    on_accent: str
    contrast: Annotated[float, Field(description="Of the colour as chosen, on this scheme.")]
    adapted: Annotated[bool, Field(description="It could not be read, and was moved.")]

    @classmethod
    def of(cls, accent: str, scheme: Scheme) -> ShadesTold:
        """The shades of an accent."""
        found = shades_of(accent, scheme)
        return cls(
            accent=found.accent,
            fill=found.fill,
            soft=found.soft,
            on_accent=found.on_accent,
            contrast=round(found.contrast, 2),
            adapted=found.accent != accent,
        )


class SchemesTold(BaseModel):
    """A colour in both schemes."""

    light: ShadesTold
    dark: ShadesTold
    needed: Annotated[float, Field(description="The contrast that text needs.")] = NEEDED

    @classmethod
    def of(cls, accent: str) -> SchemesTold:
        """In both."""
        return cls(light=ShadesTold.of(accent, "light"), dark=ShadesTold.of(accent, "dark"))


class NewAppearance(BaseModel):
    """Name and colour; what is empty is the product's own."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(max_length=60)] = ""
    accent: Annotated[str, Field(max_length=40, description="#rrggbb")] = ""


class AppearanceTold(BaseModel):
    """How the workspace looks."""

    name: str
    accent: str
    shades: Annotated[SchemesTold | None, Field(description="None of the product's own.")]
    logo: Annotated[str | None, Field(description="Its address.")]
    favicon: Annotated[str | None, Field(description="Its address.")]
    revision: Annotated[int, Field(description="Send it as If-Match to change it.")]

    @classmethod
    def of(cls, look: Look, tags: dict[str, str]) -> AppearanceTold:
        """The wire shape; the tag in an address makes browsers ask anew for another picture."""

        def address(what: str) -> str | None:
            return f"/v1/appearance/{what}?{tags[what]}" if what in tags else None

        return cls(
            name=look.name,
            accent=look.accent,
            shades=SchemesTold.of(look.accent) if look.accent else None,
            logo=address("logo"),
            favicon=address("favicon"),
            revision=look.revision,
        )


class PictureTold(BaseModel):
    """What was taken of a picture."""

    kind: str
    bytes: int
    left_out: Annotated[
        list[str], Field(description="Names of what an SVG had that pages must not run.")
    ]

    @classmethod
    def of(cls, picture: Picture) -> PictureTold:
        """The wire shape."""
        return cls(kind=picture.kind, bytes=len(picture.data), left_out=list(picture.left_out))
