"""The one list of what this house has: everything else is built from it."""

from __future__ import annotations

from desireline.modules.collect import collect
from desireline.modules.maps import maps
from desireline.modules.module import Module

MODULES: tuple[Module, ...] = (collect, maps)
