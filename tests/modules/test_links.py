"""Links: confirmed and taken back by hand, told on both timelines, refused ones listed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.databases import new_workspace
from tests.log.factories import NOW, drafts
from tests.log.index.factories import SMALL, walks_of
from tests.modules.house import House

from desireline.cli.links_command import command
from desireline.kit.clock import SetClock
from desireline.log.drafting import Arrival, draft
from desireline.log.envelope import NO_STEPS
from desireline.log.identity.history import events_of
from desireline.log.identity.people import People, every_circle, subjects_of
from desireline.log.index.index import Index
from desireline.log.segments.sealing import seal
from desireline.modules.collect.protocols import posthog, segment
from desireline.modules.links.errors import LinkMissing
from desireline.modules.links.facade import LinkBook
from desireline.modules.people.facade import find_person
from desireline.modules.rooms import Rooms
from desireline.settings import read_settings

BECAUSE = {"because": "She called."}


def sent(kind: str = "track", **fields: Any) -> dict[str, Any]:
    return {"type": "seen", "kind": kind, **fields}


def links(here: House, person: str) -> list[dict[str, Any]]:
    answer = here.client.get(f"/v1/persons/{person}/links")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["links"]
    return found


def decided(here: House, what: str, first: str, second: str) -> dict[str, Any]:
    answer = here.client.post(f"/v1/links{what}", json={"first": first, "second": second} | BECAUSE)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def types_of(here: House, person: str) -> list[str]:
    """The types of all events on a person's timeline."""
    with here.rooms.db.reading() as look:
        number = find_person(look, person)
    page = events_of(here.rooms.db, here.rooms.reader, number)
    return [event.type for event in page.events]


class TestLinks:
    def test_show_their_evidence(self, here: House) -> None:
        here.send([sent("identify", user_id="ann", email="Ann@x.de", anonymous_id="d")])
        found = links(here, "email:ann@x.de")
        ends = [{one["first"]["kind"], one["second"]["kind"]} for one in found]
        assert ends == [{"user_id", "email"}, {"user_id", "anonymous_id"}]
        one = found[0]
        assert (one["evidence"], one["strength"], one["source"]) == ("identify", "declared", "api")
        assert (one["state"], one["refused"], one["withdrawn_at"]) == ("joins", None, None)

    def test_of_roles_and_accounts_are_refused_and_listed(self, here: House) -> None:
        here.send(
            [
                sent("identify", user_id="ann", email="info@x.de"),
                sent("alias", user_id="ann", identifiers={"previous_id": "ben"}),
                sent(user_id="ann", anonymous_id="tablet"),
                sent(user_id="ben", anonymous_id="tablet"),
            ]
        )
        told = here.client.get("/v1/links/refused").json()
        assert told["total"] == 4
        assert [one["refused"] for one in told["links"]][::-1] == [
            "role_address",
            "two_accounts",
            "shared",
            "shared",
        ]
        page = here.client.get("/v1/links/refused", params={"most": 3}).json()
        rest = here.client.get("/v1/links/refused", params={"before": page["next"]}).json()
        assert page["links"] + rest["links"] == told["links"]
        assert rest["next"] is None

    def test_of_an_unknown_person(self, here: House) -> None:
        assert here.client.get("/v1/persons/email:no@x.de/links").status_code == 404
        body = {"first": "user_id:a", "second": "user_id:b"} | BECAUSE
        assert here.client.post("/v1/links", json=body).status_code == 404
        assert here.client.post("/v1/links", json=body | {"because": ""}).status_code == 422


