"""From a map to a planned journey of CJML 2.0.

CJML has phases, actors and touchpoints with initiator, receiver and channel. It has no rules,
lanes or goals of departments; these stand in a processing instruction, which other programs pass
over, so that the file read back is the map to the last field.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from desireline.engine.journey_map import JourneyMap, Stage, Touchpoint
from desireline.formats.map_cjml.tree import INSTRUCTION

CUSTOMER, COMPANY = "customer", "company"
"""Who acts where the map does not say."""
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold, escaped or not."""


def dumps(journey_map: JourneyMap) -> str:
    """The map as CJML 2.0. `loads` reads it back."""
    own = json.dumps(journey_map.to_dict()).replace(">", "\\u003e")
    return "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            f"<?{INSTRUCTION} {own}?>",
            '<CJML version="2.0">',
            "  <plannedJourney>",
            *(f"    {line}" for line in _journey(journey_map)),
            "  </plannedJourney>",
            "</CJML>",
            "",
        )
    )


def _journey(journey_map: JourneyMap) -> Iterator[str]:
    yield _element("journeyID", journey_map.key)
    yield _element("journeyTitle", journey_map.name)
    yield "<journeyPhases>"
    for stage in journey_map.stages:
        yield f"  <journeyPhase phaseID={_attribute(stage.key)}>"
        yield f"    {_element('phaseName', stage.name)}"
        yield "    <phaseDescription></phaseDescription>"
        yield "  </journeyPhase>"
    yield "</journeyPhases>"
    yield _element("journeyShortSummary", journey_map.goal.statement)
    yield "<actors>"
    yield from (f"  {line}" for line in _actors(journey_map))
    yield "</actors>"
    yield "<touchpoints>"
    for stage in journey_map.stages:
        for touchpoint in stage.touchpoints:
            yield from (f"  {line}" for line in POINTS[touchpoint.kind](stage, touchpoint))
    yield "</touchpoints>"


def _actors(journey_map: JourneyMap) -> Iterator[str]:
    yield f"<endUser actorID={_attribute(CUSTOMER)}>{_element('actorName', 'Customer')}</endUser>"
    names = {actor.key: actor.name for actor in journey_map.actors}
    used = [who for t in journey_map.touchpoints for who in _who(t)]
    for key in dict.fromkeys((*names, *used)):
        if key != CUSTOMER:
            name = _element("companyName", names.get(key, key))
            yield f"<serviceProvider actorID={_attribute(key)}>{name}</serviceProvider>"


def _who(touchpoint: Touchpoint) -> tuple[str, ...]:
    """The initiator, and of a communication the receiver."""
    if touchpoint.kind == "action":
        return (touchpoint.initiator or CUSTOMER,)
    initiator = touchpoint.initiator or COMPANY
    return (initiator, touchpoint.recipient or CUSTOMER)


def _action(stage: Stage, touchpoint: Touchpoint) -> Iterator[str]:
    yield "<plannedAction>"
    yield from _head(stage, touchpoint)
    yield from _party("initiator", _who(touchpoint)[0], touchpoint.name)
    yield f"  {_element('comment', touchpoint.description)}"
    yield "</plannedAction>"


def _communication(stage: Stage, touchpoint: Touchpoint) -> Iterator[str]:
    initiator, receiver = _who(touchpoint)
    yield "<plannedCommunicationPoint>"
    yield from _head(stage, touchpoint)
    yield from _party("initiator", initiator, touchpoint.name)
    yield from _party("receiver", receiver, touchpoint.name)
    yield f"  <channel>{_element('channelName', touchpoint.channel or '')}</channel>"
    yield f"  {_element('comment', touchpoint.description)}"
    yield "</plannedCommunicationPoint>"


POINTS = {"action": _action, "communication": _communication}


def _head(stage: Stage, touchpoint: Touchpoint) -> Iterator[str]:
    yield f"  {_element('touchpointID', touchpoint.key)}"
    yield f"  <belongsTo phaseIDref={_attribute(stage.key)}></belongsTo>"


def _party(role: str, actor: str, label: str) -> Iterator[str]:
    yield f"  <{role}>"
    yield f"    <refersTo actorIDref={_attribute(actor)}/>"
    yield f"    {_element(f'{role}Label', label)}"
    yield f"  </{role}>"


def _element(tag: str, text: str) -> str:
    return f"<{tag}>{escape(_fit(text))}</{tag}>"


def _attribute(text: str) -> str:
    return quoteattr(_fit(text))


def _fit(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)
