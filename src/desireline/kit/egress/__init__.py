"""The one HTTP client: what users point at may not be what only this machine can reach."""

from __future__ import annotations

from desireline.kit.egress.client import Answer, Egress
from desireline.kit.egress.errors import (
    AddressForbidden,
    AnswerTooLarge,
    AnswerTooSlow,
    AnswerUnreadable,
    HostUnknown,
    HostUnreachable,
    RedirectsTooMany,
    RequestUnusable,
)

__all__ = [
    "AddressForbidden",
    "Answer",
    "AnswerTooLarge",
    "AnswerTooSlow",
    "AnswerUnreadable",
    "Egress",
    "HostUnknown",
    "HostUnreachable",
    "RedirectsTooMany",
    "RequestUnusable",
]
