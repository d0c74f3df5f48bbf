"""Prints the numbers of docs/discovery.md: `python -m scripts.discovery_report NAME`.

`worlds` scores discovery against the truth planted in simulated worlds of every shape, `--seeds`
of each (100 and up, which no test uses); `hard` does so in worlds made by other rules. `logs`
prints the drafts of the public logs that lie in ../shared/data, beside the project. `speed` times
discovery on the simulated shop with half a million visitors.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.engine.discovery_scores import Score, compared, scored
from tests.engine.hard_worlds import KINDS, hard_world

import desireline as dl
from desireline.engine.discovery import Draft, FoundTouchpoint, find
from desireline.sim import SHAPES

FIRST_SEED = 100
DATA = Path(__file__).parents[2] / "shared" / "data"
LOGS: dict[str, dict[str, str | tuple[str, ...]]] = {
    "bpic2012": {"order": "event_index"},
    "sepsis": {"order": "event_order"},
    "traffic_fines_sample": {"order": "event_order"},
    "receipt_coselog": {"order": "event_index"},
    "uci_incident_event_log": {
        "case": "number",
        "event": "incident_state",
        "time": "sys_updated_at",
        "order": ("sys_updated_at", "sys_mod_count"),
    },
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints one of the two reports."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["worlds", "hard", "logs", "speed"])
    parser.add_argument("--seeds", type=int, default=20)
    given = parser.parse_args(arguments)
    reports = {
        "worlds": lambda: table(list(SHAPES), scored, given.seeds),
        "hard": lambda: table(list(KINDS), scored_hard, given.seeds),
        "logs": logs,
        "speed": speed,
    }
    sys.stdout.write("\n".join(reports[given.what]()) + "\n")


def table(shapes: Sequence[str], score: Callable[[str, int], Score], seeds: int) -> Sequence[str]:
    """A Markdown table, one row a shape and one for all."""
    head = (
        "| shape | worlds | tau-b least | mean | flat least | stage number right "
        "| boundaries within one | noise precision | recall | outcome right |"
    )
    every: list[Score] = []
    rows = [head, "|---|" + "---:|" * 9]
    for shape in shapes:
        found = [score(shape, seed) for seed in range(FIRST_SEED, FIRST_SEED + seeds)]
        rows.append(_row(shape, found))
        every += found
    return [*rows, _row("all", every)]


def scored_hard(kind: str, seed: int) -> Score:
    """The score of discovery on a world made by other rules."""
    journeys, truth = hard_world(seed, kind)
    return compared(find(journeys), truth, kind, seed)


def _row(name: str, found: list[Score]) -> str:
    n = len(found)
    tau = [s.tau for s in found]
    number = sum(s.stages_found == s.stages_planted for s in found)
    near = sum(s.farthest <= 1 and s.spurious <= 1 for s in found)
    right = sum(s.noise_right for s in found)
    precision = right / max(sum(s.noise_found for s in found), 1)
    recall = right / max(sum(s.noise_planted for s in found), 1)
    cells = [
        *(name, str(n), f"{min(tau):.3f}", f"{sum(tau) / n:.3f}"),
        f"{min(s.tau_flat for s in found):.3f}",
        *(f"{number} of {n}", f"{near} of {n}", f"{precision:.3f}", f"{recall:.3f}"),
        f"{sum(s.outcome for s in found)} of {n}",
    ]
    return "| " + " | ".join(cells) + " |"


def logs() -> Sequence[str]:
    """The drafts of the public logs that are here, as text."""
    lines: list[str] = []
    for name, columns in LOGS.items():
        path = DATA / name / "events.parquet"
        if not path.is_file():
            lines.append(f"{name}: not here ({path.name} is missing)")
            continue
        journeys = dl.read_events(path, **columns)  # type: ignore[arg-type]
        lines += [name, *told(journeys.discover(name=name).explanation), ""]
    return lines


def speed() -> Sequence[str]:
    """Seconds for a large log: with compilation or its cache, then warm."""
    journeys = dl.simulate(persons=500_000)
    lines = [f"{journeys.n_events:,} events, {len(journeys):,} journeys"]
    for run in ("first", "second", "third"):
        start = time.perf_counter()
        find(journeys)
        lines.append(f"{run} run: {time.perf_counter() - start:.2f} s")
    return lines


def told(draft: Draft) -> list[str]:
    """A draft as lines of text."""
    on_map = draft.mapped_events / max(draft.events, 1)
    lines = [
        f"  {draft.journeys:,} journeys, {draft.events:,} events, {on_map:.1%} on the map",
        f"  {draft.contradicted:.1%} of the pairs of first visits contradict the order",
    ]
    for number, stage in enumerate(draft.stages):
        strength = "" if stage.strength is None else f"  (stands out by {stage.strength:.1f} nats)"
        lines.append(f"  {stage.name}{strength}")
        lines += [_touchpoint(draft, t) for t in draft.touchpoints if t.stage == number]
    if draft.outcome:
        goal = " or ".join(draft.outcome.events)
        lines.append(
            f"  Outcome: {goal}, {draft.outcome.journeys:,} journeys. {draft.outcome.reason}"
        )
    return [*lines, *(f"  Left out: {left.event}. {left.reason}" for left in draft.left_out)]


def _touchpoint(draft: Draft, t: FoundTouchpoint) -> str:
    flags = [
        *(["optional"] if t.optional else []),
        *(["repeatable"] if t.repeatable else []),
        *(["in any order"] if t.any_order else []),
    ]
    if t.alternative_to is not None:
        flags.append(f"alternative to {draft.touchpoints[t.alternative_to].name}")
    return f"    {t.name}: {t.reach:.1%}" + (f" ({', '.join(flags)})" if flags else "")


if __name__ == "__main__":
    main()
