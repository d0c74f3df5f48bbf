"""How the workspace looks, and who changes that."""

from __future__ import annotations

from typing import Literal

from desireline.kit.permissions import Caller
from desireline.modules.appearance import repository
from desireline.modules.appearance.colours import accent_of
from desireline.modules.appearance.errors import AppearanceStale, PictureMissing
from desireline.modules.appearance.pictures import Picture, picture_in
from desireline.modules.appearance.repository import Look
from desireline.modules.audit.facade import record
from desireline.modules.rooms import Rooms

What = Literal["logo", "favicon"]


class Appearances:
    """The look of one workspace."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    def look(self) -> tuple[Look, dict[str, str]]:
        """What was chosen, and the tags of the pictures that there are."""
        with self._rooms.db.reading() as look:
            return repository.get_look(look), repository.tags_of_pictures(look)

    def choose(self, name: str, accent: str, seen: int | None, by: Caller) -> None:
        """Another name and colour; both may be empty. AccentUnfit, AppearanceStale."""
        colour = accent_of(accent) if accent.strip() else ""
        with self._rooms.db.transaction() as tx:
            now = repository.get_look(tx)
            if now.revision and seen != now.revision:
                raise AppearanceStale(
                    "Somebody else has changed the look in the meantime.",
                    hint="Load it again, and choose then.",
                )
            values = {"revision": now.revision + 1, "name": name.strip(), "accent": colour}
            changed = {"changed_at": self._rooms.clock.now(), "changed_by": by.name}
            repository.put_look(tx, values | changed)
            record(tx, by.name, "appearance_changed", "appearance:1", None, self._rooms.clock)

    def picture(self, what: What) -> Picture:
        """A picture that was given. PictureMissing."""
        with self._rooms.db.reading() as look:
            found = repository.get_picture(look, what)
        if found is None:
            raise PictureMissing(f"There is no {what} of one's own.", hint="Give one in Settings.")
        return found

    def give(self, what: What, data: bytes, by: Caller) -> Picture:
        """A picture from now on. PictureUnfit."""
        picture = picture_in(data)
        with self._rooms.db.transaction() as tx:
            repository.put_picture(tx, what, picture)
            record(tx, by.name, f"{what}_given", "appearance:1", None, self._rooms.clock)
        return picture

    def take_back(self, what: What, by: Caller) -> None:
        """The product's own again. PictureMissing."""
        with self._rooms.db.transaction() as tx:
            if not repository.drop_picture(tx, what):
                raise PictureMissing(
                    f"There is no {what} of one's own.", hint="It is gone already."
                )
            record(tx, by.name, f"{what}_taken_back", "appearance:1", None, self._rooms.clock)
