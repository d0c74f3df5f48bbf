"""What can be wrong with a look."""

from __future__ import annotations

from desireline.engine.errors import DesirelineError


class AppearanceStale(DesirelineError):
    """Somebody else has changed the look since it was read."""

    status = 409


class AccentUnfit(DesirelineError):
    """The accent is no colour."""


class PictureUnfit(DesirelineError):
    """The picture is none that pages can show."""


class PictureMissing(DesirelineError):
    """No such picture was given."""

    status = 404
