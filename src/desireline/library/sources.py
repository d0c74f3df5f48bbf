"""Where journeys come from: files, data frames, and the simulated shop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from numbers import Integral
from pathlib import Path
from typing import Any

from desireline.formats import reading
from desireline.formats.mapping import Mapping
from desireline.library.errors import SimulationImpossible
from desireline.library.journeys import Journeys
from desireline.library.short_forms import several
from desireline.sim import shop


def read_events(
    source: Any,
    *,
    case: str | None = None,
    event: str | None = None,
    time: str | None = None,
    order: str | Sequence[str] = (),
    channel: str | None = None,
    actor: str | None = None,
    value: str | None = None,
    columns: str | Sequence[str] = (),
    mapping: Mapping | None = None,
    time_format: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> Journeys:
    """Journeys of the events in a file (CSV, Parquet, JSON lines, XES, OCEL ...) or a data frame.

    Columns that are not named are found by their usual names; `provenance` says what was taken and
    what was set aside. `order` names columns that decide the sequence instead of the time.
    `columns` are further properties to keep (`"all"` for all). `mapping` says all of these
    but `columns` at once, and more: docs/importing.md. Raises subclasses of DesirelineError with a
    sentence and a hint; then nothing was read.
    """
    named = {"who": case, "event": event, "time": time}
    named |= {"channel": channel, "actor": actor, "value": value}
    texts: dict[str, Any] = {role: str(name) for role, name in named.items() if name is not None}
    wanted = mapping or Mapping(
        **texts,
        order=several(order),
        time_format=time_format,
        encoding=encoding,
        delimiter=delimiter,
    )
    path = str(source) if isinstance(source, Path) else source
    kept: Any = "all" if columns == "all" else several(columns)
    return Journeys.of(reading.read(path, wanted, columns=kept, progress=progress))


def simulate(persons: int = 50_000, seed: int = 7) -> Journeys:
    """The journeys of the simulated cat-fountain shop; the same seed gives the same events.

    Raises SimulationImpossible.
    """
    if not (isinstance(persons, Integral) and persons >= 0 and isinstance(seed, Integral)):
        raise SimulationImpossible(
            f"A shop of {persons!r} visitors with the seed {seed!r} cannot be simulated.",
            hint="Both are whole numbers, the visitors 0 or more.",
        )
    made = shop(persons=persons, seed=seed).journeys()
    source = replace(made.provenance, source=f"simulated shop, {persons:,} visitors, seed {seed}")
    return Journeys.of(replace(made, provenance=source))
