"""Maps as CJML 2.0 and back, and as CSV."""

from __future__ import annotations

import csv
import io
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from tests.engine.maps import any_map, map_of, stage, touchpoint

from desireline.engine.journey_map import NO_EVENT, Actor, Cell, JourneyMap, Lane
from desireline.formats import map_cjml, map_csv
from desireline.formats.map_cjml import CjmlUnreadable

PUBLISHED = """<CJML version="2.0">
  <actualJourney>
    <journeyID>AJ1</journeyID>
    <actors>
      <endUser actorID="Carl"><actorName>Carl</actorName></endUser>
      <serviceProvider actorID="Company A"><companyName>Bookis</companyName></serviceProvider>
    </actors>
    <touchpoints>
      <actualCommunicationPoint>
        <touchpointID>TP1</touchpointID>
        <initiator>
          <refersTo actorIDref="Carl"/>
          <initiatorLabel>Customer creates account</initiatorLabel>
        </initiator>
        <receiver>
          <refersTo actorIDref="Company A"/>
          <receiverLabel>Account registered</receiverLabel>
        </receiver>
        <channel><channelName>Web</channelName></channel>
      </actualCommunicationPoint>
      <actualAction>
        <touchpointID>TP1</touchpointID>
        <initiator>
          <refersTo actorIDref="Carl"/><initiatorLabel>Reads &lt;rules&gt;</initiatorLabel>
        </initiator>
      </actualAction>
    </touchpoints>
  </actualJourney>
</CJML>"""
"""The shape of the example of https://cjml.no, with one action more."""


def shop() -> JourneyMap:
    return map_of(
        stage("look", touchpoint("ad", kind="communication", channel="social", initiator="agency")),
        stage("buy", "cart", touchpoint("mail", kind="communication")),
        actors=(Actor(key="agency", name="Agency & Co"),),
        lanes=(Lane(key="think", kind="think", name="=Think", cells={"cart": Cell(text="-1")}),),
    )


class TestCjml:
    @settings(max_examples=80, deadline=None)
    @given(any_map())
    def test_a_round_trip_is_the_same_map(self, document: JourneyMap) -> None:
        text = map_cjml.dumps(document)
        ET.fromstring(text)
        assert map_cjml.loads(text) == document

    def test_has_the_elements_of_cjml(self) -> None:
        journey = ET.fromstring(map_cjml.dumps(shop())).find("plannedJourney")
        assert journey is not None
        assert journey.findtext("journeyID") == "shop"
        phases = journey.findall("journeyPhases/journeyPhase")
        assert [p.get("phaseID") for p in phases] == ["look", "buy"]
        points = journey.find("touchpoints")
        assert points is not None
        assert [p.tag for p in points] == [
            "plannedCommunicationPoint", "plannedAction", "plannedCommunicationPoint",
        ]  # fmt: skip
        first = points[0]
        assert first.findtext("touchpointID") == "ad"
        assert first.findtext("initiator/initiatorLabel") == "Ad"
        assert first.findtext("channel/channelName") == "social"
        known = {a.get("actorID") for a in journey.findall("actors/*")}
        used = {r.get("actorIDref") for r in journey.iter("refersTo")}
        assert used <= known == {"customer", "agency", "company"}

    def test_reads_what_others_write(self) -> None:
        found = map_cjml.loads(PUBLISHED)
        assert (found.key, found.kind) == ("AJ1", "as_is")
        first, second = found.touchpoints
        assert (first.key, first.name, first.kind) == (
            "TP1", "Customer creates account", "communication",
        )  # fmt: skip
        assert (first.channel, first.initiator, first.recipient) == ("Web", None, "Company A")
        assert (second.key, second.name, second.rule) == ("TP1_2", "Reads <rules>", NO_EVENT)
        assert [(a.key, a.name) for a in found.actors] == [("Company_A", "Bookis")]

    def test_keeps_rules_and_cells_where_others_changed_the_rest(self) -> None:
        before = map_cjml.dumps(shop())
        changed = before.replace("Label>Cart<", "Label>Basket<").replace(
            '<belongsTo phaseIDref="look">', '<belongsTo phaseIDref="buy">'
        )
        found = map_cjml.loads(changed)
        assert [[t.key for t in s.touchpoints] for s in found.stages] == [
            [], ["ad", "cart", "mail"],
        ]  # fmt: skip
        assert found.touchpoints[1].name == "Basket"
        assert found.touchpoints[1].rule == shop().touchpoints[1].rule
        assert found.lanes == shop().lanes

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "<CJML>",
            "<a/>",
            '<CJML version="2.0"/>',
            '<!DOCTYPE a [<!ENTITY b "c">]><CJML><plannedJourney/></CJML>',
            "<?desireline-map nothing?><CJML><plannedJourney/></CJML>",
        ],
    )
    def test_refuses_what_is_none(self, text: str) -> None:
        with pytest.raises(CjmlUnreadable) as caught:
            map_cjml.loads(text)
        assert caught.value.hint


class TestCsv:
    def test_has_a_row_a_touchpoint_and_computes_nothing(self) -> None:
        rows = list(csv.DictReader(io.StringIO(map_csv.dumps(shop()))))
        assert [(r["stage"], r["key"], r["channel"]) for r in rows] == [
            ("Look", "ad", "social"),
            ("Buy", "cart", ""),
            ("Buy", "mail", ""),
        ]
        assert rows[1]["'=Think"] == "'-1"
