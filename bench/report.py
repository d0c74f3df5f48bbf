"""The report: Markdown from what a run noted down, and from nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bench.answers import AnswersDiffer
from bench.plan import (
    COMPILE_BAR,
    CSV_BAR,
    EVENT_BYTES_BAR,
    FLOOR_BAR,
    GROWTH_BAR,
    PARQUET_BAR,
    PEERS,
    PERSON_BYTES_BAR,
    TOUCHPOINTS_BAR,
)
from bench.wording import bytes_of, met, ratio, seconds, spread, table

Told = Mapping[str, Any]

FILE_TITLES = {
    "parquet_log": "Parquet, rows in the order of time, persons as whole numbers",
    "parquet_sorted": "Parquet, rows sorted by person and time",
    "parquet_text": "Parquet, rows in the order of time, persons as text",
    "csv_log": "CSV, rows in the order of time",
}
MAPS = {
    "touchpoints": "all figures of a map of 20 touchpoints, rules by event type",
    "touchpoints_mixed": "all figures of a map of 20 touchpoints, 5 rules ask for channels too",
}
GROWN = {
    "transitions": "transitions, counts and mean wait",
    "quantiles": "transitions with quantiles",
    "funnel": "4-step funnel with window",
    "touchpoints": "figures of 20 touchpoints",
}


PROTOCOL = """\
Each side is a process of its own, in an environment of its own, held to {threads} processors, \
without network. It loads once; times are of warm runs. The two sides of a row run in turn, ours \
and theirs, in several rounds. A ratio is the median over the rounds of theirs over ours; in \
brackets stand the least and the most."""

AGREEMENT = """\
Every answer was compared before it was timed: counts are equal, each of them; means agree within \
{mean:.0e} of themselves."""

QUANTILES = """\
Quantiles were held against the exact ones: ours are at most {:.2%} off (stated: {:.2%}); the \
peers', which state no bound, miss their rank by at most {:.2%} of the waits."""

EVENTS = """\
The events are made: 20 a person on average with log-normal lengths, 40 types with frequencies of \
1 / rank, log-normal waits with a median of half an hour. No person has two events at one time, so \
that the order of equal times cannot matter."""


