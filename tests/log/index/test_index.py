"""The index: what snapshots say, what refreshes cost, what survives."""

from __future__ import annotations

from threading import Event, Thread

import numpy as np
import pytest
from tests.log.index.factories import NOW, Log, Told, expected_walks, walks_of

from desireline.engine.analyses import transitions
from desireline.engine.compute.threads import run
from desireline.engine.layers import Sizes
from desireline.log.identity.history import events_of
from desireline.log.index.snapshot import Snapshot
from desireline.log.segments.reading import LogReader


def some(count: int, seed: int = 1, subjects: int = 6) -> list[Told]:
    """Events at random, many of them at equal times."""
    rng = np.random.default_rng(seed)
    return [
        Told(
            subject=int(rng.integers(1, subjects + 1)),
            at=NOW + int(rng.integers(0, count)),
            type=f"type {rng.integers(0, 5)}",
            channel=["", "web", "store"][rng.integers(0, 3)],
            actor=["", "person"][rng.integers(0, 2)],
            value=[None, 1.25, 99.5][rng.integers(0, 3)],
            properties=[None, {"plan": "pro"}, {"plan": "basic"}][rng.integers(0, 3)],
        )
        for _ in range(count)
    ]


def counted(snapshot: Snapshot) -> dict[str, object]:
    """Transitions with waits, to the last count."""
    return run(transitions, snapshot.parts, transitions.Query()).to_dict()


class TestRefresh:
    def test_an_empty_log_has_no_journeys(self, log: Log) -> None:
        index = log.index()
        assert walks_of(index.snapshot()) == {}
        assert index.refresh() == 0
        assert counted(index.snapshot())["cases"] == 0

    def test_an_old_time_lands_in_its_place(self, log: Log) -> None:
        log.append(Told(1, NOW, "b"), Told(1, NOW + 9, "d"))
        index = log.index()
        log.append(Told(1, NOW + 5, "c"), Told(1, NOW - 5, "a"))
        index.refresh()
        assert [row[1] for row in walks_of(index.snapshot())[1]] == ["a", "b", "c", "d"]

    def test_equal_times_stand_by_position(self, log: Log) -> None:
        log.append(*(Told(1, NOW, name) for name in "abc"))
        index = log.index()
        log.import_events(Told(1, NOW, "d"), Told(1, NOW - 1, "first"))
        log.append(Told(1, NOW, "e"))
        index.refresh()
        assert [row[1] for row in walks_of(index.snapshot())[1]] == ["first", *"abcde"]

    def test_a_step_that_sealed_and_one_that_merged_change_nothing(self, log: Log) -> None:
        log.append(*some(60))
        index = log.index()
        before = index.snapshot()
        log.seal(30)
        log.seal()
        index.refresh()
        log.compact()
        index.refresh()
        assert index.snapshot().state.catalogue > before.state.catalogue
        assert index.snapshot().parts == before.parts
        assert walks_of(index.snapshot()) == expected_walks(log)

    def test_events_sealed_before_they_were_seen_are_found(self, log: Log) -> None:
        log.append(*some(20))
        index = log.index()
        log.append(*some(30, seed=2))
        log.seal()
        log.append(*some(10, seed=3))
        log.compact()
        assert index.refresh() == 60
        assert walks_of(index.snapshot()) == expected_walks(log)

    def test_many_small_ones_equal_one_large(self, log: Log) -> None:
        index = log.index()
        for told in some(80):
            log.append(told)
            index.refresh()
        assert walks_of(index.snapshot()) == expected_walks(log)
        assert len(index.snapshot().parts) < 20
        assert counted(index.snapshot()) == counted(log.index().snapshot())

    def test_says_since_when_nothing_is_missing(self, log: Log) -> None:
        index = log.index()
        log.clock.move(5_000_000)
        log.append(Told(1, NOW))
        assert (index.lag(), index.snapshot().as_of) == (1, NOW)
        index.refresh()
        assert (index.lag(), index.snapshot().as_of) == (0, NOW + 5_000_000)

    def test_a_failed_one_leaves_the_last_snapshot(self, log: Log) -> None:
        log.append(*some(10))
        index = log.index()
        log.append(*some(10, seed=2))
        log.seal()
        for name in log.store.names():
            log.store.delete(name)
        with pytest.raises(Exception, match="listed but not there"):
            index.refresh()
        assert index.snapshot().position == 10
        assert sum(map(len, walks_of(index.snapshot()).values())) == 10

    def test_threads_that_refresh_wait_for_each_other(self, log: Log) -> None:
        index = log.index()
        done = Event()

        def follow() -> None:
            while not done.is_set():
                index.refresh()

        threads = [Thread(target=follow) for _ in range(4)]
        for thread in threads:
            thread.start()
        for told in some(20):
            log.append(told)
        done.set()
        for thread in threads:
            thread.join()
        assert index.refresh() == 20
        assert walks_of(index.snapshot()) == expected_walks(log)


