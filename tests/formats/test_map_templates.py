"""The templates: sound, alike in shape, and bound to events that shops send."""

from __future__ import annotations

import pytest
from tests.engine.factories import journeys_of

from desireline.engine.journey_map import JourneyMap
from desireline.engine.living_map import bind
from desireline.formats.map_templates import templates
from desireline.formats.map_yaml import dumps, loads

INDUSTRIES = [
    "consumer_goods_and_services",
    "hospitality",
    "leisure_and_travel",
    "professional_services",
    "retail",
]


class TestTemplates:
    def test_are_there_for_five_industries(self) -> None:
        assert list(templates()) == INDUSTRIES

    @pytest.mark.parametrize("template", templates().values(), ids=lambda t: t.key)
    def test_have_the_five_stages_and_lanes_to_fill(self, template: JourneyMap) -> None:
        assert [s.key for s in template.stages] == [
            "awareness", "consideration", "purchase", "retention", "advocacy",
        ]  # fmt: skip
        assert all(stage.touchpoints for stage in template.stages)
        assert template.kind == "hypothesis"
        assert {"think", "emotion", "pain", "opportunity"} <= {lane.key for lane in template.lanes}
        evidence = {cell.evidence for lane in template.lanes for cell in lane.cells.values()}
        assert evidence == {"hypothesis"}, "nobody has observed it yet"
        assert loads(dumps(template)) == template

    @pytest.mark.parametrize("words", [("Product Viewed", "Order Completed"),
                                       ("product_viewed", "order_completed")])  # fmt: skip
    @pytest.mark.parametrize("template", templates().values(), ids=lambda t: t.key)
    def test_are_bound_to_segments_words_in_both_spellings(
        self, template: JourneyMap, words: tuple[str, str]
    ) -> None:
        seen, bought = words
        living = bind(template, journeys_of([[(seen, 0.0), (bought, 9.0)], [(seen, 1.0)]]))
        assert living.touchpoint("product").journeys == 2
        assert living.touchpoint("order").journeys == 1
        assert living.figures.outcome_base.count == 1
