"""What others may ask of the look: it goes along where a page leaves the workspace."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from typing import Any

from desireline.formats.page import Brand
from desireline.modules.appearance.manifest import manifest_with
from desireline.modules.appearance.service import Appearances
from desireline.modules.appearance.stylesheet import stylesheet_of
from desireline.modules.rooms import Rooms


def brand_of_pages(rooms: Rooms) -> Brand:
    """The workspace's colours, name and logo for a page from disk."""
    here = Appearances(rooms)
    look, tags = here.look()
    logo = ""
    if "logo" in tags:
        picture = here.picture("logo")
        logo = f"data:{picture.kind};base64,{b64encode(picture.data).decode()}"
    return Brand(stylesheet_of(look.accent), look.name, logo)


def manifest_of(rooms: Rooms, plain: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """The manifest by which browsers install the application, under the workspace's name and icon.

    `plain` is the product's own. With a tag that differs where the manifest may.
    """
    here = Appearances(rooms)
    look, tags = here.look()
    tag = tags.get("favicon", "")
    icon = here.picture("favicon") if tag else None
    return manifest_with(plain, look.name, icon), f'"{look.revision}-{tag[:12]}"'
