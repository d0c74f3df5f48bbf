"""The manifest of the application as the workspace wears it."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Any

from desireline.modules.appearance.pictures import Picture

LEAST_PIXELS = 192
"""Browsers install an application only with an icon of this size, or one of any."""
SHORT = 12
"""Characters that fit below an icon."""


def manifest_with(plain: Mapping[str, Any], name: str, icon: Picture | None) -> dict[str, Any]:
    """The manifest with another name and icon, where there are some."""
    found = dict(plain)
    if name:
        short = name if len(name) <= SHORT else name.split(maxsplit=1)[0]
        found |= {"name": name, "short_name": short}
    if icon is not None:
        own, is_enough = _icon(icon)
        found["icons"] = [own] if is_enough else [own, *plain["icons"]]
    return found


def _icon(picture: Picture) -> tuple[dict[str, str], bool]:
    """The icon in the manifest, and whether it does without the product's own."""
    told = {"src": f"/v1/appearance/favicon?{picture.tag}", "type": picture.kind}
    if picture.kind != "image/png":
        return {**told, "sizes": "any"}, True
    width, height = struct.unpack(">II", picture.data[16:24])
    return {**told, "sizes": f"{width}x{height}"}, min(width, height) >= LEAST_PIXELS
