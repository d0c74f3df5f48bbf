"""Simulated worlds with known truth: the cat-fountain shop, and worlds to test discovery on."""

from __future__ import annotations

from desireline.sim.cat_fountain import shop
from desireline.sim.recent import recent_shop
from desireline.sim.simulation import World
from desireline.sim.truth import Truth
from desireline.sim.worlds import SHAPES, world

__all__ = ["SHAPES", "Truth", "World", "recent_shop", "shop", "world"]
