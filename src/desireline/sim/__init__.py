"""Simulated worlds with known truth: the cat-fountain shop, and worlds to test discovery on."""

from __future__ import annotations

from desireline.sim.truth import Truth
from desireline.sim.world import World
from desireline.sim.worlds import SHAPES, world

__all__ = ["SHAPES", "Truth", "World", "world"]
