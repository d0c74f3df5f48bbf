"""What other modules may ask of links: to make one person of two, as a human has decided."""

from __future__ import annotations

from desireline.modules.links.service import LinkBook, Outcome, Shown

__all__ = ["LinkBook", "Outcome", "Shown"]
