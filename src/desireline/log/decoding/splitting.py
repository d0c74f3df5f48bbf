"""Cuts a body into its events, also where some of them are broken."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec
from msgspec import Raw

from desireline.log.rejecting import Unfit

LISTS = ("events", "batch")
"""The names under which a body may hold its list."""

_BEGIN = re.compile(rb'[ \t\r\n]*\{[ \t\r\n]*"(?:events|batch)"[ \t\r\n]*:[ \t\r\n]*(?=\[)')
_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|["{}\[\],]', re.DOTALL)
_SPACE = b" \t\r\n"
_CLOSES = {ord("["): ord("]"), ord("{"): ord("}")}

_raws = msgspec.json.Decoder(list[Raw]).decode


def split(body: bytes) -> list[bytes | Raw]:
    """The bytes of each event of a body: one event, a list, or an object that holds a list.

    Where the brackets are in order, an event that is no JSON inside is cut out like any other.
    Raises Unfit for a body that is neither.
    """
    listed = _listed(body)
    if listed is None:
        return [body] if not _wraps_list(body) else _elements(_only_list(body))
    try:
        return list(_raws(listed))
    except (msgspec.DecodeError, RecursionError):
        return _elements(_only_list(body) if body.lstrip(_SPACE)[:1] == b"{" else body)


def may_hold_list(body: bytes) -> bool:
    """Whether one of the names of lists stands anywhere in a body; looks no closer."""
    return b'"events"' in body or b'"batch"' in body


def _listed(body: bytes) -> memoryview | None:
    """The list that a body is, or seems to hold and nothing else."""
    begin = _BEGIN.match(body)
    if begin:
        end = len(body.rstrip(_SPACE))
        return memoryview(body)[begin.end() : max(begin.end(), end - 1)]
    return memoryview(body) if body.lstrip(_SPACE)[:1] == b"[" else None


def _wraps_list(body: bytes) -> bool:
    """Whether an object has one of the names of lists; a mention inside an event does not count."""
    if not may_hold_list(body):
        return False
    try:
        return any(name in LISTS for name, _ in _members(body))
    except Unfit:
        return False  # its one event is told what is wrong with it


def _only_list(body: bytes) -> bytes:
    members = _members(body)
    names = [name for name, _ in members]
    beside = [name for name in names if name not in LISTS]
    if beside:
        raise Unfit(
            "field_unknown",
            f"Beside its list of events, the body holds `{beside[0]}`.",
            hint='Send {"events": [...]} and nothing else; what belongs to each event goes there.',
        )
    if len(names) > 1:
        raise Unfit(
            "name_twice",
            f"The body holds {len(names)} lists of events.",
            hint='Send one list: {"events": [...]}.',
        )
    if members[0][1][:1] != b"[":
        raise Unfit(
            "body_wrong",
            f"`{names[0]}` is not a list.",
            hint='Send {"events": [...]}, also for a single event.',
        )
    return members[0][1]


def _members(body: bytes) -> list[tuple[str, bytes]]:
    found = []
    for part in _parts(body):
        name = _TOKEN.match(part)
        after = part[name.end() :].lstrip(_SPACE) if name else b""
        if name is None or after[:1] != b":":
            raise not_json("a member of the object has no name")
        found.append((name[0][1:-1].decode(errors="replace"), after[1:].strip(_SPACE)))
    return found


def _elements(listed: bytes) -> list[bytes | Raw]:
    return list(_parts(listed))


def _parts(data: bytes) -> list[bytes]:
    """What stands between the commas of the outermost brackets. Raises Unfit."""
    parts: list[bytes] = []
    begin = 0
    for token, depth in _signs(data):
        sign, place = token[0], token.start()
        if depth == 0:
            _take(parts, data[begin:place], place, last=True)
            if data[place + 1 :].strip(_SPACE):
                raise not_json(f"something follows its end, at byte {place + 1}")
            return parts
        if depth == 1 and sign == b",":
            _take(parts, data[begin:place], place, last=False)
        if depth == 1 and (sign == b"," or begin == 0):
            begin = place + 1
    raise not_json("it ends before its brackets are closed")


def _signs(data: bytes) -> Iterator[tuple[re.Match[bytes], int]]:
    """Brackets and commas outside of texts, each with how many brackets are open after it."""
    opened = bytearray()
    for token in _TOKEN.finditer(data):
        sign, place = token[0], token.start()
        if sign == b'"':
            raise not_json(f"the text that begins at byte {place} does not end")
        if len(sign) > 1:
            continue
        if sign in b"[{":
            opened += sign
        elif sign != b"," and (not opened or _CLOSES[opened.pop()] != sign[0]):
            raise not_json(f"the bracket at byte {place} closes nothing")
        yield token, len(opened)


def _take(parts: list[bytes], part: bytes, place: int, *, last: bool) -> None:
    part = part.strip(_SPACE)
    if part:
        parts.append(part)
    elif parts or not last:
        raise not_json(f"nothing stands before byte {place}")


def not_json(problem: str) -> Unfit:
    """The error of a body whose events cannot be told apart."""
    return Unfit(
        "body_not_json",
        f"The body is not JSON: {problem}.",
        hint="Send JSON in UTF-8: one event, a list of events, or an object with `events`.",
    )
