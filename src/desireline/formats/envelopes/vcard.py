"""vCards (versions 2.1, 3.0 and 4.0): a card is an `identified` event with its traits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeAlias

from desireline.formats.duck import Duck
from desireline.formats.envelopes.cards import Line, cards
from desireline.formats.envelopes.choices import Choices
from desireline.formats.envelopes.envelope import Envelope, Envelopes, id_of
from desireline.formats.tables.plain_file import PlainFile
from desireline.formats.tables.table import Table
from desireline.kit.foreign_words import is_email

Card: TypeAlias = dict[str, list[Line]]
"""The lines of a card by name."""

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


def open_vcard(
    duck: Duck, file: PlainFile, choices: Choices, tell: Callable[[float], None]
) -> Table:
    """The cards of a file. Raises FileBroken, FileEmpty."""
    changed = datetime.fromtimestamp(int(file.path.stat().st_mtime), UTC)
    left_out = undated = 0
    with Envelopes(duck.folder, choices.most) as envelopes:
        for place, lines, is_whole in cards(file.path, tell):
            card = _by_name(lines)
            left_out += sum(len(card[name]) for name in LEFT_OUT if name in card)
            who = _who(card)
            if not is_whole:
                envelopes.reject(place, lines, "it has no END:VCARD: the file is cut off")
            elif not who:
                envelopes.reject(place, lines, "it has no e-mail address, phone number or UID")
            else:
                at = _revised(card)
                undated += at is None
                envelopes.add(place, _envelope(lines, card, who, at or changed, choices))
    if left_out:
        envelopes.notes.append(f"{left_out:,} pictures, sounds and keys were left out.")
    if undated:
        envelopes.notes.append(
            f"{undated:,} cards do not say when they were changed (REV); they got the time of the"
            " file."
        )
    return envelopes.table(duck, file.name, "line", "vCard")


def _by_name(card: list[Line]) -> Card:
    found: Card = {}
    for line in card:
        found.setdefault(line[0], []).append(line)
    return found


def _who(card: Card) -> dict[str, str]:
    who: dict[str, str] = {}
    emails = [e for e in _values(card, "email", "mailto:") if is_email(e)]
    phones = [p for p in map(_phone, _values(card, "tel", "tel:")) if p]
    uids = [u for u in _values(card, "uid", "urn:uuid:") if 0 < len(u) <= MOST_CHARACTERS]
    for kind, found in (("email", emails), ("phone", phones), ("vcard_uid", uids)):
        if found:
            who[kind] = found[0]
    return who


def _values(card: Card, name: str, prefix: str) -> list[str]:
    """What a card has under a name, the preferred first."""
    if name not in card:
        return []
    found = [line for line in card[name] if line[2]]
    if len(found) > 1:
        found.sort(key=lambda line: "PREF" not in line[1])
    values = [unescaped(line[2]) for line in found]
    if not any(":" in value for value in values):
        return values
    return [v[len(prefix) :] if v.lower().startswith(prefix) else v for v in values]


def _phone(text: str) -> str:
    """Digits, with the plus in front where there is one; an extension stays out."""
    number = re.split(r"(?i);|ext|x", text)[0]
    digits = re.sub(r"\D", "", number)
    return ("+" if number.strip().startswith("+") else "") + digits if digits else ""


def _revised(card: Card) -> datetime | None:
    for _, _, value in card.get("rev", ())[:1]:
        try:
            at = datetime.fromisoformat(value)
        except ValueError:
            return None
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return None


def _envelope(
    lines: list[Line], card: Card, who: dict[str, str], at: datetime, choices: Choices
) -> Envelope:
    said = sorted([f"{name};{params}:{value}" for name, params, value in lines])
    return Envelope(
        id=id_of(choices.namespace, "vcard", *said),
        type="identified",
        kind="identify",
        at=at.isoformat().replace("+00:00", "Z"),
        direction="internal",
        identifiers=who,
        properties=_traits(lines, card),
    )


def _traits(lines: list[Line], card: Card) -> dict[str, Any]:
    traits: dict[str, Any] = {}
    for name, _, value in lines:
        plain = TRAITS.get(name)
        if plain is not None:
            if value and plain not in traits:
                traits[plain] = unescaped(value[:LONGEST_VALUE])
        elif name in PARTED:
            for part, said in PARTED[name](value[:LONGEST_VALUE]):
                if said and part not in traits:
                    traits[part] = said
    for several, name, prefix in (("emails", "email", "mailto:"), ("phones", "tel", "tel:")):
        if len(card.get(name, ())) > 1:
            found = _values(card, name, prefix)
            traits |= {several: found} if len(found) > 1 else {}
    return traits


def _name(value: str) -> Iterable[tuple[str, Any]]:
    return zip(("last_name", "first_name", "middle_name"), parts_of(value), strict=False)


def _firm(value: str) -> Iterable[tuple[str, Any]]:
    return zip(("company", "department"), parts_of(value), strict=False)


def _address(value: str) -> Iterable[tuple[str, Any]]:
    named = zip(ADDRESS, parts_of(value), strict=False)
    return (("address", {name: part for name, part in named if part}),)


def _tags(value: str) -> Iterable[tuple[str, Any]]:
    return [("tags", [unescaped(part) for part in split(value, ",")])] if value else ()


PARTED: Mapping[str, Callable[[str], Iterable[tuple[str, Any]]]] = {
    "n": _name,
    "org": _firm,
    "adr": _address,
    "categories": _tags,
}
"""What has several parts, and the traits that these are."""


def parts_of(value: str) -> list[str]:
    """The parts of a value between semicolons."""
    if "\\" not in value:
        return [part.strip() for part in value.split(";")]
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
