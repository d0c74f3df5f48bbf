"""The queue of duplicates: searched, listed, accepted, rejected, on both databases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import delete
from tests.modules.duplicates.worlds import Kind, world
from tests.modules.house import House, house

from desireline.log.identity.people import subjects_of
from desireline.log.naming.subjects import find_numbers
from desireline.log.tables import subject
from desireline.modules.duplicates.repository import Wanted
from desireline.modules.duplicates.service import Duplicates
from desireline.modules.links.facade import LinkBook
from desireline.modules.people.facade import Said, record_traits
from desireline.registry import MODULES
from desireline.worker.long_jobs import LongJobDoer

TRAITS = {
    "given_name": "first_name",
    "family_name": "last_name",
    "birth_date": "birthday",
    "city": "city",
    "phone": "phone",
}


def furnished(here: House, persons: int = 120) -> dict[int, int]:
    """Whose each subject is, of a world of customers who are known by their traits."""
    made = world(Kind(persons=persons, family=0.2, hole=0.0, seed=3))
    keys = [f"k{row}" for row in range(made.n)]
    here.send([{"type": "signed_up", "user_id": key} for key in keys])
    with here.rooms.db.transaction() as tx:
        numbers = find_numbers(tx, [("user_id", key) for key in keys])
        said = [
            Said(numbers["user_id", key], trait, value, 1, "test")
            for row, key in enumerate(keys)
            for field, trait in TRAITS.items()
            if (value := made.columns[field][row]) is not None
        ]
        record_traits(tx, said)
    return {numbers["user_id", key]: made.truth[row] for row, key in enumerate(keys)}


def open_ones(here: House, **more: object) -> list[dict[str, Any]]:
    answer = here.client.get("/v1/duplicates", params={"limit": 100} | more)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["suggestions"]
    return found


class TestSearch:
    def test_as_a_job(self, here: House) -> None:
        whose = furnished(here)
        asked = here.client.post("/v1/duplicates/runs", json={})
        assert asked.status_code == 202, asked.text
        assert here.client.get("/v1/duplicates/runs").json()["runs"][0]["ended_at"] is None
        assert LongJobDoer(here.rooms, MODULES).do_due() == 1
        run = here.client.get("/v1/duplicates/runs").json()["runs"][0]
        assert run["problem"] == ""
        assert run["persons"] == len(whose)
        found = open_ones(here)
        assert run["suggested"] == run["new"] > 20
        right = [whose[one["a"]["person"]] == whose[one["b"]["person"]] for one in found]
        assert sum(right) / len(right) >= 0.95
        assert found[0]["sentence"].startswith("Same ")
        assert found[0]["a"]["traits"]["last_name"]
        odds = [one["probability"] for one in found]
        assert odds == sorted(odds, reverse=True)

    def test_twice_adds_nothing(self, here: House) -> None:
        furnished(here)
        queue = Duplicates(here.rooms)
        first = queue.find()
        before = [one["id"] for one in open_ones(here)]
        again = queue.find()
        assert (again.new, again.gone) == (0, 0)
        assert again.suggested == first.new
        assert [one["id"] for one in open_ones(here)] == before

    def test_of_nobody(self, here: House) -> None:
        run = Duplicates(here.rooms).find()
        assert (run.persons, run.suggested) == (0, 0)

    def test_an_unknown_method_is_refused(self, here: House) -> None:
        answer = here.client.post("/v1/duplicates/runs", json={"method": "magic"})
        assert answer.status_code == 422
        assert answer.json()["code"] == "method_unknown"


class TestDeciding:
    def test_accepting_makes_one_person_and_can_be_undone(self, here: House) -> None:
        furnished(here)
        queue = Duplicates(here.rooms)
        queue.find()
        one = open_ones(here)[0]
        a, b = one["a"]["person"], one["b"]["person"]
        done = here.client.post(f"/v1/duplicates/{one['id']}/accept")
        assert done.json()["state"] == "accepted"
        assert done.json()["decided_by"]
        with here.rooms.db.reading() as look:
            assert subjects_of(look, a) == subjects_of(look, b) == sorted((a, b))
        assert here.client.post(f"/v1/duplicates/{one['id']}/accept").status_code == 409
        queue.find()
        assert one["id"] not in {other["id"] for other in open_ones(here)}
        entries = here.client.get("/v1/audit", params={"what": "duplicate_accepted"}).json()
        assert f"person:{a}" in str(entries)
        timeline = here.client.get(f"/v1/persons/{b}/timeline").json()
        assert "persons_merged" in str(timeline)
        links = LinkBook(here.rooms.db, here.rooms.clock, here.rooms.appender.write)
        links.unmerge(str(a), str(b), "they are cousins", "test")
        with here.rooms.db.reading() as look:
            assert subjects_of(look, a) == [a]

    def test_a_rejected_pair_never_comes_again(self, here: House) -> None:
        furnished(here)
        queue = Duplicates(here.rooms)
        first = queue.find()
        one, *_ = open_ones(here)
        assert here.client.post(f"/v1/duplicates/{one['id']}/reject").json()["state"] == "rejected"
        again = queue.find()
        assert again.suggested == first.suggested - 1
        pairs = {(o["a"]["person"], o["b"]["person"]) for o in open_ones(here)}
        assert (one["a"]["person"], one["b"]["person"]) not in pairs
        assert [o["id"] for o in open_ones(here, state="rejected")] == [one["id"]]

    def test_nor_under_another_identifier_of_the_two(self, here: House) -> None:
        """Persons are computed: the pair is remembered by persons, not by the two numbers."""
        furnished(here)
        queue = Duplicates(here.rooms)
        queue.find()
        one = open_ones(here)[0]
        first = one["a"]["person"]
        here.client.post(f"/v1/duplicates/{one['id']}/reject")
        here.send([{"type": "seen", "user_id": "aaa"}])
        with here.rooms.db.transaction() as tx:
            other = find_numbers(tx, [("user_id", "aaa")])["user_id", "aaa"]
            assert other != first
        told = {"traits": one["a"]["traits"]}
        with here.rooms.db.transaction() as tx:
            record_traits(tx, [Said(other, k, v, 2, "test") for k, v in told["traits"].items()])
        queue.find()
        pairs = [{o["a"]["person"], o["b"]["person"]} for o in open_ones(here)]
        assert {first, one["b"]["person"]} not in pairs
        assert {first, other} in pairs

    def test_one_person_meanwhile_is_not_shown(self, here: House) -> None:
        furnished(here, 200)
        queue = Duplicates(here.rooms)
        queue.find()
        pairs = {(o["a"]["person"], o["b"]["person"]): o["id"] for o in open_ones(here)}
        triangle = next(
            (pairs[a, b], pairs[b, c], pairs[a, c])
            for a, b in pairs
            for c in {end for pair in pairs for end in pair}
            if (b, c) in pairs and (a, c) in pairs
        )
        for number in triangle[:2]:
            here.client.post(f"/v1/duplicates/{number}/accept").raise_for_status()
        assert triangle[2] not in {one["id"] for one in open_ones(here)}

    def test_what_is_not_there(self, here: House) -> None:
        answer = here.client.post("/v1/duplicates/77/accept")
        assert answer.status_code == 404
        assert answer.json()["code"] == "suggestion_missing"


class TestListing:
    def test_in_pages(self, here: House) -> None:
        furnished(here)
        Duplicates(here.rooms).find()
        every = [one["id"] for one in open_ones(here)]
        seen: list[int] = []
        after: dict[str, int] = {}
        while True:
            page = here.client.get("/v1/duplicates", params={"limit": 7} | after).json()
            seen += [one["id"] for one in page["suggestions"]]
            if page["next"] is None:
                break
            after = {"after": page["next"]}
        assert seen[: len(every)] == every
        assert len(seen) == len(set(seen))

    def test_of_one_person(self, here: House) -> None:
        furnished(here)
        queue = Duplicates(here.rooms)
        queue.find()
        person = open_ones(here)[0]["b"]["person"]
        of_person = open_ones(here, person=str(person))
        assert of_person
        assert all(person in (o["a"]["person"], o["b"]["person"]) for o in of_person)
        assert here.client.get("/v1/duplicates", params={"person": "user_id:x"}).status_code == 404


def test_who_is_erased_leaves_nothing(tmp_path: Path, database_url: str) -> None:
    with house(tmp_path / "w", database_url) as here:
        furnished(here)
        queue = Duplicates(here.rooms)
        queue.find()
        one = queue.page(Wanted()).suggestions[0]
        with here.rooms.db.transaction() as tx:
            tx.execute(delete(subject).where(subject.c.id == one.b))
        assert one.id not in {o.id for o in queue.page(Wanted(limit=1000)).suggestions}
