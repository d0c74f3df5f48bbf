"""Access logs of Apache and nginx: common, combined, with a host in front, and as JSON lines.

A visitor is a hash of address and user agent, other each day, made before anything is written: an
IP address never leaves this file. Lines that are none are kept with their addresses cut.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from secrets import token_hex
from typing import Any, NamedTuple

import msgspec
from msgspec import UNSET

from desireline.formats.duck import Duck
from desireline.formats.envelopes.choices import Choices
from desireline.formats.envelopes.envelope import Envelope, Envelopes
from desireline.formats.tables.plain_file import PlainFile
from desireline.formats.tables.table import Table
from desireline.kit.agents import bot_of
from desireline.kit.networks import without_addresses

LONGEST_LINE = 1 << 20
QUOTED = r'"([^"\\]*(?:\\.[^"\\]*)*)"'
LINE = re.compile(
    r"(?:(\S+) )?(\S+) (\S+) (\S+) \[([^\]]+)\] " + QUOTED + r" (\d{3}) (\d+|-)"
    rf"(?: {QUOTED} {QUOTED})?(.*)"
)
MONTHS = {
    name: number
    for number, name in enumerate(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), 1
    )
}
ASSETS = re.compile(
    r"\.(?:css|js|mjs|map|png|jpe?g|gif|svg|webp|avif|ico|woff2?|ttf|otf|eot|mp4|webm|mp3)$",
    re.IGNORECASE,
)
NAMES: Mapping[str, tuple[str, ...]] = {
    "address": ("remote_addr", "remote_ip", "client_ip", "remoteip", "ip", "host", "clientip"),
    "user": ("remote_user", "user", "auth"),
    "time": ("time_iso8601", "time_local", "@timestamp", "timestamp", "time", "msec", "ts"),
    "request": ("request", "request_line"),
    "method": ("request_method", "method", "verb"),
    "path": ("request_uri", "uri", "path", "url"),
    "status": ("status", "response", "code"),
    "bytes": ("body_bytes_sent", "bytes_sent", "bytes", "size"),
    "referrer": ("http_referer", "referer", "referrer"),
    "agent": ("http_user_agent", "user_agent", "agent", "useragent"),
    "host": ("http_host", "server_name", "vhost"),
    "seconds": ("request_time", "duration"),
}
"""What the fields of JSON lines are usually called, in small letters."""


class Hit(NamedTuple):
    """One request, as a line tells it."""

    host: str
    address: str
    user: str
    time: str
    method: str
    target: str
    status: int
    bytes: int
    referrer: str
    agent: str
    seconds: float | None = None


class LineUnreadable(Exception):
    """A line is no request: why. Never leaves this room."""


def is_access_line(start: bytes) -> bool:
    """Whether a file begins as an access log does."""
    first = start.split(b"\n", 1)[0].decode(errors="replace").strip()
    if first.startswith("{"):
        try:
            return is_access_record(msgspec.json.decode(first))
        except msgspec.DecodeError:
            return False
    return LINE.fullmatch(first) is not None


def is_access_record(record: Any) -> bool:
    """Whether a record of JSON looks like a request."""
    if not isinstance(record, dict):
        return False
    names = {str(name).lower() for name in record}
    asked = names & {*NAMES["request"], "request_uri", "uri"}
    return (
        bool(asked)
        and bool(names & {"remote_addr", "remote_ip", "client_ip", "remoteip"})
        and (bool(names & {*NAMES["status"]}))
    )


def open_access_log(
    duck: Duck, file: PlainFile, choices: Choices, tell: Callable[[float], None]
) -> Table:
    """The requests of a log, one event each. Raises FileBroken, FileEmpty."""
    visitor = _Visitors(choices.salt)
    more = 0
    with Envelopes(duck.folder, choices.most) as envelopes:
        for number, line in _lines(file.path, tell):
            try:
                hit, rest = _hit(line)
                envelopes.add(number, _envelope(hit, visitor))
                more += rest
            except LineUnreadable as problem:
                envelopes.rejected.add(number, without_addresses(line), str(problem))
    if more:
        envelopes.notes.append(
            f"{more:,} lines say more than the combined form has room for, which was not read."
        )
    return envelopes.table(duck, file.name, "line", "access log")


def _lines(path: Path, tell: Callable[[float], None]) -> Iterator[tuple[int, str]]:
    size = path.stat().st_size
    with path.open("rb") as file:
        number = 0
        while raw := file.readline(LONGEST_LINE):
            number += 1
            if number % 50_000 == 0:
                tell(file.tell() / size)
            if len(raw) == LONGEST_LINE and not raw.endswith(b"\n"):
                yield number, raw[:200].decode(errors="backslashreplace")
                while raw and not raw.endswith(b"\n"):
                    raw = file.readline(LONGEST_LINE)
                continue
            line = raw.decode(errors="backslashreplace").strip("\r\n\ufeff ")
            if line:
                yield number, line


def _hit(line: str) -> tuple[Hit, bool]:
    """A line taken apart, and whether it says more. Raises LineUnreadable."""
    if line.startswith("{"):
        return _hit_of_record(line), False
    found = LINE.fullmatch(line)
    if found is None:
        raise LineUnreadable("it is no line of the common or combined form")
    host, address, _, user, time, request, status, size, referrer, agent, rest = found.groups()
    method, target = _asked(request)
    hit = Hit(
        host=host or "",
        address=address,
        user=_said(user),
        time=_moment(time),
        method=method,
        target=target,
        status=int(status),
        bytes=0 if size == "-" else int(size),
        referrer=_said(referrer),
        agent=_said(agent),
    )
    return hit, rest != ""


def _asked(request: str) -> tuple[str, str]:
    method, _, rest = request.partition(" ")
    target = rest.rpartition(" ")[0] or rest
    if not target or not method.isalpha():
        raise LineUnreadable("its request has no method and path")
    return method.upper(), target


def _hit_of_record(line: str) -> Hit:
    try:
        record = msgspec.json.decode(line, type=dict[str, Any])
    except msgspec.DecodeError as error:
        raise LineUnreadable(f"it is not JSON ({error})") from error
    held = {name.lower(): value for name, value in record.items()}
    told = {what: _first(held, names) for what, names in NAMES.items()}
    method, target = told["method"], told["path"]
    if told["request"] and " " in told["request"]:
        method, target = _asked(told["request"])
    if not (told["address"] and told["time"] and target and told["status"].isdigit()):
        raise LineUnreadable("it does not say who asked for what, when, and with which status")
    return Hit(
        host=told["host"],
        address=told["address"],
        user=_said(told["user"]),
        time=_moment(told["time"]),
        method=(method or "GET").upper(),
        target=target,
        status=int(told["status"]),
        bytes=int(told["bytes"]) if told["bytes"].isdigit() else 0,
        referrer=_said(told["referrer"]),
        agent=_said(told["agent"]),
        seconds=_number(told["seconds"]),
    )


def _first(held: Mapping[str, Any], names: tuple[str, ...]) -> str:
    found = (held[name] for name in names if held.get(name) not in (None, "", "-"))
    return str(next(found, ""))


def _said(text: str | None) -> str:
    return "" if text is None or text == "-" else text


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


@lru_cache(1024)
def _moment(text: str) -> str:
    """A time as ISO 8601 in UTC. Raises LineUnreadable."""
    try:
        if text[2:3] == "/":
            day, month, rest = text.split("/", 2)
            year, clock = rest.split(":", 1)
            clock, _, zone = clock.partition(" ")
            at = datetime.fromisoformat(f"{year}-{MONTHS[month]:02}-{day}T{clock}{zone or 'Z'}")
        elif text.replace(".", "", 1).isdigit():
            at = datetime.fromtimestamp(float(text), UTC)
        else:
            at = datetime.fromisoformat(text)
    except (ValueError, KeyError, OverflowError, OSError) as error:
        raise LineUnreadable(f"{text!r} is not a time") from error
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return at.isoformat().replace("+00:00", "Z")


class _Visitors:
    """Gives the id of a visitor: other each day, and nobody can compute it without the salt."""

    def __init__(self, salt: str) -> None:
        self._salted = blake2b(digest_size=16, key=(salt or token_hex(16)).encode()[:64])

    def __call__(self, hit: Hit) -> str:
        digest = self._salted.copy()
        digest.update(f"{hit.time[:10]}\0{hit.address}\0{hit.agent}".encode())
        return digest.hexdigest()


def _envelope(hit: Hit, visitor: Callable[[Hit], str]) -> Envelope:
    path, _, query = hit.target.partition("?")
    kind = _type(hit, path)
    who = {"anonymous_id": visitor(hit)}
    if hit.user:
        who = {"user_id": hit.user[:200], **who}
    properties: dict[str, Any] = {"path": path, "status": hit.status, "bytes": hit.bytes}
    if hit.method != "GET":
        properties["method"] = hit.method
    more = {"query": query, "referrer": hit.referrer, "host": hit.host}
    properties |= {name: value for name, value in more.items() if value}
    if hit.seconds is not None:
        properties["seconds"] = hit.seconds
    return Envelope(
        type=kind,
        kind="page" if kind == "page_viewed" else "track",
        at=hit.time,
        channel="web",
        identifiers=who,
        properties=properties,
        context=_context(hit.agent),
    )


def _type(hit: Hit, path: str) -> str:
    if hit.status >= 400:
        return "request_failed"
    if hit.method not in ("GET", "HEAD"):
        return "form_sent"
    if ASSETS.search(path):
        return "file_requested"
    return "redirected" if 300 <= hit.status < 400 and hit.status != 304 else "page_viewed"


def _context(agent: str) -> Any:
    if not agent:
        return UNSET
    bot = bot_of(agent)
    if bot is None:
        return {"user_agent": agent}
    return {"user_agent": agent, "bot": bot[0], "bot_kind": bot[1]}