class TestMerge:
    def test_joins_two_accounts_and_tells_it_on_both_timelines(self, here: House) -> None:
        here.send([sent(user_id="ann"), sent(user_id="ben")])
        done = decided(here, "", "user_id:ann", "user_id:ben")
        assert done["changed"]
        assert done["one_person"]
        assert sorted(types_of(here, "user_id:ben")) == ["persons_merged"] * 2 + ["seen"] * 2
        (one,) = links(here, "user_id:ben")
        assert (one["strength"], one["because"]) == ("confirmed", "She called.")
        assert not decided(here, "", "user_id:ben", "user_id:ann")["changed"]
        undone = decided(here, "/withdraw", "user_id:ben", "user_id:ann")
        assert not undone["one_person"]
        for person in ("user_id:ann", "user_id:ben"):
            assert types_of(here, person) == ["seen", "persons_merged", "persons_unmerged"]
        (one,) = links(here, "user_id:ben")
        assert one["state"] == "withdrawn"
        audit = here.client.get("/v1/audit").text
        assert "persons_merged" in audit
        assert "persons_unmerged" in audit

    def test_and_undone_leaves_profiles_and_habits_as_they_were(self, here: House) -> None:
        here.send([sent(user_id="ann"), sent(user_id="ben"), sent(user_id="ben")])
        paths = ("/v1/persons/user_id:ann", "/v1/persons/user_id:ben")
        before = [here.client.get(path).json() for path in paths]
        decided(here, "", "user_id:ann", "user_id:ben")
        assert here.client.get(paths[0]).json()["events"] == 3
        decided(here, "/withdraw", "user_id:ann", "user_id:ben")
        after = [here.client.get(path).json() for path in paths]
        told = ["persons_merged", "persons_unmerged"]
        assert [one.pop("types") for one in after] == [[*told, *b.pop("types")] for b in before]
        assert after == before

    @pytest.mark.parametrize("order", ["newest", "oldest"])
    def test_is_one_entry_of_the_one_timeline_and_of_no_department(
        self, here: House, order: str
    ) -> None:
        def merges(person: str, **filters: str) -> list[str]:
            path = f"/v1/persons/{person}/timeline"
            page = here.client.get(path, params={"order": order, **filters}).json()
            told = [one for one in page["entries"] if one["what"] == "event"]
            assert all(one["department"] == "" for one in told if "persons" in one["type"])
            return [one["type"] for one in told if "persons" in one["type"]]

        here.send([sent(user_id="ann"), sent(user_id="ben")])
        decided(here, "", "user_id:ben", "user_id:ann")
        for person in ("user_id:ann", "user_id:ben"):
            assert merges(person) == ["persons_merged"]
            assert merges(person, department="marketing") == []
        decided(here, "/withdraw", "user_id:ann", "user_id:ben")
        for person in ("user_id:ann", "user_id:ben"):
            assert sorted(merges(person)) == ["persons_merged", "persons_unmerged"]

    def test_is_told_by_names_and_not_by_numbers(self, here: House) -> None:
        def told(person: str) -> list[tuple[str, set[str], dict[str, Any]]]:
            page = here.client.get(f"/v1/persons/{person}/timeline").json()
            return [
                (one["type"], {end["value"] for end in one["by"]}, one["properties"])
                for one in page["entries"]
                if one["type"].startswith("persons_")
            ]

        here.send([sent(user_id="ann"), sent(user_id="ben")])
        decided(here, "", "user_id:ben", "user_id:ann")
        ((what, names, says),) = told("user_id:ann")
        assert (what, names) == ("persons_merged", {"ann", "ben"})
        assert set(says) == {"evidence", "by"}
        decided(here, "/withdraw", "user_id:ann", "user_id:ben")
        assert all(names == {"ann", "ben"} for _, names, _ in told("user_id:ben"))

    def test_events_name_the_other_by_number_alone(self, here: House) -> None:
        here.send([sent(user_id="ann-the-first"), sent(user_id="ben-the-second")])
        decided(here, "", "user_id:ann-the-first", "user_id:ben-the-second")
        with here.rooms.db.reading() as look:
            numbers = [
                find_person(look, f"user_id:{n}") for n in ("ann-the-first", "ben-the-second")
            ]
        told = here.rooms.reader.events_of(numbers[:1])
        assert told[-1].type == "persons_merged"
        assert told[-1].properties["other"] == numbers[1]
        assert "ben-the-second" not in str(told)
        assert "She called" not in str(told)

    def test_with_itself_is_impossible(self, here: House) -> None:
        here.send([sent(user_id="ann")])
        body = {"first": "user_id:ann", "second": "user_id:ann"} | BECAUSE
        assert here.client.post("/v1/links", json=body).json()["code"] == "link_impossible"


class TestUnmerge:
    def test_says_what_still_joins(self, here: House) -> None:
        ann = {"user_id": "ann", "email": "ann@x.de"}
        here.send([sent("identify", **ann, anonymous_id="d")])
        here.send([sent("identify", email="ann@x.de", anonymous_id="d")])
        undone = decided(here, "/withdraw", "user_id:ann", "email:ann@x.de")
        assert undone["one_person"]
        way = [end["value"] for end in undone["still_joined_by"]]
        assert way == ["ann", "d", "ann@x.de"]
        body = {"first": "user_id:ann", "second": "email:ann@x.de"} | BECAUSE
        refused = here.client.post("/v1/links/withdraw", json=body)
        assert refused.status_code == 404
        assert "anonymous_id:d" in refused.json()["hint"]

    def test_holds_when_both_are_seen_again(self, here: House) -> None:
        here.send([sent(user_id="ann", anonymous_id="d")])
        decided(here, "/withdraw", "user_id:ann", "anonymous_id:d")
        here.send([sent("identify", user_id="ann", anonymous_id="d")])
        (one,) = links(here, "user_id:ann")
        assert one["state"] == "withdrawn"


