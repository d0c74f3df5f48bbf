"""What can be wrong with the catalogue and what is declared in it."""

from __future__ import annotations

from desireline.engine.errors import DesirelineError


class EventTypeMissing(DesirelineError):
    """No event of this type was seen, and nobody has declared it."""

    status = 404


class FieldMissing(DesirelineError):
    """Nobody has declared such a field."""

    status = 404


class FieldNameUnfit(DesirelineError):
    """A field or a type cannot be called so."""


class FieldOptionsUnfit(DesirelineError):
    """Options belong to a choice, and a choice needs some."""


class ReplacementUnfit(DesirelineError):
    """What replaces a thing is another one, and only of what is deprecated."""


class PersonGone(DesirelineError):
    """The person was erased meanwhile."""

    status = 404


class TraitMisfit(DesirelineError):
    """A trait is not what its field was declared to be."""
