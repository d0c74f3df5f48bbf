"""What can be wrong with an upload, an import, or a saved mapping."""

from __future__ import annotations

from typing import Any

from desireline.engine.errors import DesirelineError
from desireline.kit.problems import code_of


class UploadTooLarge(DesirelineError):
    """The file is larger than this server takes."""

    status = 413


class UploadUnreadable(DesirelineError):
    """The body holds no file."""

    status = 400


class UploadUnwritable(DesirelineError):
    """The disk has no room for the file, or refuses it."""

    status = 507


class ImportMissing(DesirelineError):
    """There is no such import."""

    status = 404


class ImportBusy(DesirelineError):
    """The import is in a state in which this cannot be asked of it."""

    status = 409


class UploadGone(DesirelineError):
    """The file of an import was deleted."""

    status = 410


class MappingMissing(DesirelineError):
    """There is no mapping of this name."""

    status = 404


class MappingNameUnfit(DesirelineError):
    """A mapping cannot be called so."""


class WorkspaceInUse(DesirelineError):
    """There are events already, and made-up ones would lie among them for ever."""

    status = 409


def told(error: DesirelineError) -> dict[str, Any]:
    """What is kept and shown of an error that is no answer to a request."""
    code = code_of(type(error))
    return {"sentence": str(error), "hint": error.hint, "code": code, "values": error.values}
