"""Answers of a Ray cluster, whose actors hold the log in their memory."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING, Any

from desireline.cluster import LogLoader, connect
from desireline.engine.errors import DesirelineError
from desireline.engine.joining import joined
from desireline.engine.journey_map import JourneyMap
from desireline.engine.journeys import Journeys
from desireline.engine.living_map import LivingMap, question
from desireline.log.opening import CACHE, store_options
from desireline.modules.answering import ALL, Asked
from desireline.settings import Settings

if TYPE_CHECKING:
    from desireline.cluster.compute import RayCompute


class PartUnanswered(DesirelineError):
    """A cluster answers about the whole log, and not yet about a part of it."""

    status = 501


class AnswersOfCluster:
    """Questions go to all actors; this process holds nothing of the log."""

    def __init__(self, settings: Settings, columns: Collection[str]) -> None:
        """Returns once every actor has its shard. Raises ClusterUnavailable, RayMissing."""
        self._address = settings.compute
        self._loader = LogLoader(
            settings.database_url,
            settings.segments_url,
            store_options(settings),
            tuple(sorted(columns)),
            str(settings.data_dir / CACHE),
        )
        self._changing = Lock()
        self._compute: RayCompute = connect(self._address, self._loader)
        self.position = self._compute.refresh()

    @property
    def nbytes(self) -> int:
        """Nothing of the log is in this process."""
        return 0

    def refresh(self) -> int:
        """Takes in what is new; the position that answers know from now on."""
        self.position = self._compute.refresh()
        return self.position

    def living_map(self, journey_map: JourneyMap, asked: Asked = ALL) -> tuple[LivingMap, int]:
        """A map with its figures, and the position up to which they reach at least."""
        if asked != ALL:
            raise PartUnanswered(
                "The figures of a part of the log are not computed on a cluster yet.",
                hint="Leave start, stop and channel out, or serve with --compute threads.",
            )
        self._load(journey_map.columns_needed())
        position = self.position
        return self._compute.ask(question, question.Query(journey_map)), position

    def whole(self) -> Journeys:
        """All journeys in one piece, brought to this process. Raises QuestionTooLarge."""
        whole: Any = _Whole()
        parts: Sequence[Journeys] = self._compute.ask(whole, None)
        return joined(parts)

    def close(self) -> None:
        """Gives the actors back."""
        self._compute.close()

    def _load(self, columns: Collection[str]) -> None:
        """Has the actors load the log anew, where a property is asked for that they have not."""
        with self._changing:
            wanted = set(columns) | set(self._loader.columns)
            if wanted == set(self._loader.columns):
                return
            self._loader = replace(self._loader, columns=tuple(sorted(wanted)))
            before, self._compute = self._compute, connect(self._address, self._loader)
            before.close()


class _Whole:
    """An analysis whose answer is the journeys themselves."""

    def brings_together(self, query: Any) -> bool:  # noqa: ARG002 - every query does
        return True

    def partial(self, journeys: Journeys, query: Any) -> list[Journeys]:  # noqa: ARG002
        return [journeys]

    def merge(self, a: list[Journeys], b: list[Journeys]) -> list[Journeys]:
        return a + b

    def finish(self, partial: list[Journeys], query: Any) -> list[Journeys]:  # noqa: ARG002
        return partial