def report(told: Told) -> str:
    """The page. Raises AnswersDiffer where a race has no proof that the answers were equal."""
    for one in told["races"]:
        if not one.get("agreement"):
            raise AnswersDiffer(
                f"{one['work']} against {one['peer']}: the answers were not found equal, "
                "so the times say nothing."
            )
    parts = [
        _head(told),
        _against(told),
        _alone(told),
        _memory(told),
        _larger(told),
        _formulations(told),
        _protocol(told),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(told: Told) -> str:
    machine = told["machine"]
    versions = ", ".join(f"{name} {version}" for name, version in sorted(told["versions"].items()))
    verdicts = [*_verdicts(told)]
    missed = [sentence for sentence, fine in verdicts if not fine]
    counted = f"{len(verdicts) - len(missed)} of {len(verdicts)} bars are met."
    lines = [f"- {sentence}" for sentence in missed]
    return "\n".join(
        [
            "# Benchmarks",
            "",
            "Written by `make bench` from what it measured; do not edit.",
            "",
            f"{counted} {'Not met:' if missed else ''}".strip(),
            *(["", *lines] if lines else []),
            "",
            *table(
                ("", ""),
                [
                    ("began", told["began"]),
                    ("command", f"`{told['command']}`"),
                    ("processor", machine["processor"]),
                    ("cores", str(machine["cores"])),
                    ("memory", bytes_of(machine["memory_bytes"])),
                    ("system", f"{machine['system']}, Python {machine['python']}"),
                    ("versions", versions),
                    (
                        "load of the machine before and after",
                        f"{told['load_before']:.2f}, {told['load_after']:.2f}",
                    ),
                    ("the run took", f"{told['minutes']:.0f} minutes"),
                ],
            ),
        ]
    )


def _verdicts(told: Told) -> Iterable[tuple[str, bool]]:
    first = told["sizes"][0]
    for one in told["races"]:
        if one["size"] == first:
            found = one["ratio"]["median"]
            asked = f"at least {one['bar']:.0f} x is asked"
            name = PEERS[one["peer"]]
            yield f"{one['title']}: {ratio(found)} x {name}, {asked}.", found >= one["bar"]
    for title, measured, bar, fine in _own(told):
        yield f"{title}: {measured}, asked is {bar}.", fine


def _against(told: Told) -> str:
    first = told["sizes"][0]
    rows = [_race_row(one) for one in told["races"] if one["size"] == first]
    if not rows:
        return ""
    head = ("work", "ours", "peer", "theirs", "times as fast", "at least", "")
    words = f"## Against the peers\n\n{first:,} events, warm, {told['threads']} threads each.\n"
    return "\n".join([words, *table(head, rows), "", _partial_answers(told)]).rstrip()


def _race_row(one: Told) -> tuple[str, ...]:
    fine = one["ratio"]["median"] >= one["bar"]
    return (
        one["title"],
        spread(one["ours"], seconds),
        PEERS[one["peer"]],
        spread(one["theirs"], seconds),
        spread(one["ratio"], ratio),
        f"{one['bar']:.0f}",
        met(fine=fine),
    )


def _partial_answers(told: Told) -> str:
    if not any(one["peer"] == "retentioneering" for one in told["races"]):
        return ""
    return (
        "retentioneering computes less: its transitions are counts without waits (ours are with), "
        "and its funnel has no window (neither has ours there)."
    )


def _own(told: Told) -> Iterable[tuple[str, str, str, bool]]:
    """Our own bars: work, what was measured, what is asked, whether it is met."""
    if "floor" in told:
        found = told["floor"]["ratio"]
        yield (
            "transitions, counts and mean wait, over reading the columns once",
            f"{spread(found, ratio)} times {seconds(told['floor']['ours']['median'])}",
            f"at most {FLOOR_BAR:.0f} times",
            found["median"] <= FLOOR_BAR,
        )
    for one in told.get("touchpoints", ()):
        yield (
            MAPS[one["work"]],
            spread(one, seconds),
            f"under {seconds(TOUCHPOINTS_BAR)}",
            one["median"] < TOUCHPOINTS_BAR,
        )
    yield from (_read_row(one) for one in told["reading"])
    yield from (row for one in told["reading"] for row in _bytes_rows(one))
    for one in told["growth"]:
        found = {k: one["ratio"][k] / one["factor"] for k in ("median", "least", "most")}
        yield (
            f"cost of an event at {one['factor']:.0f} times the size: {GROWN[one['work']]}",
            f"{spread(found, ratio)} times",
            f"at most {GROWTH_BAR} times",
            found["median"] <= GROWTH_BAR,
        )
    if "first_run" in told:
        found = told["first_run"]["compiling"]
        yield (
            "compiling in the first run of `desireline map`",
            spread(found, seconds),
            f"under {seconds(COMPILE_BAR)}",
            found["median"] < COMPILE_BAR,
        )


def _read_row(one: Told) -> tuple[str, str, str, bool]:
    bar = CSV_BAR if one["work"] == "csv_log" else PARQUET_BAR
    rate = one["size"] / one["median"]
    return (
        FILE_TITLES[one["work"]],
        f"{rate / 1e6:.2f} million events a second ({spread(one, seconds)})",
        f"{bar / 1e6:.0f} million",
        rate >= bar,
    )


def _bytes_rows(one: Told) -> Iterable[tuple[str, str, str, bool]]:
    if one["work"] not in ("parquet_log", "parquet_text"):
        return
    event = one["event_bytes"] / one["events"]
    person = (one["bytes"] - one["event_bytes"]) / one["persons"]
    whose = "text" if one["work"] == "parquet_text" else "whole numbers"
    yield (
        f"memory of `Journeys`, persons as {whose}",
        f"{event:.1f} bytes an event and {person:.1f} a person",
        f"{EVENT_BYTES_BAR} and {PERSON_BYTES_BAR}",
        event <= EVENT_BYTES_BAR and person <= PERSON_BYTES_BAR,
    )


def _alone(told: Told) -> str:
    rows = [(title, measured, bar, met(fine=fine)) for title, measured, bar, fine in _own(told)]
    if not rows:
        return ""
    head = ("work", "measured", "asked", "")
    return "\n".join([f"## By itself\n\n{told['sizes'][0]:,} events.\n", *table(head, rows)])


def _memory(told: Told) -> str:
    rows = [
        (f"Desireline, {FILE_TITLES[one['work']]}", bytes_of(one["peak_bytes"]))
        for one in told["reading"]
    ]
    rows += [
        (f"{PEERS[one['peer']]}, {one['size']:,} events, all works", bytes_of(one["peak_bytes"]))
        for one in told["races"]
        if "peak_bytes" in one
    ]
    if not rows:
        return ""
    head = ("process", "most memory held")
    words = "## Memory of the processes\n\nThe whole process, interpreter and libraries included.\n"
    return "\n".join([words, *table(head, rows)])


def _larger(told: Told) -> str:
    rows = [_race_row(one)[:5] for one in told["races"] if one["size"] != told["sizes"][0]]
    if not rows:
        return ""
    head = ("work", "ours", "peer", "theirs", "times as fast")
    return "\n".join([f"## With {told['sizes'][1]:,} events\n", *table(head, rows)])


def _formulations(told: Told) -> str:
    first = told["sizes"][0]
    rows = [
        (PEERS[one["peer"]], one["title"], name, seconds(took), "taken" * (name == one["way"]))
        for one in told["races"]
        if one["size"] == first
        for name, took in one["tried"].items()
    ]
    if not rows:
        return ""
    words = "## Formulations tried\n\nOf each peer's formulations the fastest is taken.\n"
    return "\n".join([words, *table(("peer", "work", "formulation", "took", ""), rows)])


def _protocol(told: Told) -> str:
    close = [one["agreement"] for one in told["races"]]
    parts = [PROTOCOL.format(threads=told["threads"])]
    if close:
        parts.append(AGREEMENT.format(mean=_worst(close, "worst_mean_error")))
    if any("our_quantile_error" in one for one in close):
        names = ("our_quantile_error", "stated_quantile_error", "their_rank_error")
        parts.append(QUANTILES.format(*(_worst(close, name) for name in names)))
    return "\n\n".join(["## How it was measured", *parts, EVENTS])


def _worst(agreements: Sequence[Told], name: str) -> float:
    return max((one.get(name, 0.0) for one in agreements), default=0.0)
