"""The living map: a document bound to a log. Every figure is computed, none is stored."""

from desireline.engine.living_map.binding import bind
from desireline.engine.living_map.living import LivingMap

__all__ = ["LivingMap", "bind"]
