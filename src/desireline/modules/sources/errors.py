"""What can be wrong with sources and their write keys."""

from __future__ import annotations

from desireline.engine.errors import DesirelineError
from desireline.kit.permissions import NotSignedIn


class WriteKeyUnknown(NotSignedIn):
    """No source has this write key, or the request shows none."""


class SourceOff(DesirelineError):
    """The source was turned off."""

    status = 403


class QuotaUsedUp(DesirelineError):
    """The source has sent its events of today."""

    status = 429

    def __init__(self, sentence: str, *, hint: str = "", seconds: int = 0) -> None:
        super().__init__(sentence, hint=hint)
        self.headers = {"retry-after": str(seconds)}


class SourceNameUnfit(DesirelineError):
    """A source cannot be called so."""


class SourceNameTaken(DesirelineError):
    """There is a source of this name already."""

    status = 409


class SourceMissing(DesirelineError):
    """There is no source of this name."""

    status = 404
