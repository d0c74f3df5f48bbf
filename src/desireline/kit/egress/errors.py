"""What can become of an outgoing request."""

from __future__ import annotations

from desireline.engine.errors import DesirelineError


class RequestUnusable(DesirelineError):
    """The URL or a header is none that can be sent."""


class AddressForbidden(DesirelineError):
    """The host is one of this machine or its private networks."""

    status = 403


class HostUnknown(DesirelineError):
    """The name of the host leads nowhere."""

    status = 502


class HostUnreachable(DesirelineError):
    """The host does not take the request, or hangs up."""

    status = 502


class RedirectsTooMany(DesirelineError):
    """The host sends from one address to the next without end."""

    status = 502


class AnswerTooLarge(DesirelineError):
    """The answer has more bytes than are wanted."""

    status = 502


class AnswerUnreadable(DesirelineError):
    """The answer is packed although we asked for it as it is."""

    status = 502


class AnswerTooSlow(DesirelineError):
    """The answer was not complete in time."""

    status = 504