class TestRRebuild:
    def test_made_anew_it_gives_the_same_answers(self, log: Log) -> None:
        log.append(*some(50))
        index = log.index(["plan"])
        log.link(1, 2)
        log.import_events(*some(40, seed=2))
        index.refresh()
        log.seal(20)
        log.append(*some(30, seed=3))
        log.link(2, 5)
        log.withdraw(1, 2)
        log.erase(4)
        index.refresh()
        log.append(*(one for one in some(30, seed=4) if one.subject != 4))
        log.compact()
        index.refresh()
        anew = log.index(["plan"])
        assert walks_of(anew.snapshot()) == walks_of(index.snapshot())
        assert counted(anew.snapshot()) == counted(index.snapshot())
        index.rebuild()
        assert counted(anew.snapshot()) == counted(index.snapshot())


class TestIdentity:
    def test_a_link_joins_two_journeys(self, log: Log) -> None:
        log.append(Told(2, NOW, "ad"), Told(1, NOW + 5, "order"), Told(2, NOW + 3, "cart"))
        index = log.index()
        log.link(1, 2)
        index.refresh()
        walks = walks_of(index.snapshot())
        assert [row[1] for row in walks[1]] == ["ad", "cart", "order"]
        assert index.snapshot().person_of(2) == 1
        log.withdraw(1, 2)
        index.refresh()
        assert walks_of(index.snapshot()) == expected_walks(log)
        assert index.snapshot().n_persons == 2

    def test_equal_times_of_two_that_become_one_stand_by_position(self, log: Log) -> None:
        log.append(*(Told(1 + i % 3, NOW, str(i)) for i in range(9)))
        index = log.index()
        log.seal(4)
        log.link(1, 2)
        log.link(2, 3)
        index.refresh()
        assert [row[1] for row in walks_of(index.snapshot())[1]] == [str(i) for i in range(9)]

    def test_link_and_events_at_once(self, log: Log) -> None:
        log.append(Told(2, NOW, "a"), Told(3, NOW, "b"))
        index = log.index()
        log.link(2, 3)
        log.append(Told(3, NOW, "c"), Told(2, NOW - 1, "d"))
        index.refresh()
        assert walks_of(index.snapshot()) == expected_walks(log)

    def test_a_device_that_turns_out_shared_leaves_its_account(self, log: Log) -> None:
        log.append(*some(40))
        index = log.index()
        log.link(1, 2)
        index.refresh()
        log.link(2, 4)
        log.append(*some(20, seed=2))
        index.refresh()
        assert walks_of(index.snapshot()) == expected_walks(log)
        assert [index.snapshot().person_of(n) for n in (1, 2, 4)] == [1, 2, 4]

    def test_history_holds_all_identifiers(self, log: Log) -> None:
        log.append(*some(30))
        log.seal(15)
        log.link(1, 2)
        with LogReader(log.db, log.store) as reader:
            by_person, by_device = (events_of(log.db, reader, n).events for n in (1, 2))
        assert [e.at for e in by_person] == [row[0] for row in expected_walks(log)[1]]
        assert by_device == by_person


class TestErase:
    def test_an_erased_person_is_in_no_later_snapshot(self, log: Log) -> None:
        log.append(*some(60), Told(3, NOW, "secret", properties={"plan": "of one"}))
        log.seal(40)
        index = log.index(["plan"])
        assert "of one" in str(index.snapshot().parts[0].columns["plan"].values)
        log.erase(3)
        index.refresh()
        snapshot = index.snapshot()
        assert walks_of(snapshot) == expected_walks(log, ["plan"])
        assert 3 not in walks_of(snapshot)
        assert "secret" not in snapshot.events
        assert all("of one" not in part.columns["plan"].values for part in snapshot.parts)


