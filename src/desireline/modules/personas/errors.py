"""What can be wrong with personas."""

from __future__ import annotations

from desireline.engine.errors import DesirelineError


class PersonaMissing(DesirelineError):
    """There is no such persona."""

    status = 404


class PersonaStale(DesirelineError):
    """Somebody else has changed the persona since it was read."""

    status = 409


class PhotoUnfit(DesirelineError):
    """The photo is no picture that a page may show."""

    status = 422


class PersonasUnbound(DesirelineError):
    """No persona has a rule, so nothing can be counted."""

    status = 409
