"""What a request tells of who sends it, and of how browsers see this server."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from fastapi import Request, Response

from desireline.kit.access import SESSION_COOKIE
from desireline.kit.networks import cut
from desireline.kit.proxies import first_stranger
from desireline.modules.rooms import Rooms
from desireline.modules.team.service.passkeys import Site
from desireline.modules.team.service.sessions import LONGEST, Visit

SECOND = 1_000_000
STATE_COOKIE = "desireline_oidc"
STATE_SECONDS = 600


def visit_of(request: Request) -> Visit:
    """Where a request comes from, with what device, and in which session."""
    rooms: Rooms = request.app.state.rooms
    near = request.client.host if request.client else ""
    forwarded = request.headers.get("x-forwarded-for", "")
    address = first_stranger(near, forwarded, rooms.workspace.settings.trusted_proxies)
    return Visit(
        address=_counted(address),
        network=cut(address),
        device=request.headers.get("user-agent", ""),
        session=request.cookies.get(SESSION_COOKIE, ""),
    )


def address_of(request: Request) -> str:
    """The address of this server as the browser sees it: `https://map.example.com`."""
    rooms: Rooms = request.app.state.rooms
    told = rooms.workspace.settings.public_url.rstrip("/")
    if told:
        return told
    scheme = "https" if is_secure(request) else request.url.scheme
    return f"{scheme}://{request.url.netloc}"


def site_of(request: Request) -> Site:
    """This server as passkeys know it: they are for names, and not for numbers."""
    address = address_of(request)
    parts = urlsplit(address)
    host = parts.hostname or ""
    named = not _is_number(host)
    trusted = parts.scheme == "https" or host == "localhost" or host.endswith(".localhost")
    return Site(address, host, named and trusted)


def is_secure(request: Request) -> bool:
    """Whether the browser speaks TLS, to us or to a proxy before us.

    A header that says so wrongly harms only who sends it: her browser keeps the cookie to itself.
    """
    rooms: Rooms = request.app.state.rooms
    return (
        request.url.scheme == "https"
        or rooms.workspace.settings.public_url.startswith("https://")
        or request.headers.get("x-forwarded-proto", "").strip().lower() == "https"
    )


def let_in(request: Request, response: Response, token: str) -> None:
    """The browser shows the session from now on."""
    response.set_cookie(
        SESSION_COOKIE,
        token,
        max_age=LONGEST // SECOND,
        path="/",
        httponly=True,
        samesite="lax",
        secure=is_secure(request),
    )


def let_out(response: Response) -> None:
    """The browser shows none any more."""
    response.delete_cookie(SESSION_COOKIE, path="/", httponly=True, samesite="lax")


def _counted(address: str) -> str:
    """An address as tries are counted: whoever has one of IPv6 has a network of them."""
    return address if "." in address and ":" not in address else cut(address) or address


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
