"""What can be wrong with a request about a map."""

from __future__ import annotations

from collections.abc import Sequence

from desireline.engine.errors import DesirelineError, place_in_file
from desireline.modules.maps.entries import Conflict, Entry, told


class MapUnknown(DesirelineError):
    """There is no map of this key, or no such version of it."""

    status = 404


class TemplateUnknown(DesirelineError):
    """There is no template of this key."""

    status = 404


class MapUnpublished(DesirelineError):
    """The map has a draft and no published version yet."""

    status = 404


class MapVersionStale(DesirelineError):
    """Somebody else has changed the map since it was read."""

    status = 409


class ChangesConflict(DesirelineError):
    """Some changes meet what somebody else has done since; none of them was taken."""

    status = 409

    def __init__(self, since: Sequence[Entry], conflicts: Sequence[Conflict]) -> None:
        super().__init__(
            conflicts[0].says,
            hint="Nothing was taken. Put the others' changes first, and send what still stands.",
        )
        self.since = list(since)
        self.conflicts = list(conflicts)

    @property
    def more(self) -> dict[str, object]:
        """What a page needs to put it right: what others did, and where it meets what was sent."""
        return {
            "since": [told(entry) for entry in self.since],
            "conflicts": [
                {"index": c.index, "place": list(c.place), "by": c.by, "says": c.says}
                for c in self.conflicts
            ],
        }


class DraftRevisionUnknown(DesirelineError):
    """What happened since the revision that is named is not known: the draft is read anew."""

    status = 409


class MapArchived(DesirelineError):
    """The map was put away; nobody changes it until it is taken back."""

    status = 409


class MapOwnerUnknown(DesirelineError):
    """Nobody of the team has this number, so she owns no map."""

    status = 404

    def __init__(self, sentence: str, *, hint: str, member: int) -> None:
        super().__init__(sentence, hint=hint)
        self.more: dict[str, object] = {"member": member}


class MapVersionUnnamed(DesirelineError):
    """A change does not say which state of the map it was made from."""

    status = 428


class MapKeyDiffers(DesirelineError):
    """The document bears another key than its address."""


class MapUnsaid(DesirelineError):
    """The body is no document of a map at all. `mark` is line and column, where they are known."""

    status = 400

    def __init__(
        self, sentence: str, *, hint: str = "", mark: tuple[int, int] | None = None
    ) -> None:
        super().__init__(sentence, hint=hint)
        self.more: dict[str, object] = place_in_file(mark)


class NothingToPublish(DesirelineError):
    """The map has no draft."""

    status = 409


class LogEmpty(DesirelineError):
    """There are no events, so nothing can be discovered in them."""

    status = 409
