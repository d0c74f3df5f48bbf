"""The report: Markdown from what a run noted down, and from nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from bench.answers import AnswersDiffer
from bench.plan import PEERS
from bench.verdicts import FILE_TITLES, Told, log_bars, map_bars, own_bars, verdicts
from bench.wording import bytes_of, met, ratio, seconds, spread, table

PROTOCOL = """\
Each side is a process of its own, in an environment of its own, held to {threads} processors, \
without network. It loads once; times are of warm runs. The two sides of a row run in turn, ours \
and theirs, in several rounds. A ratio is the median over the rounds of theirs over ours; in \
brackets stand the least and the most."""

GROWTH = """\
Where the cost of an event is followed, both sizes are run once unmeasured before each measured \
run. Of reading, what processors work in the program is compared: by the clock, how fast the host \
of a virtual machine hands over memory has its share in it, and swings by three times within \
minutes."""

AGREEMENT = """\
Every answer was compared before it was timed, and every count is equal."""

MEANS = """\
Means differ by at most {:.0e} of themselves: peers add up in floating point, ours adds whole \
numbers."""

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
        _log(told),
        _map(told),
        _memory(told),
        _larger(told),
        _formulations(told),
        _protocol(told),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(told: Told) -> str:
    machine = told["machine"]
    versions = ", ".join(f"{name} {version}" for name, version in sorted(told["versions"].items()))
    found = [*verdicts(told)]
    missed = [sentence for sentence, fine in found if not fine]
    counted = f"{len(found) - len(missed)} of {len(found)} bars are met."
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


def _against(told: Told) -> str:
    first = told["sizes"][0]
    rows = [_race_row(one) for one in told["races"] if one["size"] == first]
    if not rows:
        return ""
    head = ("work", "ours", "peer", "theirs", "times as fast", "at least", "")
    words = f"## Against the peers\n\n{first:,} events, warm, {told['threads']} threads each.\n"
    return "\n".join([words, *table(head, rows), "", _partial_answers(told)]).rstrip()


def _race_row(one: Told) -> tuple[str, ...]:
    bar = one["bar"]
    return (
        one["title"],
        spread(one["ours"], seconds),
        PEERS[one["peer"]],
        spread(one["theirs"], seconds),
        spread(one["ratio"], ratio),
        "" if bar is None else f"{bar:.0f}",
        "for the record" if bar is None else met(fine=one["ratio"]["median"] >= bar),
    )


def _partial_answers(told: Told) -> str:
    if not any(one["peer"] == "retentioneering" for one in told["races"]):
        return ""
    return (
        "retentioneering computes less: its transitions are counts without waits (ours are with), "
        "and its funnel has no window (neither has ours there)."
    )


def _alone(told: Told) -> str:
    rows = [(title, measured, bar, met(fine=fine)) for title, measured, bar, fine in own_bars(told)]
    if not rows:
        return ""
    head = ("work", "measured", "asked", "")
    return "\n".join([f"## By itself\n\n{told['sizes'][0]:,} events.\n", *table(head, rows)])


def _log(told: Told) -> str:
    rows = [(title, measured, bar, met(fine=fine)) for title, measured, bar, fine in log_bars(told)]
    if not rows:
        return ""
    return "\n".join(["## The log\n", *table(("work", "measured", "asked", ""), rows)])


def _map(told: Told) -> str:
    rows = [(title, measured, bar, met(fine=fine)) for title, measured, bar, fine in map_bars(told)]
    if not rows:
        return ""
    return "\n".join(["## Asked of a map\n", *table(("work", "measured", "asked", ""), rows)])


def _memory(told: Told) -> str:
    rows = [
        (f"Desireline, {one['size']:,} events, all works", bytes_of(one["peak_bytes"]))
        for one in told["peaks"]
    ]
    rows += [
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
    if told["growth"]:
        parts.append(GROWTH)
    if close:
        parts.append(AGREEMENT)
    if any("worst_mean_error" in one for one in close):
        parts.append(MEANS.format(_worst(close, "worst_mean_error")))
    if any("our_quantile_error" in one for one in close):
        names = ("our_quantile_error", "stated_quantile_error", "their_rank_error")
        parts.append(QUANTILES.format(*(_worst(close, name) for name in names)))
    return "\n\n".join(["## How it was measured", *parts, EVENTS])


def _worst(agreements: Sequence[Told], name: str) -> float:
    return max((one.get(name, 0.0) for one in agreements), default=0.0)
