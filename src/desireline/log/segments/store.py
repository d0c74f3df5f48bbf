"""Where segments lie: a folder, or object storage with a folder before it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path


class SegmentStore(ABC):
    """Immutable files by name, on a local disk where they are read."""

    staging: Path
    """A folder for files in the making, on the disk of the store or of its cache."""
