"""What hangs on a living map: cells with their values, samples behind figures, steps along."""

from __future__ import annotations

import pytest
from tests.engine.factories import journeys_of
from tests.engine.maps import map_of, stage, touchpoint
from tests.engine.test_living_map import DAY, WALKS, shop

from desireline.engine.journey_map import Cell, Lane, from_dict
from desireline.engine.living_map import bind
from desireline.engine.living_map.along import steps_along


class TestOpen:
    def walks(self, idle_days: float) -> list[list[tuple[str, float]]]:
        """Twenty who go from ad to cart in two days, one who stands at ad, and the log's end."""
        gone = [[("ad", 0.0), ("cart", 2 * DAY)] for _ in range(20)]
        end = 3 * DAY + idle_days * DAY
        return [*gone, [("ad", end - idle_days * DAY)], [("ping", end)]]

    @pytest.mark.parametrize(("idle_days", "stands"), [(1, 1), (5.5, 1), (6.5, 0)])
    def test_ends_after_three_times_the_usual_wait(self, idle_days: float, stands: int) -> None:
        found = bind(shop(), journeys_of(self.walks(idle_days)))
        assert found.touchpoint("ad").open == stands

    def test_is_patient_where_nobody_goes_on(self) -> None:
        found = bind(shop(), journeys_of([[("ad", 0)], [("ping", 1000 * DAY)]]))
        assert found.touchpoint("ad").open == 1

    def test_does_not_count_who_reached_the_outcome(self) -> None:
        found = bind(shop(), journeys_of([[("order", 0)], [("ad", 0), ("order", 1), ("ad", 2)]]))
        assert [t.open for t in found.figures.touchpoints] == [0, 0, 0]


class TestSamples:
    def test_have_some_of_every_touchpoint_and_no_more_than_300(self) -> None:
        common = [[("ad", float(i)), ("cart", float(i + 1))] for i in range(5000)]
        rare = [[("order", 9000.0)]]
        found = bind(shop(), journeys_of([*common, *rare, *common])).figures
        assert len(found.journeys) <= 300
        assert found.journeys_of["order"]
        assert len(found.journeys_of["ad"]) >= 90
        numbers = [int(j.id) for j in found.journeys]
        assert numbers == sorted(set(numbers))
        assert max(numbers) - min(numbers) > 9000, "from all parts of the log"

    def test_cut_a_long_journey_and_say_so(self) -> None:
        long = [(("ad", "cart")[i % 2], float(i)) for i in range(500)]
        found = bind(shop(), journeys_of([long])).figures
        assert len(found.journeys[0].steps) == 200
        assert found.variants.total == 1
        assert any("first 200 visits" in note for note in found.source.notes)


class TestCells:
    def lanes(self) -> tuple[Lane, ...]:
        old = Cell(text="stale number", evidence="observed", n=1)
        return (
            Lane(key="reach", kind="metric", name="Reach", cells={"ad": old}),
            Lane(key="wait_after", kind="metric", name="Wait after"),
            Lane(key="revenue", kind="metric", name="Revenue", cells={"ad": Cell(text="4 euro")}),
            Lane(
                key="say",
                kind="say",
                name="Say",
                cells={"cart": Cell(text="Dear.", evidence="observed"), "ad": Cell(text="Nice.")},
            ),
        )

    def test_of_metric_lanes_are_computed(self) -> None:
        lanes = bind(shop(lanes=self.lanes()), journeys_of(WALKS)).to_dict()["map"]["lanes"]
        assert lanes[0]["cells"]["ad"] == {
            "text": "67 % (30\N{EN DASH}90 %)",
            "evidence": "observed",
            "n": 6,
        }
        assert set(lanes[0]["cells"]) == {"ad", "cart", "order"}
        assert lanes[1]["cells"]["cart"]["n"] == 4
        assert lanes[2]["cells"] == {"ad": {"text": "4 euro", "evidence": "declared", "n": None}}

    def test_of_other_lanes_keep_their_words_and_get_their_n(self) -> None:
        cells = bind(shop(lanes=self.lanes()), journeys_of(WALKS)).to_dict()["map"]["lanes"][3]
        assert cells["cells"]["cart"] == {"text": "Dear.", "evidence": "observed", "n": 4}
        assert cells["cells"]["ad"] == {"text": "Nice.", "evidence": "declared", "n": None}

    def test_leave_the_document_as_it_is(self) -> None:
        journey_map = shop(lanes=self.lanes())
        found = bind(journey_map, journeys_of(WALKS))
        assert found.journey_map == journey_map
        read_back = from_dict(found.to_dict()["map"])
        assert bind(read_back, journeys_of(WALKS)).to_dict() == found.to_dict()


class TestAlong:
    def test_goes_by_touchpoints_with_their_alternatives(self) -> None:
        found = steps_along(
            map_of(
                stage("a", "ad", touchpoint("mail", alternative_to="ad")),
                stage("b", touchpoint("chat", optional=True), "order"),
            )
        )
        assert [(s.key, s.touchpoints) for s in found] == [
            ("ad", ("ad", "mail")),
            ("order", ("order",)),
        ]

    def test_goes_by_milestones_once_there_are_two(self) -> None:
        first, last = (touchpoint(key, milestone=True) for key in ("ad", "order"))
        other = touchpoint("call", alternative_to="order", optional=True)
        found = steps_along(map_of(stage("a", first, *"bcdefghij"), stage("k", last, other, "end")))
        assert [(s.key, s.touchpoints) for s in found] == [
            ("ad", ("ad",)),
            ("order", ("order", "call")),
        ]
        alone = steps_along(map_of(stage("a", first, "b"), stage("k", "order")))
        assert [s.key for s in alone] == ["ad", "b", "order"]

    def test_goes_by_stages_where_touchpoints_are_many(self) -> None:
        nine = map_of(stage("a", *"bcdef"), stage("g", *"hijk"))
        assert [(s.key, len(s.touchpoints)) for s in steps_along(nine)] == [("a", 5), ("g", 4)]

    def test_leaves_out_stages_of_optional_touchpoints(self) -> None:
        optional = stage("help", touchpoint("chat", optional=True))
        assert [s.key for s in steps_along(map_of(stage("a", *"bcdefghij"), optional))] == ["a"]
