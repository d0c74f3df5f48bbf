"""Reads a request's body whole, never more of it than the route takes."""

from __future__ import annotations

import zlib

from fastapi import Request

from desireline.engine.errors import DesirelineError

GZIP = b"\x1f\x8b"
GZIP_WINDOW = 31  # what zlib calls a gzip wrapper around the largest window
PIECE = 1 << 20


class BodyTooLarge(DesirelineError):
    """The body, or what it unpacks to, is larger than the route takes."""

    status = 413


class BodyUnpackable(DesirelineError):
    """The body begins like gzip, and is not, or is cut off."""

    status = 400


class EncodingUnknown(DesirelineError):
    """The body is packed in a way that this server does not know."""

    status = 415


class ClientGone(DesirelineError):
    """The client has left before its request was whole; nobody reads this."""

    status = 400


async def read_body(request: Request, most_bytes: int) -> bytes:
    """The whole body as sent. BodyTooLarge."""
    whole: bytes | None = request.scope.get("body")  # where the server has gathered it already
    if whole is not None and len(whole) <= most_bytes:
        return whole
    body = bytearray()
    while True:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            raise ClientGone("The client has left.")
        body += message.get("body", b"")
        if len(body) > most_bytes:
            raise _too_large(most_bytes)
        if not message.get("more_body", False):
            return bytes(body)


def unpacked(body: bytes, most_bytes: int) -> bytes:
    """The body, inflated where it is gzip by its first bytes, whatever its headers say.

    Some clients pack without saying so. Never more than `most_bytes` are inflated. Raises
    BodyTooLarge and BodyUnpackable.
    """
    if not body.startswith(GZIP):
        return body
    out = bytearray()
    while body:
        inflater = zlib.decompressobj(GZIP_WINDOW)
        try:
            while not inflater.eof:
                piece = inflater.decompress(body, PIECE)
                body = inflater.unconsumed_tail or inflater.unused_data
                out += piece
                if len(out) > most_bytes:
                    raise _too_large(most_bytes)
                if not piece and not inflater.eof and not body:
                    raise _unpackable("it is cut off")
        except zlib.error as error:
            raise _unpackable(str(error)) from None
        if not body.startswith(GZIP):
            break  # what follows the last member is padding
    return bytes(out)


def _too_large(most_bytes: int) -> BodyTooLarge:
    return BodyTooLarge(
        f"The body is larger than {most_bytes:,} bytes.",
        hint="Send it in smaller parts.",
        most=most_bytes,
    )


def _unpackable(why: str) -> BodyUnpackable:
    return BodyUnpackable(f"The body is no whole gzip: {why}.", hint="Pack it anew, or not at all.")