class TestSnapshot:
    def test_finds_a_person(self, log: Log) -> None:
        log.append(*some(60))
        index = log.index()
        log.append(Told(3, NOW, "new"))
        index.refresh()
        snapshot = index.snapshot()
        for person in range(1, 7):
            found = snapshot.journey_of(person)
            assert found is not None
            part, journey = found
            length = part.offset[journey + 1] - part.offset[journey]
            assert length == len(expected_walks(log)[person])
        assert snapshot.journey_of(99) is None

    def test_a_part_that_stays_is_the_same_object(self, log: Log) -> None:
        log.append(*some(200, subjects=100))
        index = log.index(sizes=Sizes(part=40, small=4, share=1.0))
        before = index.snapshot().parts
        log.append(Told(1, NOW, "type 1"))
        index.refresh()
        after = index.snapshot().parts
        assert len(set(map(id, before)) & set(map(id, after))) == len(before) - 1

    def test_a_name_that_comes_later_is_known_to_all_parts(self, log: Log) -> None:
        log.append(*some(60))
        index = log.index()
        log.append(Told(1, NOW, "new type", channel="new channel"))
        index.refresh()
        snapshot = index.snapshot()
        assert {part.events for part in snapshot.parts} == {snapshot.events}
        assert {part.channels for part in snapshot.parts} == {snapshot.channels}
        assert snapshot.events[-1] == "new type"

    def test_more_channels_than_a_byte_can_number_are_unknown_and_told(self, log: Log) -> None:
        log.append(*(Told(1, NOW + i, channel=f"channel {i}") for i in range(250)))
        log.seal()
        log.append(*(Told(1, NOW + i, channel=f"channel {i}") for i in range(250, 260)))
        index = log.index()
        part = index.snapshot().parts[0]
        assert len(part.channels) == 256
        assert "5 further ones count as unknown" in part.provenance.notes[0]
        assert [row[2] for row in walks_of(index.snapshot())[1]].count("") == 5

    def test_readers_under_refreshes_see_whole_states(self, log: Log) -> None:
        """Each append is one visit of everybody, so in each snapshot all have equally many."""
        log.append(*(Told(n, NOW, "visit") for n in range(1, 7)))
        index = log.index()
        wrong: list[dict[int, int]] = []
        done = Event()

        def read() -> None:
            while not done.is_set():
                lengths = {p: len(w) for p, w in walks_of(index.snapshot()).items()}
                if len(lengths) != 6 or len(set(lengths.values())) != 1:
                    wrong.append(lengths)

        readers = [Thread(target=read) for _ in range(3)]
        for reader in readers:
            reader.start()
        for i in range(15):
            log.append(*(Told(n, NOW + i, "visit") for n in range(1, 7)))
            index.refresh()
        done.set()
        for reader in readers:
            reader.join()
        assert wrong == []
        assert index.snapshot().n_events == 96


class TestColumns:
    def test_are_added_on_demand(self, log: Log) -> None:
        log.append(*some(30))
        log.seal(15)
        index = log.index()
        assert index.snapshot().columns == ()
        index.with_columns(["plan"])
        assert index.snapshot().columns == ("plan",)
        assert walks_of(index.snapshot()) == expected_walks(log, ["plan"])
        same = index.snapshot()
        index.with_columns(["plan"])
        assert index.snapshot() is same

    def test_numbers_become_text_when_one_is_none(self, log: Log) -> None:
        log.append(*(Told(1, NOW + i, properties={"n": n}) for i, n in enumerate([1, 2.5, "3"])))
        log.seal()
        index = log.index(["n"])
        assert [row[-1] for row in walks_of(index.snapshot())[1]] == [1.0, 2.5, 3.0]
        log.append(Told(1, NOW + 5, properties={"n": "many"}))
        index.refresh()
        assert [row[-1] for row in walks_of(index.snapshot())[1]] == ["1", "2.5", "3", "many"]

    def test_a_decimal_comma_is_read_as_in_a_file(self, log: Log) -> None:
        log.append(Told(1, NOW, properties={"n": "1,5"}))
        index = log.index(["n"])
        assert [row[-1] for row in walks_of(index.snapshot())[1]] == [1.5]
        log.append(Told(1, NOW + 1, properties={"n": "2"}))
        index.refresh()
        assert [row[-1] for row in walks_of(index.snapshot())[1]] == [1.5, 2.0]
        log.append(Told(1, NOW + 2, properties={"n": "2.5"}))
        index.refresh()
        assert [row[-1] for row in walks_of(index.snapshot())[1]] == ["1,5", "2", "2.5"]

    @pytest.mark.parametrize("sealed", [True, False])
    def test_names_reach_into_objects(self, log: Log, sealed: bool) -> None:
        odd = {"cart": {"size": 3}, "a.b": "dotted", "a/b": "slashed", "~": "tilde", "q'": 1e3}
        log.append(Told(1, NOW, properties=odd))
        if sealed:
            log.seal()
        index = log.index(["cart.size", "a.b", "a/b", "~", "q'", "absent"])
        row = walks_of(index.snapshot())[1][0]
        assert row[5:] == (3.0, "dotted", "slashed", "tilde", 1000.0, None)


class TestSegments:
    def test_each_may_know_other_names(self, log: Log) -> None:
        """The names of the first are tried on all; what is unknown is learned."""
        for i in range(5):
            log.append(*(Told(n, NOW + i, f"type {i}", channel=f"c{i}") for n in range(1, 7)))
            log.seal()
        log.import_events(Told(1, NOW, "imported"))
        assert walks_of(log.index().snapshot()) == expected_walks(log)

    def test_more_types_than_a_list_is_good_for(self, log: Log) -> None:
        log.append(*(Told(1, NOW + i, f"type {i}") for i in range(300)))
        log.seal(150)
        log.seal()
        index = log.index()
        assert walks_of(index.snapshot()) == expected_walks(log)
        log.append(*(Told(2, NOW + i, f"type {i}") for i in range(290, 320)))
        log.seal()
        index.refresh()
        assert walks_of(index.snapshot()) == expected_walks(log)
        assert len(index.snapshot().events) == 320
