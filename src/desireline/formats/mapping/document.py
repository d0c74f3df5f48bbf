"""The document: columns to roles, constants, the form of times, types renamed and left out."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from msgspec import Meta, Struct

from desireline.engine.errors import DesirelineError
from desireline.formats.usual_names import kind_of

FORMAT: Literal["desireline.mapping/1"] = "desireline.mapping/1"
USUAL_KIND = "user_id"
DIRECTIONS = ("inbound", "outbound", "internal")

Form = Literal[
    "csv", "json", "parquet", "xes", "ocel", "access-log", "mail", "vcard", "segment", "posthog"
]
TRACKING_FORMS: tuple[Form, ...] = ("access-log", "segment", "posthog")
"""Forms that tell what people did on pages and in apps, unless a mapping says otherwise."""
Constant = Literal["event", "channel", "actor", "currency", "direction"]
Column = Annotated[str, Meta(min_length=1)]

_KIND = re.compile(r"[a-z][a-z0-9_]{0,63}")
_CURRENCY = re.compile(r"[A-Z]{3}")


class MappingInvalid(DesirelineError):
    """A document that is no mapping, or says what cannot be."""


class Mapping(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a file of events means. What is not said is found by the usual names of columns.

    Columns are named as in the file, records within records with a dot (`user.id`).
    """

    format: Literal["desireline.mapping/1"] = FORMAT
    form: Annotated[
        Form | None, Meta(description="What the file is; else by its name and content.")
    ] = None
    who: Annotated[
        Column | dict[str, Column] | None,
        Meta(description="Whose event it is: a column, or kinds of identifiers with theirs."),
    ] = None
    identifier: Annotated[
        str | None, Meta(description="The kind of identifier, where `who` names no kinds.")
    ] = None
    event: Annotated[Column | None, Meta(description="The column that says what happened.")] = None
    time: Annotated[Column | None, Meta(description="The column that says when.")] = None
    time_format: Annotated[
        str | None,
        Meta(description="A strptime format, or day-first, month-first, iso, s, ms, us, ns."),
    ] = None
    time_zone: Annotated[
        str | None, Meta(description="Of times that say no zone: Europe/Berlin. Else UTC.")
    ] = None
    order: Annotated[
        tuple[Column, ...], Meta(description="Columns that decide the sequence instead.")
    ] = ()
    channel: Annotated[Column | None, Meta(description="The column with the channel.")] = None
    actor: Annotated[Column | None, Meta(description="The column that says who acted.")] = None
    value: Annotated[Column | None, Meta(description="The column with an amount of money.")] = None
    currency: Annotated[
        Column | None, Meta(description="The column with its currency, three letters.")
    ] = None
    direction: Annotated[
        Column | None, Meta(description="The column with inbound, outbound or internal.")
    ] = None
    id: Annotated[Column | None, Meta(description="The column with the events' own ids.")] = None
    constants: Annotated[
        dict[Constant, Column], Meta(description="Roles that are alike for every row.")
    ] = {}
    types: Annotated[
        dict[str, Column | None],
        Meta(description="Types of events by the names in the file; null leaves them out."),
    ] = {}
    properties: Annotated[
        Literal["all"] | tuple[Column, ...],
        Meta(description="The further columns that are kept; all of them unless told."),
    ] = "all"
    encoding: Annotated[str | None, Meta(description="Of a text that is not UTF-8.")] = None
    delimiter: Annotated[str | None, Meta(description="Of a CSV file, if it is not found.")] = None
    object_type: Annotated[
        str | None, Meta(description="OCEL: objects of this type make the journeys.")
    ] = None
    own: Annotated[
        tuple[str, ...], Meta(description="Mail: the firm's own domains or addresses.")
    ] = ()
    body_signs: Annotated[
        int, Meta(ge=0, le=10_000, description="Mail: how much of a text is kept.")
    ] = 200

    tracking: Annotated[
        bool | None,
        Meta(
            description="Whether it tells what people did on pages, in apps and in messages: then"
            " rows of a time at which their person had said no to tracking are set aside. Access"
            " logs, Segment and PostHog do unless told."
        ),
    ] = None

    @property
    def names_columns(self) -> bool:
        """Whether it says what columns mean, so that a file of rows is taken as such."""
        roles = (*ROLES, *SAID_ONCE, "id", "time_format", "time_zone")
        named = any(getattr(self, name) for name in roles if name != "case")
        return named or bool(self.who or self.order or self.constants) or self.properties != "all"

    def kinds(self, column: str) -> dict[str, str]:
        """Kinds of identifiers and their columns; `column` is the one found where none is told."""
        if isinstance(self.who, dict):
            return self.who
        return {self.identifier or kind_of(column) or USUAL_KIND: column}


ROLES = ("case", "event", "time", "channel", "actor", "value")
"""What a journey is made of; `case` is what a mapping calls `who`."""
SAID_ONCE = ("currency", "direction")
"""Further roles of columns of texts; the log has them, journeys do not."""


def checked(mapping: Mapping) -> Mapping:
    """The same mapping. Raises MappingInvalid where it contradicts itself, or says what is none."""
    kinds = mapping.who if isinstance(mapping.who, dict) else {}
    if isinstance(mapping.who, dict) and not kinds:
        raise MappingInvalid("`who` names no column.", hint="Name one: {user_id: customer}.")
    for kind in (*kinds, *([mapping.identifier] if mapping.identifier else ())):
        if not _KIND.fullmatch(kind):
            raise MappingInvalid(
                f"{kind!r} is no kind of identifier.",
                hint="A kind is small letters, digits and _, and begins with a letter: email.",
            )
    for role, text in mapping.constants.items():
        _check_constant(mapping, role, text)
    if mapping.time_zone is not None:
        zone(mapping.time_zone)
    return mapping


def zone(name: str) -> ZoneInfo:
    """The time zone of a name. Raises MappingInvalid."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        near = get_close_matches(name, available_timezones(), n=1)
        meant = f"Do you mean {near[0]}? " if near else ""
        raise MappingInvalid(
            f"{name!r} is no time zone.", hint=f"{meant}Give one like Europe/Berlin, or UTC."
        ) from None


def _check_constant(mapping: Mapping, role: str, text: str) -> None:
    if getattr(mapping, role) is not None:
        raise MappingInvalid(
            f"{role} is both the column {getattr(mapping, role)!r} and the constant {text!r}.",
            hint="Say one of them.",
        )
    if role == "currency" and not _CURRENCY.fullmatch(text):
        raise MappingInvalid(f"{text!r} is no currency.", hint="Give three letters: EUR.")
    if role == "direction" and text not in DIRECTIONS:
        raise MappingInvalid(
            f"{text!r} is no direction.", hint=f"Give one of {', '.join(DIRECTIONS)}."
        )


def fits(role: str, text: str) -> bool:
    """Whether a text is a currency, or a direction."""
    return text in DIRECTIONS if role == "direction" else bool(_CURRENCY.fullmatch(text))
