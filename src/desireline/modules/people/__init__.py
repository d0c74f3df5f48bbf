"""People: who they are, what is known of them, and all that has happened between them and us."""

from __future__ import annotations

from desireline.modules.module import Module
from desireline.modules.people.arriving import TAKE_TRAITS
from desireline.modules.people.routes import routes
from desireline.modules.people.service import People
from desireline.modules.people.tables import trait

people = Module(
    name="people", tables=(trait,), routes=routes, service=People, reactions=(TAKE_TRAITS,)
)
