"""Sends a request to a host that users name, within limits."""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

import httpcore
import httpx

from desireline.kit.egress.addresses import Network, Resolve, resolve
from desireline.kit.egress.errors import (
    AnswerTooLarge,
    AnswerTooSlow,
    AnswerUnreadable,
    HostUnreachable,
    RedirectsTooMany,
    RequestUnusable,
)
from desireline.kit.egress.guarded import Deadline, GuardedBackend

OURS = {"User-Agent": "Desireline", "Accept-Encoding": "identity", "Accept": "*/*"}


@dataclass(frozen=True)
class Answer:
    """What a host answered; `url` is where it came from after redirects."""

    status: int
    headers: httpx.Headers
    body: bytes
    url: str


@dataclass(frozen=True)
class Limits:
    """What is waited for: seconds for the whole, redirects with it; bytes of the body."""

    seconds: float = 10.0
    answer_bytes: int = 5_000_000
    redirects: int = 5


class Egress:
    """The one way out over HTTP.

    Goes to the open internet and to networks that are `allowed` by name; never to this machine,
    its private networks or link-local addresses, whatever name, redirect or form of an address
    leads there. Each request has its own connection. Proxies of the environment are not used.
    `tls` are the certificates that are trusted; those of certifi unless told.
    """

    def __init__(
        self,
        allowed: Sequence[Network] = (),
        limits: Limits | None = None,
        *,
        resolver: Resolve = resolve,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._allowed, self._resolver = tuple(allowed), resolver
        self._limits, self._told_tls = limits or Limits(), tls

    def fetch(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes = b"",
    ) -> Answer:
        """The answer, whatever its status. Raises one of the errors of this room."""
        deadline = Deadline(self._limits.seconds)
        backend = GuardedBackend(self._allowed, self._resolver, deadline)
        with (
            self._telling(url),
            httpcore.ConnectionPool(self._tls, network_backend=backend) as pool,
        ):
            client = httpx.Client(
                transport=_Transport(pool),
                headers=OURS,
                timeout=None,  # noqa: S113 - the deadline holds for every step
                trust_env=False,
                follow_redirects=True,
                max_redirects=self._limits.redirects,
            )
            with client, client.stream(method, url, headers=headers, content=content) as answer:
                body = self._body(answer)
                return Answer(answer.status_code, answer.headers, body, str(answer.url))

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return self._told_tls or httpx.create_ssl_context(trust_env=False)

    def _body(self, answer: httpx.Response) -> bytes:
        packed = answer.headers.get("content-encoding", "identity")
        if packed != "identity":
            raise AnswerUnreadable(
                f"The host {answer.url.host} sent its answer packed ({packed[:20]}) unasked.",
                hint="It has to answer as the header Accept-Encoding: identity asks.",
            )
        body = bytearray()
        for piece in answer.iter_raw():
            body += piece
            if len(body) > self._limits.answer_bytes:
                raise AnswerTooLarge(
                    f"The answer of {answer.url.host} has more than"
                    f" {self._limits.answer_bytes:,} bytes.",
                    hint="Ask for less.",
                )
        return bytes(body)

    @contextmanager
    def _telling(self, url: str) -> Iterator[None]:
        """Says in a sentence what the libraries say."""
        try:
            yield
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpcore.UnsupportedProtocol):
            raise RequestUnusable(
                f"{url[:200]!r} is no address of a web page.",
                hint="It begins with https:// or http:// and a host.",
            ) from None
        except (httpcore.LocalProtocolError, UnicodeError) as error:
            raise RequestUnusable(
                f"The request to {url[:200]!r} cannot be sent: {error}.",
                hint="Look for line ends and foreign letters in its headers.",
            ) from None
        except httpx.TooManyRedirects:
            raise RedirectsTooMany(
                f"{url[:200]!r} sends on more than {self._limits.redirects} times.",
                hint="Name the address at which it ends.",
            ) from None
        except httpcore.TimeoutException:
            raise AnswerTooSlow(
                f"{url[:200]!r} has not answered within {self._limits.seconds:g} s.",
                hint="Try again later.",
            ) from None
        except (httpcore.NetworkError, httpcore.ProtocolError, httpx.TransportError) as error:
            raise HostUnreachable(
                f"{url[:200]!r} cannot be reached: {error or 'it hangs up'}.",
                hint="See that the host runs and speaks HTTP at this address.",
            ) from error


class _Transport(httpx.BaseTransport):
    """Between httpx, which knows redirects and cookies, and httpcore, which knows connections."""

    def __init__(self, pool: httpcore.ConnectionPool) -> None:
        self._pool = pool

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=request.headers.raw,
                content=request.stream,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()
