"""From CJML 2.0 to a map: planned journeys, and actual ones as a map of what is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

import msgspec

from desireline.engine.errors import DesirelineError, place_in_file
from desireline.engine.journey_map import (
    NO_EVENT,
    Actor,
    Goal,
    JourneyMap,
    MapInvalid,
    Stage,
    Touchpoint,
    from_dict,
)
from desireline.engine.journey_map.parts import MapKind, TouchpointKind
from desireline.formats.map_cjml.tree import DocumentTypeRefused, Element, expat, parsed
from desireline.formats.map_cjml.writing import dumps

KINDS: dict[str, TouchpointKind] = {
    "plannedCommunicationPoint": "communication",
    "actualCommunicationPoint": "communication",
    "plannedAction": "action",
    "actualAction": "action",
}
JOURNEYS: dict[str, MapKind] = {"plannedJourney": "to_be", "actualJourney": "as_is"}
NO_PHASE = "journey"
"""The stage of touchpoints that belong to no phase."""


class CjmlUnreadable(DesirelineError):
    """A file that is no CJML. `mark` is line and column, where they are known."""

    def __init__(
        self, sentence: str, *, hint: str = "", mark: tuple[int, int] | None = None
    ) -> None:
        super().__init__(sentence, hint=hint)
        self.more: dict[str, object] = place_in_file(mark)


def loads(text: str) -> JourneyMap:
    """The map in a CJML 2.0 text: its first journey.

    A file of `dumps` that nobody has changed is the same map. In one that was changed elsewhere,
    what CJML says counts, and the rest is kept of touchpoints that are still there. Raises
    CjmlUnreadable.
    """
    try:
        found = parsed(text)
    except expat.ExpatError as error:
        raise CjmlUnreadable(
            f"Line {error.lineno}: this is not well-formed XML ({expat.ErrorString(error.code)}).",
            hint="Export it again.",
            mark=(error.lineno, error.offset + 1),
        ) from None
    except DocumentTypeRefused:
        raise CjmlUnreadable(
            "The file declares a document type or an entity, which CJML has no use for.",
            hint="Remove the <!DOCTYPE ...> part.",
        ) from None
    journey = _journey(found.root)
    try:
        own = from_dict(json.loads(found.instruction)) if found.instruction else None
        if own is not None and _journey(parsed(dumps(own)).root) == journey:
            return own
        made = _made(journey)
        return made if own is None else _with_own(made, own)
    except (MapInvalid, ValueError, RecursionError) as error:
        hint = getattr(error, "hint", "")
        raise CjmlUnreadable(f"This is no map: {error}", hint=hint or "Export it again.") from None


def _journey(root: Element) -> Element:
    whole = root.find("CJML")
    for element in whole.inside if whole else ():
        if element.tag in JOURNEYS:
            return element
    raise CjmlUnreadable(
        "There is neither a plannedJourney nor an actualJourney in a CJML element.",
        hint='CJML 2.0 begins with <CJML version="2.0"><plannedJourney>.',
    )


def _made(journey: Element) -> JourneyMap:
    key = _key(journey.said("journeyID") or "journey")
    return JourneyMap(
        key=key,
        name=journey.said("journeyTitle") or journey.said("journeyID") or key,
        kind=JOURNEYS[journey.tag],
        goal=Goal(statement=journey.said("journeyShortSummary")),
        stages=_stages(journey),
        actors=tuple(_actors(journey)),
        scope="task",
    )


def _stages(journey: Element) -> tuple[Stage, ...]:
    phases = journey.find("journeyPhases")
    names = {
        _key(phase.attributes.get("phaseID", "")): phase.said("phaseName")
        for phase in (phases.inside if phases else ())
    }
    users = {actor.attributes.get("actorID") for actor in _of(journey, "actors", "endUser")}
    held: dict[str, list[Touchpoint]] = {key: [] for key in names}
    taken: set[str] = set()
    touchpoints = journey.find("touchpoints")
    for element in touchpoints.inside if touchpoints else ():
        if element.tag in KINDS:
            stage = _key(element.refers("belongsTo", "phaseIDref") or NO_PHASE)
            held.setdefault(stage, []).append(_touchpoint(element, users, taken))
    return tuple(
        Stage(key=key, name=names.get(key) or key, touchpoints=tuple(points))
        for key, points in held.items()
    )


def _touchpoint(element: Element, users: set[str | None], taken: set[str]) -> Touchpoint:
    name = element.said("initiator", "initiatorLabel") or element.said("receiver", "receiverLabel")
    key = _free(_key(element.said("touchpointID") or name or "touchpoint"), taken)
    parties = [
        (party.refers("refersTo", "actorIDref") if party else "")
        for party in (element.find("initiator"), element.find("receiver"))
    ]
    initiator, recipient = (None if not p or p in users else p for p in parties)
    return Touchpoint(
        key=key,
        name=name or key,
        kind=KINDS[element.tag],
        rule=NO_EVENT,
        channel=element.said("channel", "channelName") or None,
        initiator=initiator,
        recipient=recipient,
        description=element.said("comment"),
    )


def _actors(journey: Element) -> Iterator[Actor]:
    taken: set[str] = set()
    for element in _of(journey, "actors", "serviceProvider"):
        key = _free(_key(element.attributes.get("actorID", "") or "actor"), taken)
        name = element.said("companyName") or element.said("actorName") or key
        yield Actor(key=key, name=name)


def _of(journey: Element, holder: str, tag: str) -> Iterable[Element]:
    found = journey.find(holder)
    return [element for element in (found.inside if found else ()) if element.tag == tag]


def _with_own(made: JourneyMap, own: JourneyMap) -> JourneyMap:
    """What CJML says of the map, and of its touchpoints what CJML has no words for."""
    known = {t.key: t for t in own.touchpoints}
    kept = {t.key for t in made.touchpoints}
    stages = tuple(
        msgspec.structs.replace(
            stage, touchpoints=tuple(_joined(t, known, kept) for t in stage.touchpoints)
        )
        for stage in made.stages
    )
    lanes = tuple(
        msgspec.structs.replace(
            lane, cells={key: cell for key, cell in lane.cells.items() if key in kept}
        )
        for lane in own.lanes
    )
    goal = msgspec.structs.replace(own.goal, statement=made.goal.statement)
    bare = msgspec.structs.replace(own, lanes=(), stages=())
    return msgspec.structs.replace(bare, name=made.name, goal=goal, stages=stages, lanes=lanes)


def _joined(made: Touchpoint, known: dict[str, Touchpoint], kept: set[str]) -> Touchpoint:
    own = known.get(made.key)
    if own is None:
        return made
    main = own.alternative_to if own.alternative_to in kept else None
    return msgspec.structs.replace(
        own,
        name=made.name,
        kind=made.kind,
        channel=made.channel or own.channel,
        description=made.description,
        alternative_to=main,
    )


def _key(text: str) -> str:
    return re.sub(r"\s+", "_", text.strip())[:200] or "part"


def _free(key: str, taken: set[str]) -> str:
    wanted, number = key, 2
    while key in taken:
        key, number = f"{wanted}_{number}", number + 1
    taken.add(key)
    return key
