"""What the door answers before any route is asked: whole responses, made once."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

import msgspec

from desireline.kit.problems import MEDIA_TYPE


@dataclass(frozen=True)
class Refusal:
    """A status, a code and a sentence, ready to be written."""

    status: int
    code: str
    sentence: str
    hint: str
    retry_seconds: int = 0

    @property
    def response(self) -> bytes:
        """The whole HTTP response, after which the connection is closed."""
        phrase = HTTPStatus(self.status).phrase
        body = msgspec.json.encode(
            {
                "type": f"/problems/{self.code}",
                "title": self.code.replace("_", " ").capitalize(),
                "status": self.status,
                "code": self.code,
                "detail": self.sentence,
                "hint": self.hint,
            }
        )
        retry = f"retry-after: {self.retry_seconds}\r\n" if self.retry_seconds else ""
        head = (
            f"HTTP/1.1 {self.status} {phrase}\r\n"
            f"content-type: {MEDIA_TYPE}\r\n"
            f"content-length: {len(body)}\r\n"
            f"{retry}x-content-type-options: nosniff\r\nconnection: close\r\n\r\n"
        )
        return head.encode("ascii") + body


UNREADABLE = Refusal(
    400, "request_unreadable", "This is not HTTP.", "Speak HTTP/1.1; for HTTPS ask the proxy."
)
HEAD_SLOW = Refusal(
    408,
    "head_too_slow",
    "The request's head did not come in time.",
    "Send the whole head at once.",
)
BODY_SLOW = Refusal(
    408,
    "body_too_slow",
    "The request's body came too slowly.",
    "Send smaller batches, or find a better line.",
)
BODY_TOO_LARGE = Refusal(
    413,
    "body_too_large",
    "The request's body is larger than this server takes.",
    "Send fewer events in each batch.",
)
HEAD_TOO_LARGE = Refusal(
    431,
    "head_too_large",
    "The request's head is larger than this server takes.",
    "Send fewer or shorter header fields.",
)
CROWDED = Refusal(
    503,
    "too_many_connections",
    "All connections are in use.",
    "Use one connection for many requests.",
    retry_seconds=2,
)
BODIES_FULL = Refusal(
    503,
    "too_many_bodies",
    "The bodies of unanswered requests fill the memory set aside for them.",
    "Send again a little later.",
    retry_seconds=2,
)