class TestVerify:
    def test_two_verified_addresses_are_two_persons(self, here: House) -> None:
        for name in ("ann", "ben"):
            here.send([sent(email=f"{name}@x.de", anonymous_id="laptop")])
        assert len(links(here, "email:ann@x.de")) == 2
        for name in ("ann", "ben"):
            told = {"identifier": f"email:{name}@x.de"}
            assert here.client.post("/v1/links/verify", json=told).json()["changed"]
            assert not here.client.post("/v1/links/verify", json=told).json()["changed"]
        found = links(here, "email:ann@x.de")
        assert [(one["state"], one["refused"]) for one in found] == [("refused", "shared")]
        (mail,) = (found[0][end] for end in ("first", "second") if found[0][end]["kind"] == "email")
        assert mail["verified_at"]
        assert mail["verified_by"] == "this machine"
        told = {"identifier": "email:ben@x.de", "verified": False}
        assert here.client.post("/v1/links/verify", json=told).json()["changed"]
        assert {one["state"] for one in links(here, "email:ann@x.de")} == {"joins"}


class TestCommand:
    def test_merge_list_unmerge(self, tmp_path: Path) -> None:
        with _rooms(tmp_path) as rooms:
            rooms.appender.append(drafts(sent(user_id="ann"), sent(user_id="ben")), "api")
        data = ["--data", str(tmp_path / "w")]
        pair = ["user_id:ann", "user_id:ben", "--because", "One card."]
        run = CliRunner()
        assert run.invoke(command, ["merge", *pair, *data]).output == "They are person 1.\n"
        assert "before" in run.invoke(command, ["merge", *pair, *data]).output
        listed = run.invoke(command, ["list", "user_id:ben", *data]).output
        assert listed.startswith("user_id:ann - user_id:ben  confirmed")
        assert "command line: One card." in listed
        assert "0 of 0" in run.invoke(command, ["refused", *data]).output
        undone = run.invoke(command, ["unmerge", *pair, *data]).output
        assert undone == "They are the persons 1 and 2.\n"
        missing = run.invoke(command, ["unmerge", *pair, *data])
        assert isinstance(missing.exception, LinkMissing)


@contextmanager
def _rooms(folder: Path) -> Iterator[Rooms]:
    told = read_settings({}, data_dir=folder / "w")
    rooms = Rooms.of(new_workspace(told, SetClock(NOW)))
    try:
        yield rooms
    finally:
        rooms.close()


NAMES = {
    "user_id": ("ann", "ben"),
    "email": ("ann@x.de", "ben@x.de"),
    "anonymous_id": ("phone", "tablet", "laptop"),
}
CALLS = st.lists(
    st.fixed_dictionaries(
        {"kind": st.sampled_from(["track", "identify", "alias"])},
        optional={kind: st.sampled_from(values) for kind, values in NAMES.items()},
    ).filter(lambda call: len(call) > 1),
    min_size=2,
    max_size=12,
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rooms]:
    """One workspace for many worlds: each example has names of its own."""
    with _rooms(tmp_path_factory.mktemp("undoing")) as rooms:
        yield rooms


WORLDS = iter(range(10**9))


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(calls=CALLS, data=st.data())
def test_undone_a_merge_has_never_been(shared: Rooms, calls: list[Any], data: Any) -> None:
    """Histories from the log and journeys from the index are before and after the same."""
    rooms, world = shared, next(WORLDS)
    named = [{k: v if k == "kind" else f"{world}-{v}" for k, v in call.items()} for call in calls]
    rooms.appender.append(drafts(*[sent(**call) for call in named]), "api")
    if data.draw(st.booleans(), label="sealed"):
        seal(rooms.db, rooms.store, rooms.clock)
    book = LinkBook(rooms.db, rooms.clock, rooms.appender.write)
    people = sorted({f"{k}:{v}" for call in named for k, v in call.items() if k != "kind"})
    with Index(rooms.db, rooms.store, rooms.clock, (), SMALL) as index:
        before = _all(rooms, index, people)
        pairs = [p for p in st_pairs(people) if before[0][p[0]] != before[0][p[1]]]
        if not pairs:
            return
        merged = data.draw(st.lists(st.sampled_from(pairs), min_size=1, max_size=4, unique=True))
        for first, second in merged:
            book.merge(first, second, "Told so.", "Eva")
            index.refresh()
        for first, second in data.draw(st.permutations(merged)):
            book.unmerge(first, second, "Not so.", "Eva")
        index.refresh()
        assert _all(rooms, index, people) == before
    with Index(rooms.db, rooms.store, rooms.clock, (), SMALL) as anew:
        assert walks_of(anew.snapshot()) == before[2]


