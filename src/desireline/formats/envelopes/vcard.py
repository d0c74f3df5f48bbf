"""vCards (versions 2.1, 3.0 and 4.0): a card is an `identified` event with its traits."""

from __future__ import annotations

import quopri
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from desireline.formats.duck import Duck
from desireline.formats.envelopes.choices import Choices
from desireline.formats.envelopes.envelope import Envelope, Envelopes, id_of
from desireline.formats.tables.plain_file import PlainFile
from desireline.formats.tables.table import Table
from desireline.kit.foreign_words import is_email

MOST_CHARACTERS = 200
LONGEST_VALUE = 10_000
LEFT_OUT = ("photo", "logo", "sound", "key")
"""What is large, and says nothing that can be counted."""
TRAITS = {
    "fn": "name",
    "title": "title",
    "role": "role",
    "bday": "birthday",
    "anniversary": "anniversary",
    "gender": "gender",
    "lang": "language",
    "tz": "time_zone",
    "note": "note",
    "nickname": "nickname",
    "url": "website",
    "kind": "kind",
}
ADDRESS = ("post_box", "extension", "street", "city", "region", "postal_code", "country")
_ESCAPED = re.compile(r"\\(.)")


class Line(NamedTuple):
    """One property of a card: `item1.EMAIL;TYPE=home:ann@example.com`."""

    name: str
    params: str
    value: str


def open_vcard(
    duck: Duck, file: PlainFile, choices: Choices, tell: Callable[[float], None]
) -> Table:
    """The cards of a file. Raises FileBroken, FileEmpty."""
    changed = datetime.fromtimestamp(int(file.path.stat().st_mtime), UTC)
    left_out = undated = 0
    with Envelopes(duck.folder, choices.most) as envelopes:
        for place, card, is_whole in _cards(file, tell):
            left_out += sum(line.name in LEFT_OUT for line in card)
            who = _who(card)
            if not is_whole:
                envelopes.reject(place, card, "it has no END:VCARD: the file is cut off")
            elif not who:
                envelopes.reject(place, card, "it has no e-mail address, phone number or UID")
            else:
                at = _revised(card)
                undated += at is None
                envelopes.add(place, _envelope(card, who, at or changed, choices))
    if left_out:
        envelopes.notes.append(f"{left_out:,} pictures, sounds and keys were left out.")
    if undated:
        envelopes.notes.append(
            f"{undated:,} cards do not say when they were changed (REV); they got the time of the"
            " file."
        )
    return envelopes.table(duck, file.name, "line", "vCard")


def _cards(
    file: PlainFile, tell: Callable[[float], None]
) -> Iterator[tuple[int, list[Line], bool]]:
    size, done, place = max(file.path.stat().st_size, 1), 0, 0
    card: list[Line] | None = None
    with file.path.open("rb") as source:
        for number, text in _unfolded(source):
            done += len(text)
            upper = text[:11].upper()
            if upper == "BEGIN:VCARD":
                if card is not None:
                    yield place, card, False
                place, card = number, []
                if number % 10_000 == 0:
                    tell(min(done / size, 1.0))
            elif upper.startswith("END:VCARD") and card is not None:
                yield place, card, True
                card = None
            elif card is not None and text:
                card.append(_line(text))
    if card is not None:
        yield place, card, False


def _unfolded(source: Any) -> Iterator[tuple[int, str]]:
    """Logical lines: what begins with a space goes on with the line before (RFC 6350, 3.2)."""
    held, began, number = b"", 0, 0
    for raw in source:
        number += 1
        line = raw.rstrip(b"\r\n")
        soft = held.endswith(b"=") and b"QUOTED-PRINTABLE" in held.upper()
        if held and (line[:1] in (b" ", b"\t") or soft):
            held = held[:-1] + line if soft else held + line[1:]
            continue
        if held:
            yield began, held.decode("utf-8", "backslashreplace")
        held, began = line.removeprefix(b"\xef\xbb\xbf"), number
    if held:
        yield began, held.decode("utf-8", "backslashreplace")


