"""What can be wrong with a request about a map."""

from __future__ import annotations

from desireline.engine.errors import DesirelineError


class MapUnknown(DesirelineError):
    """There is no map of this key, or no such version of it."""

    status = 404


class MapUnpublished(DesirelineError):
    """The map has a draft and no published version yet."""

    status = 404


class MapVersionStale(DesirelineError):
    """Somebody else has changed the map since it was read."""

    status = 409


class MapVersionUnnamed(DesirelineError):
    """A change does not say which state of the map it was made from."""

    status = 428


class MapKeyDiffers(DesirelineError):
    """The document bears another key than its address."""


class MapUnsaid(DesirelineError):
    """The body is no document of a map at all."""

    status = 400


class NothingToPublish(DesirelineError):
    """The map has no draft."""

    status = 409


class LogEmpty(DesirelineError):
    """There are no events, so nothing can be discovered in them."""

    status = 409
