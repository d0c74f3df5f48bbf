"""Case studies of real ways: looked at before they are made, then drafts of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from desireline.engine import one_walk
from desireline.engine.errors import DesirelineError
from desireline.engine.journey_map import JourneyMap
from desireline.engine.rules.names import columns_of
from desireline.kit.permissions import Caller
from desireline.log.envelope import NO_STEPS
from desireline.modules.audit.facade import record
from desireline.modules.maps.case_study.happened import Told, stops_of
from desireline.modules.maps.case_study.telling import Words, document_of
from desireline.modules.maps.service import Found, Maps
from desireline.modules.people.facade import Happening, People, Quote, find_person, quotes_in
from desireline.modules.rooms import Rooms

KEY = "case_study"


class CaseEmpty(DesirelineError):
    """There is nothing to tell of this person."""

    status = 409


@dataclass(frozen=True)
class Wanted:
    """Whose way is told, in which words, and which of her own words may stand in it."""

    person: str
    map: str | None = None
    """The map whose touchpoints it is told in; else the types of events."""
    words: Words = field(default_factory=Words)
    keep: frozenset[tuple[int, str]] = frozenset()
    """Position of an event and name of its property: words that somebody has read and lets stay."""


@dataclass(frozen=True)
class Removed:
    """How much of each kind was left out or made coarse."""

    identifiers: int
    dates: int
    amounts: int
    """Rounded."""
    texts: int
    """Words of the person that nobody has let stay."""
    properties: int
    """Other properties of events; none of them is told."""
    outside: int
    """Events that are no touchpoint of the map."""
    cut: int


@dataclass(frozen=True)
class CaseStudy:
    """The way as a document, the words that could stand in it, and what was left out."""

    document: JourneyMap
    texts: tuple[Quote, ...]
    removed: Removed


class CaseStudies:
    """Tells ways of persons as maps."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    def look(self, wanted: Wanted) -> CaseStudy:
        """The case study as it would be. PersonUnknown, PersonUnnamed, MapUnknown, CaseEmpty."""
        source = None if wanted.map is None else Maps(self._rooms).draft(wanted.map).document
        settings = self._rooms.workspace.settings
        with self._rooms.db.reading() as look:
            subject = find_person(look, wanted.person, settings.country)
        walked = People(self._rooms).walked(subject)
        events = [
            one for one in walked.events if not one.is_naming and one.row.type not in NO_STEPS
        ]
        texts = quotes_in(events, walked.mask)
        kept = [q for q in texts if (q.position, q.property) in wanted.keep]
        told = stops_of(events, self._walk(walked.person, source), kept)
        if not told.stops:
            raise CaseEmpty(
                "Nothing that this person did is a touchpoint of the map.",
                hint="Leave the map out, or choose one whose touchpoints she came to.",
            )
        document = document_of(KEY, wanted.words, told.stops, source, walked.mask)
        removed = _removed(events, told, walked.identifiers, len(texts) - len(kept))
        return CaseStudy(document, tuple(texts), removed)

    def make(self, wanted: Wanted, by: Caller) -> tuple[Found, CaseStudy]:
        """Keeps it as a draft of its own; the audit log says that somebody made one, not of whom.

        Raises what `look` raises.
        """
        study = self.look(wanted)
        found = Maps(self._rooms).add(study.document, by)
        with self._rooms.db.transaction() as tx:
            about = f"map:{found.row.key}"
            record(tx, by.name, "case_study_made", about, {}, clock=self._rooms.clock)
        return found, study

    def _walk(self, person: int, source: JourneyMap | None) -> Sequence[one_walk.Step] | None:
        if source is None:
            return None
        points = source.touchpoints
        query = one_walk.Query(person, tuple(t.rule for t in points), tuple(t.key for t in points))
        columns = frozenset[str]().union(*(columns_of(rule) for rule in query.rules))
        return self._rooms.asked().ask(one_walk, query, columns)[0].steps


def _removed(events: Sequence[Happening], told: Told, identifiers: int, texts: int) -> Removed:
    return Removed(
        identifiers=identifiers,
        dates=len(events),
        amounts=sum(len(stop.amounts) for stop in told.stops),
        texts=texts,
        properties=sum(len(one.properties) for one in events),
        outside=told.outside,
        cut=told.cut,
    )
