"""Fields of persons: what a trait has to be, where somebody has declared it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row

from desireline.modules.catalogue.errors import FieldOptionsUnfit, TraitMisfit
from desireline.modules.catalogue.kinds import KINDS, kind_of
from desireline.modules.catalogue.repository import list_fields

CHOICE = "choice"
FIELD_KINDS = (*KINDS, CHOICE)
"""What a field may be: a kind of value, or one of a few texts."""
MOST_OPTIONS = 200


def check_options(kind: str, options: Sequence[str]) -> None:
    """Raises FieldOptionsUnfit where a choice has none, twice the same, or another kind has any."""
    if kind == CHOICE and not 0 < len(set(options)) == len(options) <= MOST_OPTIONS:
        raise FieldOptionsUnfit(
            f"A choice has {len(options)} options.",
            hint=f"Give from 1 to {MOST_OPTIONS} options, each once.",
        )
    if kind != CHOICE and options:
        raise FieldOptionsUnfit(
            f"A field that is a {kind} has options.", hint="Only a choice has some."
        )


def check_traits(look: Connection, traits: Mapping[str, Any]) -> None:
    """Raises TraitMisfit for the first trait that is not what its field was declared to be.

    Traits that nobody has declared may be anything, and so may null, which takes a trait away.
    """
    for field in list_fields(look, traits):
        value = traits[field.name]
        if value is not None:
            _check(field, value)


def _check(field: Row[Any], value: Any) -> None:
    options = json.loads(field.options or "[]")
    if field.kind == CHOICE:
        if value in options:
            return
        meant = ", ".join(options[:10]) + (", ..." if len(options) > 10 else "")
        raise TraitMisfit(
            f"The trait {field.name!r} is {_brief(value)}, which is none of its options.",
            hint=f"Its options are: {meant}.",
        )
    kind = kind_of(value)
    if kind != field.kind and not (field.kind == "string" and kind == "time"):
        raise TraitMisfit(
            f"The trait {field.name!r} is {_brief(value)}, a {kind}; its field is a {field.kind}.",
            hint="Send it so, or change the field with PUT /v1/fields.",
        )


def _brief(value: Any) -> str:
    said = json.dumps(value, ensure_ascii=False)
    return said if len(said) <= 60 else said[:57] + "..."
