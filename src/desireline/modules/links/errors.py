"""What can be wrong with links."""

from __future__ import annotations

from desireline.engine.errors import DesirelineError


class LinkMissing(DesirelineError):
    """No link between the two identifiers counts, so there is none to take back."""

    status = 404