def st_pairs(people: list[str]) -> list[tuple[str, str]]:
    """Every two of some."""
    return [(a, b) for i, a in enumerate(people) for b in people[i + 1 :]]


def _all(rooms: Rooms, index: Index, people: list[str]) -> tuple[Any, ...]:
    """The subjects of each person, their events in the log, and all journeys of the index."""
    subjects, events = {}, {}
    for person in people:
        with rooms.db.reading() as look:
            number = find_person(look, person)
            subjects[person] = subjects_of(look, number)
        page = events_of(rooms.db, rooms.reader, number, 1_000)
        events[person] = [one for one in page.events if one.type not in NO_STEPS]
    with rooms.db.reading() as look:
        everybody = People.of(every_circle(look))
    numbers = np.array([found[0] for found in subjects.values()])
    assert everybody.of_subjects(numbers).tolist() == numbers.tolist()
    return subjects, events, walks_of(index.snapshot())


UUID = "0192f3a0-7c1e-7b3a-9f2e-3d5c1a2b4c6d"


@pytest.mark.parametrize(
    ("protocol", "said", "joined", "asked"),
    [
        (segment, {"type": "alias", "userId": "u", "previousId": UUID}, {"anonymous_id"}, set()),
        (
            segment,
            {"type": "alias", "userId": "u", "previousId": "a", "anonymousId": "a"},
            {"anonymous_id"},
            set(),
        ),
        (
            segment,
            {"type": "alias", "userId": "u", "previousId": "old"},
            {"anonymous_id"},
            {"user_id"},
        ),
        (
            posthog,
            {"event": "$create_alias", "distinct_id": UUID, "properties": {"alias": "u"}},
            {"anonymous_id"},
            set(),
        ),
        (
            posthog,
            {
                "event": "$identify",
                "distinct_id": "u",
                "properties": {"$anon_distinct_id": UUID, "$is_identified": True},
            },
            {"anonymous_id"},
            set(),
        ),
        (
            posthog,
            {"event": "$merge_dangerously", "distinct_id": "u", "properties": {"alias": "old"}},
            set(),
            {"user_id"},
        ),
    ],
)
def test_alias_calls_of_clients(
    tmp_path: Path, protocol: Any, said: dict[str, Any], joined: set[str], asked: set[str]
) -> None:
    """What was anonymous joins; two users do not, and a human is asked."""
    with _rooms(tmp_path) as rooms:
        told = protocol.PROTOCOL.read(said, "")
        rooms.appender.append([draft(told, b"{}", Arrival.by(rooms.clock))], "shop")
        book = LinkBook(rooms.db, rooms.clock, rooms.appender.write)
        found = book.links_of_named("user_id:u")
    others = {
        state: {
            end.kind
            for shown in found
            for end in shown.ends
            if (end.kind, end.value) != ("user_id", "u") and (shown.refused is None) == state
        }
        for state in (True, False)
    }
    assert others == {True: joined, False: asked}
    assert {shown.row.source for shown in found} == {"shop"}


def test_merges_that_say_the_same_thrice_are_undone_in_any_order(shared: Rooms) -> None:
    """Each is taken back alone: what events say, that both claim the rest, is left as it was."""
    rooms, world = shared, next(WORLDS)
    ann, ben = f"user_id:{world}-ann", f"user_id:{world}-ben"
    mail, laptop = f"email:{world}-ben@x.de", f"anonymous_id:{world}-laptop"
    for who in ("ben", "ann"):
        said = {"email": f"{world}-ben@x.de", "anonymous_id": f"{world}-laptop"}
        rooms.appender.append(drafts(sent(user_id=f"{world}-{who}", **said)), "api")
    book = LinkBook(rooms.db, rooms.clock, rooms.appender.write)
    names = [ann, ben, mail, laptop]
    with Index(rooms.db, rooms.store, rooms.clock, (), SMALL) as index:
        before = _all(rooms, index, names)
        for pair in ((laptop, mail), (laptop, ann), (mail, ann)):
            book.merge(*pair, "Told so.", "Eva")
        for pair in ((mail, ann), (laptop, mail), (laptop, ann)):
            book.unmerge(*pair, "Not so.", "Eva")
        index.refresh()
        assert _all(rooms, index, names) == before
