"""The timeline: pages put together are the whole, in both directions, also while events arrive."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.log.following import Logged
from desireline.modules.people import timeline as timeline_module
from desireline.modules.people.departments import department_of
from desireline.modules.people.entries import attachments_in, entry_of
from desireline.modules.people.errors import FilterUnknown, PageTurned
from desireline.modules.people.happenings import VISIT_GAP, Entry, Happening, Joining, Visit
from desireline.modules.people.timeline import Mark, Timeline, Wanted

NOON = 1_767_268_800_000_000
MINUTE = 60_000_000


def event(position: int, minute: float, type_: str = "page_viewed", **more: Any) -> Logged:
    told = {
        "kind": "page" if type_ == "page_viewed" else "track",
        "channel": "web",
        "properties": None,
        **more,
    }
    return Logged(
        position=position,
        id_hi=position,
        id_lo=position,
        subject=1,
        at=NOON + round(minute * MINUTE),
        received_at=NOON,
        type=type_,
        direction="inbound",
        actor="",
        value=None,
        currency=None,
        identifiers=None,
        context=None,
        source="api",
        **told,
    )


class Rows:
    """Events in memory, read as the log is."""

    def __init__(self, rows: Sequence[Logged]) -> None:
        self.rows = list(rows)

    def history_of(
        self,
        subjects: Sequence[int],  # noqa: ARG002 - all are one person's
        limit: int,
        after: tuple[int, int] | None = None,
        *,
        newest_first: bool = False,
    ) -> list[Logged]:
        ordered = sorted(self.rows, key=lambda r: (r.at, r.position), reverse=newest_first)
        behind = [
            row
            for row in ordered
            if after is None
            or ((row.at, row.position) < after if newest_first else (row.at, row.position) > after)
        ]
        return behind[:limit]


def pages(
    rows: Sequence[Logged], wanted: Wanted, limit: int, joinings: Sequence[Joining] = ()
) -> list[list[Entry]]:
    found, mark = [], None
    while True:
        page = Timeline(Rows(rows), [1], joinings, wanted).page(limit, mark)  # type: ignore[arg-type]
        found.append(page.entries)
        if page.next is None:
            return found
        mark = Mark.read(str(page.next))


def plain(entries: Sequence[Entry]) -> list[Any]:
    return [
        (one.key, sorted(look.key for look in one.looks)) if isinstance(one, Visit) else one.key
        for one in entries
    ]


class TestVisits:
    def test_the_pages_of_a_visit_are_one_entry(self) -> None:
        rows = [event(1, 0), event(2, 10), event(3, 12, "order_completed"), event(4, 20)]
        rows += [event(5, 51), event(6, 52, "product_viewed")]
        [entries] = pages(rows, Wanted(newest_first=False), 10)
        told = [entry_of(one, {}) for one in entries]
        assert [(t.what, t.type, t.count, t.duration_seconds) for t in told] == [
            ("visit", "visit", 3, 1200.0),
            ("event", "order_completed", 1, None),
            ("visit", "visit", 2, 60.0),
        ]
        [newest] = pages(rows, Wanted(), 10)
        assert plain(newest) == plain(entries)[::-1]

    def test_a_rest_of_half_an_hour_is_still_the_same_visit(self) -> None:
        at = VISIT_GAP / MINUTE
        assert len(pages([event(1, 0), event(2, at)], Wanted(), 5)[0]) == 1
        assert len(pages([event(1, 0), event(2, at + 1)], Wanted(), 5)[0]) == 2

    def test_unfolded_each_is_an_entry(self) -> None:
        rows = [event(n, n) for n in range(1, 6)]
        [entries] = pages(rows, Wanted(unfold=True), 10)
        assert [one.key[1] for one in entries] == [5, 4, 3, 2, 1]


def oracle(rows: Sequence[Logged], wanted: Wanted) -> list[Any]:
    """Slow and obvious: all entries, rising."""
    entries: list[Any] = []
    last: dict[str, Any] = {}
    for row in sorted(rows, key=lambda r: (r.at, r.position)):
        one = Happening.of(row)
        if not wanted.lets(one) or not wanted.is_within(row.at):
            continue
        if wanted.unfold or not one.is_looking:
            entries.append(one.key)
            continue
        visit = last.get(row.channel)
        if visit is None or row.at - visit[1][-1][0] > VISIT_GAP:
            visit = last[row.channel] = (one.key, [])
            entries.append(visit)
        visit[1].append(one.key)
    return sorted(entries, key=lambda e: e[0] if isinstance(e[0], tuple) else e)


shapes = st.tuples(
    st.sampled_from([0, 5, 20, 29, 30, 31, 45, 59, 61, 90, 95, 121, 200, 260]),
    st.sampled_from(["page_viewed", "page_viewed", "order_completed", "chat_started"]),
    st.sampled_from(["web", "web", "app", "phone"]),
)
asked = st.builds(
    Wanted,
    newest_first=st.booleans(),
    unfold=st.booleans(),
    channels=st.sampled_from([frozenset(), frozenset(["web"])]),
    departments=st.sampled_from([frozenset(), frozenset(["sales", "marketing"])]),
    start=st.sampled_from([None, NOON + 25 * MINUTE]),
    stop=st.sampled_from([None, NOON + 100 * MINUTE]),
)


class TestPages:
    @settings(max_examples=400)
    @given(st.lists(shapes, max_size=14), asked, st.integers(1, 6), st.sampled_from([1, 2, 300]))
    def test_together_are_the_whole(
        self, some: list[tuple[int, str, str]], wanted: Wanted, limit: int, at_once: int
    ) -> None:
        rows = [event(n, m, t, channel=c) for n, (m, t, c) in enumerate(some, 1)]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(timeline_module, "AT_ONCE", at_once)
            found = pages(rows, wanted, limit)
        together = [one for page in found for one in plain(page)]
        expected = oracle(rows, wanted)
        assert together == (expected[::-1] if wanted.newest_first else expected)
        assert all(len(page) == limit for page in found[:-1])

    @settings(max_examples=100)
    @given(st.lists(shapes, max_size=12), st.integers(1, 4), st.lists(shapes, max_size=5))
    def test_what_arrives_meanwhile_moves_nothing(
        self, some: list[tuple[int, str, str]], limit: int, later: list[tuple[int, str, str]]
    ) -> None:
        rows = [event(n, m, t, channel=c) for n, (m, t, c) in enumerate(some, 1)]
        new = [event(n, 300 + m, t, channel=c) for n, (m, t, c) in enumerate(later, 100)]
        whole = [one for page in pages(rows, Wanted(), limit) for one in plain(page)]
        first = Timeline(Rows(rows), [1], (), Wanted()).page(limit)  # type: ignore[arg-type]
        found, mark = plain(first.entries), first.next
        while mark is not None:
            page = Timeline(Rows(rows + new), [1], (), Wanted()).page(limit, mark)  # type: ignore[arg-type]
            found, mark = found + plain(page.entries), page.next
        assert found == whole

    def test_no_page_reads_for_ever(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(timeline_module, "AT_ONCE", 5)
        monkeypatch.setattr(timeline_module, "MOST_READ", 20)
        rows = [event(n, n) for n in range(1, 101)]
        found = pages(rows, Wanted(), 3)
        looks = [
            look.key for page in found for v in page if isinstance(v, Visit) for look in v.looks
        ]
        assert sorted(look[1] for look in looks) == list(range(1, 101))
        assert len(found) <= 6

    def test_joinings_stand_where_they_happened(self) -> None:
        rows = [event(n, n * 10, "chat_started") for n in range(1, 6)]
        link = Joining((NOON + 25 * MINUTE, -2), "identifiers_linked", "identify", (1, 2), NOON)
        for limit in (1, 2, 3, 10):
            for newest in (True, False):
                found = pages(rows, Wanted(newest_first=newest), limit, [link])
                keys = [one.key for page in found for one in page]
                assert sorted(keys, reverse=newest) == keys
                assert len(keys) == 6
        [hidden] = pages(rows, Wanted(channels=frozenset(["web"])), 10, [link])
        assert len(hidden) == 5

    @pytest.mark.parametrize("text", ["", "x", "1", "1.2.z", "1.2.v.3", f"{1 << 62}.1", "1.x"])
    def test_a_mark_that_was_not_given_out_is_refused(self, text: str) -> None:
        with pytest.raises(PageTurned, match="no mark"):
            Mark.read(text)

    def test_an_unknown_department_is_named(self) -> None:
        with pytest.raises(FilterUnknown, match="'legal'"):
            Wanted(departments=frozenset(["legal"]))


class TestDepartments:
    @pytest.mark.parametrize(
        ("type_", "channel", "properties", "department"),
        [
            ("complaint_filed", "e-mail", {}, "service"),
            ("order_completed", "web", {}, "sales"),
            ("survey_answered", "e-mail", {}, "marketing"),
            ("page_viewed", "web", {}, "marketing"),
            ("visited", "store", {}, "sales"),
            ("talked", "phone", {}, "service"),
            ("talked", "phone", {"department": "Sales"}, "sales"),
            ("talked", "", {"department": 7}, "marketing"),
        ],
    )
    def test_by_property_type_and_channel(
        self, type_: str, channel: str, properties: dict[str, Any], department: str
    ) -> None:
        assert department_of(type_, channel, properties) == department


class TestAttachments:
    def test_those_with_a_name_are_documents(self) -> None:
        told = [
            {"name": "invoice.pdf", "url": "https://x.example/i.pdf", "bytes": 12, "type": "a/b"},
            {"name": "odd", "bytes": True, "sha256": 5},
            {"url": "https://nameless.example"},
            "text",
        ]
        found = attachments_in({"attachments": told})
        assert [(a.name, a.url, a.bytes, a.sha256) for a in found] == [
            ("invoice.pdf", "https://x.example/i.pdf", 12, None),
            ("odd", None, None, None),
        ]
        assert attachments_in({"attachments": "none"}) == []
