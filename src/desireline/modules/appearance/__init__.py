"""The workspace's own look: its name, its colour, its logo and the picture in the browser's tab."""

from __future__ import annotations

from desireline.modules.appearance.routes import routes
from desireline.modules.appearance.service import Appearances
from desireline.modules.appearance.tables import appearance, appearance_picture
from desireline.modules.module import Module

appearance_module = Module(
    name="appearance",
    tables=(appearance, appearance_picture),
    routes=routes,
    service=Appearances,
)
"""`/v1/appearance`."""
