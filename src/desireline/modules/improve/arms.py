"""In which arm of a random share somebody is; said once, and a fact of the log from then on."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from desireline.engine.effects import arm
from desireline.log.envelope import Event
from desireline.log.naming.identifiers import named_by, spelled
from desireline.modules.improve.asking import ARM, ARM_ASSIGNED, IMPROVEMENT
from desireline.modules.improve.changing import there
from desireline.modules.improve.documents import AtRandom, ImprovementDocument
from desireline.modules.improve.errors import IdentifierAnybodys, ReachNotRandom
from desireline.modules.improve.tables import improvement
from desireline.modules.rooms import Rooms

SOURCE = "improve"


@dataclass(frozen=True)
class Assigned:
    """What somebody gets."""

    reached: bool
    """Whether she is one of those whom the improvement reaches."""
    live: bool
    """Whether it is deployed. Before that everybody gets what there was."""


class Arms:
    """Deals the random shares of improvements."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms

    def assign(self, number: int, kind: str, value: str) -> Assigned:
        """The arm of whoever has this identifier; the first time it is written to the log.

        The same identifier always gives the same arm. Raises ImprovementMissing, ReachNotRandom,
        IdentifierAnybodys.
        """
        with self._rooms.db.reading() as look:
            row = there(look, improvement, number)
        reach = ImprovementDocument.model_validate_json(row["document"]).reach
        if not isinstance(reach, AtRandom):
            raise ReachNotRandom(
                f"The improvement {number} does not reach a random share.",
                hint='Give it "reach": {"who": "random", "share": 0.5}.',
            )
        name = _named(kind, value)
        reached = arm(":".join(name), row["salt"], (1 - reach.share, reach.share)) == 1
        live = row["state"] == "deployed"
        if live:
            self._write(number, name, reached=reached)
        return Assigned(reached and live, live)

    def _write(self, number: int, name: tuple[str, str], *, reached: bool) -> None:
        now = self._rooms.clock.now()
        once = uuid5(NAMESPACE_URL, f"desireline:arm:{number}:{name[0]}:{name[1]}")
        event = Event(
            id=str(once),
            type=ARM_ASSIGNED,
            at=now,
            received_at=now,
            direction="internal",
            actor="system",
            identifiers=dict([name]),
            properties={IMPROVEMENT: number, ARM: int(reached)},
            source=SOURCE,
        )
        with self._rooms.db.transaction() as tx:
            self._rooms.appender.write(tx, [event])


def _named(kind: str, value: str) -> tuple[str, str]:
    found, _ = named_by({kind: spelled(kind, value)})
    if not found:
        raise IdentifierAnybodys(
            f"{value[:60]!r} names nobody as `{kind}`.",
            hint="Send the identifier that your events name the person by.",
        )
    return kind, found[kind]