def _line(text: str) -> Line:
    head, _, value = text.partition(":")
    if head.count('"') % 2:  # a colon within a quoted parameter
        more, _, value = value.partition(":")
        head += ":" + more
    name, _, params = head.partition(";")
    upper = params.upper()
    if "QUOTED-PRINTABLE" in upper:
        said = re.search(r"CHARSET=([\w-]+)", upper)
        raw = quopri.decodestring(value.encode("utf-8", "surrogateescape"))
        try:
            value = raw.decode(said[1] if said else "utf-8")
        except (LookupError, UnicodeDecodeError):
            value = raw.decode("latin-1")
    return Line(name.rpartition(".")[2].lower(), upper, value.strip())


def _who(card: list[Line]) -> dict[str, str]:
    who: dict[str, str] = {}
    emails = [e for e in _values(card, "email", "mailto:") if is_email(e)]
    phones = [p for p in map(_phone, _values(card, "tel", "tel:")) if p]
    uids = [u for u in _values(card, "uid", "urn:uuid:") if 0 < len(u) <= MOST_CHARACTERS]
    for kind, found in (("email", emails), ("phone", phones), ("vcard_uid", uids)):
        if found:
            who[kind] = found[0]
    return who


def _values(card: list[Line], name: str, prefix: str) -> list[str]:
    """What a card has under a name, the preferred first."""
    found = [line for line in card if line.name == name and line.value]
    found.sort(key=lambda line: "PREF" not in line.params)
    values = [unescaped(line.value) for line in found]
    return [v[len(prefix) :] if v.lower().startswith(prefix) else v for v in values]


def _phone(text: str) -> str:
    """Digits, with the plus in front where there is one; an extension stays out."""
    number = re.split(r"(?i);|ext|x", text)[0]
    digits = re.sub(r"\D", "", number)
    return ("+" if number.strip().startswith("+") else "") + digits if digits else ""


def _revised(card: list[Line]) -> datetime | None:
    for line in card:
        if line.name == "rev":
            try:
                at = datetime.fromisoformat(line.value)
            except ValueError:
                return None
            return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return None


def _envelope(card: list[Line], who: dict[str, str], at: datetime, choices: Choices) -> Envelope:
    said = sorted(f"{line.name};{line.params}:{line.value}" for line in card)
    return Envelope(
        id=id_of(choices.namespace, "vcard", *said),
        type="identified",
        kind="identify",
        at=at.isoformat().replace("+00:00", "Z"),
        direction="internal",
        identifiers=who,
        properties=_traits(card),
    )


def _traits(card: list[Line]) -> dict[str, Any]:
    traits: dict[str, Any] = {}
    for line in card:
        for name, value in _said(line._replace(value=line.value[:LONGEST_VALUE])):
            if value:
                traits.setdefault(name, value)
    several = {
        "emails": _values(card, "email", "mailto:"),
        "phones": _values(card, "tel", "tel:"),
    }
    return traits | {name: found for name, found in several.items() if len(found) > 1}


def _said(line: Line) -> Iterable[tuple[str, Any]]:
    """The traits that a line tells."""
    if line.name in TRAITS:
        return [(TRAITS[line.name], unescaped(line.value))]
    if line.name == "n":
        return zip(("last_name", "first_name", "middle_name"), parts_of(line.value), strict=False)
    if line.name == "org":
        return zip(("company", "department"), parts_of(line.value), strict=False)
    if line.name == "adr":
        named = zip(ADDRESS, parts_of(line.value), strict=False)
        return [("address", {name: part for name, part in named if part})]
    if line.name == "categories":
        return [("tags", [unescaped(part) for part in split(line.value, ",")])]
    return ()


def parts_of(value: str) -> list[str]:
    """The parts of a value between semicolons."""
    return [unescaped(part).strip() for part in split(value, ";")]


def split(value: str, sign: str) -> list[str]:
    """A value cut at a sign that no backslash stands before."""
    if "\\" not in value:
        return value.split(sign)
    return re.split(rf"(?<!\\){sign}", value)


def unescaped(text: str) -> str:
    """A value without backslashes (RFC 6350, 3.4)."""
    if "\\" not in text:
        return text
    return _ESCAPED.sub(lambda m: "\n" if m[1] in "nN" else m[1], text)
