"""A restored backup brings nobody back who was erased after it was taken."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import func, select
from tests.databases import PostgresServer
from tests.log.factories import appending, drafts, sent
from tests.log.segments.test_erasing import CANARY, found_in
from tests.log.test_backup import opened, quiet

from desireline.kit.workspace import Workspace
from desireline.log.backup import BookForeign, BookMissing, Restored, back_up, restore
from desireline.log.decoding import decode
from desireline.log.drafting import Arrival
from desireline.log.naming.subjects import find_numbers
from desireline.log.opening import finish_promised, open_store
from desireline.log.segments.book import Book, BookUnreadable, name_of_book, tell_places
from desireline.log.segments.compacting import compact
from desireline.log.segments.erasing import Erased, erase
from desireline.log.segments.erasures import promise, promised
from desireline.log.segments.reading import LogReader
from desireline.log.segments.sealing import seal
from desireline.log.segments.verifying import verify
from desireline.log.tables import subject
from desireline.log.tables_erasures import backup_place, erasure

GONE = f"{CANARY}@example.org"


@pytest.fixture
def there(tmp_path: Path, database_url: str) -> Iterator[Workspace]:
    """A workspace with the person who will go in a segment, in the tail, and in what failed."""
    url = None if database_url.startswith("sqlite") else database_url
    with opened(tmp_path / "there", url) as workspace:
        send(workspace, sent(user_id="ann"), _of_gone(n=1), {"type": "", "email": GONE})
        seal(workspace.database, open_store(workspace), workspace.clock)
        send(workspace, _of_gone(n=2), sent(user_id="bob", email="bob@example.org"))
        yield workspace


@contextmanager
def another(folder: Path) -> Iterator[Workspace]:
    """An empty workspace, on SQLite, where every byte can be looked at."""
    with opened(folder, None) as workspace:
        yield workspace


def _of_gone(n: int) -> dict[str, object]:
    return sent(user_id=CANARY, email=GONE, properties={"n": n, "name": CANARY})


def come_back(workspace: Workspace) -> None:
    """Something that happens now, after the erasure."""
    now = Arrival.by(workspace.clock)
    with appending(workspace.database, clock=workspace.clock) as appender:
        appender.append(decode(json.dumps(sent(user_id=CANARY)).encode(), now), "api")


def send(workspace: Workspace, *events: object) -> None:
    with appending(workspace.database) as appender:
        appender.append(drafts(*events), "api")


def erase_gone(workspace: Workspace) -> Erased:
    with workspace.database.reading() as look:
        numbers = find_numbers(look, [("user_id", CANARY), ("email", GONE)]).values()
    store = open_store(workspace)
    return erase(workspace.database, store, workspace.clock, list(numbers))


def backed_up(workspace: Workspace, into: Path) -> Path:
    back_up(workspace, open_store(workspace), into, quiet)
    return into


def restored(backup: Path, workspace: Workspace, *books: Path) -> Restored:
    return restore(backup, workspace, open_store(workspace), quiet, books)


def values(workspace: Workspace) -> list[str]:
    with workspace.database.reading() as look:
        return sorted(look.scalars(select(subject.c.value)))


class TestRestore:
    def test_brings_nobody_back(self, there: Workspace, tmp_path: Path) -> None:
        backup = backed_up(there, tmp_path / "backups" / "monday")
        assert erase_gone(there).untold == ()
        with another(tmp_path / "new") as new:
            found = restored(backup, new)
            assert (found.erased.subjects, found.erased.events, found.erased.failed_events) == (
                *(2, 2, 1),
            )
            assert values(new) == ["ann", "bob", "bob@example.org"]
            assert found_in(tmp_path / "new", new.database) == []
            assert verify(new.database, open_store(new), lambda _done, _total: None) == []

    def test_without_the_book_they_are_back_so_the_test_can_tell(
        self, there: Workspace, tmp_path: Path
    ) -> None:
        backup = backed_up(there, tmp_path / "backups" / "monday")
        erase_gone(there)
        with another(tmp_path / "new") as new:
            restore(backup, new, open_store(new), quiet, None)
            assert GONE in values(new)
            assert found_in(tmp_path / "new", new.database)

    def test_into_the_other_database(
        self, there: Workspace, tmp_path: Path, postgres: PostgresServer
    ) -> None:
        backup = backed_up(there, tmp_path / "backups" / "monday")
        erase_gone(there)
        url = postgres.new_database() if there.database.is_sqlite else None
        with opened(tmp_path / "new", url) as new:
            restored(backup, new)
            assert found_in(tmp_path / "new", new.database) == []

    def test_leaves_those_alone_who_came_later(self, there: Workspace, tmp_path: Path) -> None:
        """Numbers that the backup has not are given to others after it was restored."""
        backup = backed_up(there, tmp_path / "backups" / "monday")
        send(there, sent(user_id="late"))
        with there.database.reading() as look:
            late = find_numbers(look, [("user_id", "late")])["user_id", "late"]
        erase(there.database, open_store(there), there.clock, [late])
        with another(tmp_path / "new") as new:
            assert restored(backup, new).erased.subjects == 0
            send(new, sent(user_id="carl"))
            finish_promised(new)
            again = backed_up(new, tmp_path / "backups" / "tuesday")
        with another(tmp_path / "newer") as newer:
            assert restored(again, newer).erased.subjects == 0
            assert "carl" in values(newer)

    def test_who_comes_back_by_herself_stays(self, there: Workspace, tmp_path: Path) -> None:
        early = backed_up(there, tmp_path / "backups" / "early")
        erase_gone(there)
        come_back(there)
        late = backed_up(there, tmp_path / "backups" / "late")
        for n, (backup, is_there) in enumerate([(early, False), (late, True)]):
            with another(tmp_path / f"new{n}") as new:
                restored(backup, new)
                assert (CANARY in values(new)) is is_there

    def test_old_facts_stay_away_from_a_restored_workspace(
        self, there: Workspace, tmp_path: Path
    ) -> None:
        """Also those of somebody of whom the backup never knew: the book has the tombstones."""
        backup = backed_up(there, tmp_path / "backups" / "monday")
        send(there, sent(user_id="late"))
        with there.database.reading() as look:
            late = find_numbers(look, [("user_id", "late")]).values()
        erase(there.database, open_store(there), there.clock, list(late))
        erase_gone(there)
        with another(tmp_path / "new") as new:
            restored(backup, new)
            send(new, _of_gone(n=7), sent(user_id="late", id="other"), sent(user_id="carl"))
            assert values(new) == ["ann", "bob", "bob@example.org", "carl"]
            assert found_in(tmp_path / "new", new.database) == []
            come_back(new)
            assert CANARY in values(new)

    def test_who_was_made_anonymous_is_so_again(self, there: Workspace, tmp_path: Path) -> None:
        backup = backed_up(there, tmp_path / "backups" / "monday")
        with there.database.reading() as look:
            numbers = list(find_numbers(look, [("user_id", CANARY), ("email", GONE)]).values())
        done = erase(there.database, open_store(there), there.clock, numbers, keeps=())
        with another(tmp_path / "new") as new:
            assert restored(backup, new).erased.events == done.events == 2
            assert found_in(tmp_path / "new", new.database) == []
            with LogReader(new.database, open_store(new)) as reader, new.database.reading() as look:
                nobody = look.scalars(select(subject.c.id).where(subject.c.kind == "anonymised"))
                assert len(reader.events_of(list(nobody), 10)) == 2

    def test_knows_what_was_erased_after_an_earlier_restore(
        self, there: Workspace, tmp_path: Path
    ) -> None:
        """The oldest backup is of the workspace before the disaster, the erasure came after it."""
        oldest = backed_up(there, tmp_path / "backups" / "a")
        with another(tmp_path / "second") as second:
            restored(oldest, second)
            backed_up(second, tmp_path / "backups" / "b")
            erase_gone(second)
            send(second, sent(user_id="late"))
        with another(tmp_path / "third") as third:
            restored(oldest, third)
            assert values(third) == ["ann", "bob", "bob@example.org"]
            assert found_in(tmp_path / "third", third.database) == []

    def test_an_erasure_under_way_while_the_backup_was_taken_is_finished(
        self, there: Workspace, tmp_path: Path
    ) -> None:
        with there.database.transaction() as tx:
            numbers = find_numbers(tx, [("user_id", CANARY), ("email", GONE)]).values()
            promise(tx, there.clock.now(), list(numbers))
        backup = backed_up(there, tmp_path / "backups" / "monday")
        with another(tmp_path / "new") as new:
            restored(backup, new)
            assert found_in(tmp_path / "new", new.database) == []

    def test_that_was_cut_off_is_finished_before_anybody_looks(
        self, there: Workspace, tmp_path: Path
    ) -> None:
        backup = backed_up(there, tmp_path / "backups" / "monday")
        erase_gone(there)
        with another(tmp_path / "new") as new:
            with pytest.raises(KeyboardInterrupt):
                restore(backup, new, open_store(new), _cut_off_at_the_end)
            assert GONE in values(new)
            finish_promised(new)
            assert found_in(tmp_path / "new", new.database) == []
            with new.database.reading() as look:
                assert promised(look) == []


def _cut_off_at_the_end(stage: str, share: float) -> None:
    if stage.startswith("Erasing"):
        raise KeyboardInterrupt


class TestBook:
    def test_names_nobody(self, there: Workspace, tmp_path: Path) -> None:
        backed_up(there, tmp_path / "backups" / "monday")
        erase_gone(there)
        (book,) = (tmp_path / "backups").glob("erasures-*.json")
        assert book.name == name_of_book(there.id)
        assert CANARY.encode() not in book.read_bytes()
        (noted,) = Book.read(book).erasures
        assert len(noted.subjects) == 2
        assert len(noted.failed_events) == 1

    def test_is_told_later_where_it_could_not_be_told_at_once(
        self, there: Workspace, tmp_path: Path
    ) -> None:
        backed_up(there, tmp_path / "backups" / "monday")
        (tmp_path / "backups").rename(tmp_path / "unmounted")
        assert erase_gone(there).untold == (str(tmp_path / "backups"),)
        assert tell_places(there.database) == [str(tmp_path / "backups")]
        (tmp_path / "unmounted").rename(tmp_path / "backups")
        assert tell_places(there.database) == []
        book = Book.read(tmp_path / "backups" / name_of_book(there.id))
        assert [one.id for one in book.erasures] == [1]

    def test_is_made_whole_by_the_next_backup_elsewhere(
        self, there: Workspace, tmp_path: Path
    ) -> None:
        first = backed_up(there, tmp_path / "here" / "monday")
        erase_gone(there)
        backed_up(there, tmp_path / "there2" / "tuesday")
        alone = tmp_path / "alone" / "monday"
        shutil.copytree(first, alone)
        with another(tmp_path / "new") as new:
            with pytest.raises(BookMissing, match=name_of_book(there.id)):
                restored(alone, new)
            restored(alone, new, tmp_path / "there2" / name_of_book(there.id))
            assert found_in(tmp_path / "new", new.database) == []

    def test_of_a_stranger_is_refused_by_name_and_passed_over_beside(
        self, there: Workspace, tmp_path: Path
    ) -> None:
        backup = backed_up(there, tmp_path / "backups" / "monday")
        stranger = tmp_path / "backups" / name_of_book("stranger")
        stranger.write_bytes(msgspec.json.encode(Book(workspace="stranger")))
        with another(tmp_path / "new") as new:
            with pytest.raises(BookForeign, match="of the workspace stranger"):
                restored(backup, new, stranger)
            restored(backup, new)

    @pytest.mark.parametrize("content", [None, b"{", b'{"format": "x", "workspace": "y"}'])
    def test_that_is_none(self, tmp_path: Path, content: bytes | None) -> None:
        path = tmp_path / "book.json"
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(BookUnreadable) as caught:
            Book.read(path)
        assert caught.value.hint

    def test_nothing_of_it_follows_into_a_restored_workspace(
        self, there: Workspace, tmp_path: Path
    ) -> None:
        backup = backed_up(there, tmp_path / "backups" / "monday")
        with another(tmp_path / "new") as new:
            restored(backup, new)
            with new.database.reading() as look:
                assert look.scalar(select(func.count()).select_from(backup_place)) == 0
            erase_gone(new)
            compact(new.database, open_store(new), new.clock, fully=True)
            with new.database.reading() as look:
                assert look.scalar(select(func.count()).select_from(erasure)) == 1
