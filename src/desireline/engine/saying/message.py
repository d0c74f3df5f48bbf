"""A message: the key of a sentence and the numbers in it, and the sentence in English.

Whoever speaks another language has the sentences of these keys in it, and writes numbers as people
there do. A place in a sentence says how its number is written: `{n:count}`, `{share:percent}`,
`{low:points}` (percentage points with a sign), `{p50:duration}`, `{difference:longer}` (a duration
without a sign), `{estimate:moved}` (a duration with its sign), `{value:number}` (as it is),
`{k:ordinal}` (1st, 2nd). `{interval}` is `share` in percent with `low` and
`high`; `{exit:share}` is a whole `Share` with its interval. What else a template may hold, such as
names in a row, whoever has the template adds.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from desireline.engine import numbers
from desireline.engine.rules.words import ordinal
from desireline.engine.saying.sentences_of_effects import EFFECTS
from desireline.engine.saying.sentences_of_endings import ENDINGS
from desireline.engine.saying.sentences_of_moments import MOMENTS
from desireline.engine.saying.sentences_of_pains import PAINS

Value: TypeAlias = str | int | float | None


@dataclass(frozen=True)
class Message:
    """A sentence as data."""

    key: str
    values: Mapping[str, Value]
    text: str


Writers: TypeAlias = Mapping[str, Callable[[Any], str]]


class _English(string.Formatter):
    def __init__(self, writers: Writers) -> None:
        self._writers = writers

    def format_field(self, value: Any, format_spec: str) -> Any:
        return self._writers[format_spec](value) if format_spec else super().format_field(value, "")


def _percent(value: float | None) -> str:
    return "none" if value is None else numbers.percent(value)


def _points(value: float) -> str:
    return numbers.signed(f"{100 * value:+.2g}" if abs(value) < 0.1 else f"{100 * value:+.3g}")


def _moved(value: float) -> str:
    sign = numbers.MINUS if value < 0 else "+"
    return f"{sign}{numbers.duration(abs(value))}" if value else "no time"


def _number(value: float) -> str:
    return numbers.signed(f"{value:,.3g}" if abs(value) < 1000 else f"{value:,.0f}")


def _longer(value: float) -> str:
    return numbers.duration(abs(value)) if value else "0 seconds"


WRITTEN: Writers = {
    "count": lambda value: numbers.count(int(value)),
    "percent": _percent,
    "points": _points,
    "duration": lambda value: "no time" if value is None else numbers.duration(value),
    "longer": _longer,
    "moved": _moved,
    "ordinal": lambda value: ordinal(int(value)),
    "share": numbers.with_interval,
    "number": _number,
}
"""How a number is written in English, by the word behind the colon."""
INTERVAL = "{share:percent} % ({low:percent} to {high:percent} %)"


def said(key: str, **values: Value) -> Message:
    """The message of a key."""
    text = in_english(SENTENCES[key].replace("{interval}", INTERVAL), values)
    return Message(key, values, text)


def in_english(template: str, values: Mapping[str, Any], writers: Writers = WRITTEN) -> str:
    """A template filled in, beginning with a capital."""
    text = _English(writers).vformat(template, (), values)
    return text[:1].upper() + text[1:]


SENTENCES: Mapping[str, str] = {
    "nothing": "No event in the log fits the question.",
    "unknown_name": "Nothing in the log is called {name}, so this part of the question matches "
    "nothing.",
    "unknown_name_close": "Nothing in the log is called {name}, so this part of the question "
    "matches nothing. Is {close} meant?",
    "too_few": "Too few to say more: {count:count} of {n:count}; {more:count} more are needed.",
    # transitions
    "transitions.most": "Of {cases:count} journeys with {events:count} events, the most frequent "
    "step is from {from} to {to}: {count:count} times, {interval} of what follows {from}.",
    "transitions.ends": "Of {n:count} journeys, {interval} end at {event}, more than anywhere "
    "else.",
    "transitions.negative": "{count:count} waits were negative by the order told; they count as 0.",
    # variants
    "variants.first": "{n:count} journeys go {distinct:count} different ways. The most frequent is "
    "{events}: {interval}.",
    "variants.coverage": "The {told:count} most frequent ways are those of {coverage:percent} % of "
    "the journeys.",
    # funnel
    "funnel.converted": "Of {n:count} that entered at {first}, {interval} reached {last}.",
    "funnel.few": "Too few entered at {first} to say how many reach {last}: {count:count} of "
    "{n:count} did so far; {more:count} more are needed.",
    "funnel.weakest": "Most are lost before {step}: of {n:count} that could, {interval} came on.",
    "funnel.instead": "What those did next who left before {step}: most often {event} "
    "({count:count} times).",
    "funnel.nothing": "Those who left before {step} mostly did nothing more ({count:count}).",
    "funnel.time": "Half of those who got through took {p50:duration} or less, nine tenths "
    "{p90:duration} or less (n = {n:count}).",
    "funnel.young": "Whoever entered recently may still convert, and counts as not converted yet.",
    # paths
    "paths.after": "Of {n:count} occurrences, {interval} were followed next by {event}.",
    "paths.end": "After {interval} of {n:count} occurrences nothing more came.",
    "paths.before": "What came directly before was most often {event}: {interval} of {n:count}.",
    # touchpoints
    "touchpoints.reach": "Of {n:count} journeys, {interval} came to {event}, more than anywhere "
    "else.",
    "touchpoints.exit": "Most are lost at {event}: of {n:count} that came there, {interval} went "
    "no further without the outcome.",
    "touchpoints.loop": "{interval} of the {n:count} that came to {event} left it and came back, "
    "more than anywhere else.",
    # positions
    "positions.most": "{n:count} journeys are open. Most of them, {count:count} or {interval}, "
    "stand at {event}.",
    "positions.longest": "At {event} half of the {n:count} have stood for longer than "
    "{p50:duration}, nowhere longer.",
    # retention
    "retention.first": "Of {n:count} that began, {interval} came back in the {k:ordinal} {period} "
    "after.",
    "retention.rolling": "Of {n:count} that began, {interval} came back in the {k:ordinal} "
    "{period} after or later.",
    "retention.unripe": "{cells:count} cells are of {period}s that are not over: they have a count "
    "so far and no share.",
    "retention.longer": "Those who began earlier have had more time to come back, so shares of "
    "early and late {period}s are not alike.",
    "retention.begins": "Whoever was there before the log begins counts as new when first seen in "
    "it.",
    # comparisons
    "compare.share_higher": "{figure} {of}: {a:percent} % in {name_a} (n = {n_a:count}), "
    "{b:percent} % in {name_b} (n = {n_b:count}). {name_a} is higher by {difference:points} points "
    "(95 % interval {low:points} to {high:points}).",
    "compare.share_lower": "{figure} {of}: {a:percent} % in {name_a} (n = {n_a:count}), "
    "{b:percent} % in {name_b} (n = {n_b:count}). {name_a} is lower by {difference:points} points "
    "(95 % interval {low:points} to {high:points}).",
    "compare.share_alike": "{figure} {of}: {a:percent} % in {name_a} (n = {n_a:count}), "
    "{b:percent} % in {name_b} (n = {n_b:count}). No difference was found; if there is one, it is "
    "between {low:points} and {high:points} points.",
    "compare.share_too_few": "{figure} {of}: {a:percent} % in {name_a} (n = {n_a:count}), "
    "{b:percent} % in {name_b} (n = {n_b:count}). Too few journeys to say: {more:count} more are "
    "needed.",
    "compare.seconds_higher": "{figure} {of}: {a:duration} in {name_a} (n = {n_a:count}), "
    "{b:duration} in {name_b} (n = {n_b:count}). {name_a} takes longer by {difference:longer}.",
    "compare.seconds_lower": "{figure} {of}: {a:duration} in {name_a} (n = {n_a:count}), "
    "{b:duration} in {name_b} (n = {n_b:count}). {name_a} is faster by {difference:longer}.",
    "compare.seconds_alike": "{figure} {of}: {a:duration} in {name_a} (n = {n_a:count}), "
    "{b:duration} in {name_b} (n = {n_b:count}). No difference was found.",
    "compare.seconds_too_few": "{figure} {of}: {a:duration} in {name_a} (n = {n_a:count}), "
    "{b:duration} in {name_b} (n = {n_b:count}). Too few journeys to say: {more:count} more are "
    "needed.",
    "compare.found": "{found:count} of {compared:count} figures differ between {name_a} and "
    "{name_b}.",
    "compare.none": "None of {compared:count} figures is known to differ between {name_a} and "
    "{name_b}.",
    "compare.control": "Among several differences some come about by chance: at most 5 % of those "
    "called found are expected to (Benjamini and Hochberg).",
    # conformance
    "conformance.fits": "Of {n:count} journeys, {interval} follow the map to its end. On average "
    "{fitness:percent} % of a journey fits the whole way, and {walked:percent} % the way up to "
    "where it left.",
    "conformance.missing": "{interval} of {n:count} journeys went on without {name}.",
    "conformance.ad_hoc": "{interval} of {n:count} journeys have {name}, which the map does not "
    "know.",
    "conformance.out_of_order": "{interval} of {n:count} journeys come to {name} at another place "
    "than the map has it.",
    "conformance.repeated": "{interval} of {n:count} journeys come to {name} again, where the map "
    "has it once.",
    "conformance.wrong_branch": "{interval} of {n:count} journeys come to {name} beside its "
    "alternative.",
    "conformance.failed": "In {interval} of {n:count} journeys {name} fails.",
    "conformance.late": "{interval} of {n:count} journeys come to {name} later than the map "
    "allows.",
    "conformance.early": "{interval} of {n:count} journeys come to {name} sooner than the map "
    "allows.",
    "conformance.harms": "{a:percent} % of these {n:count} reach the outcome, {b:percent} % of "
    "{like:count} like journeys without it: {difference:points} points ({low:points} to "
    "{high:points}).",
    "conformance.helps": "{a:percent} % of these {n:count} reach the outcome, only {b:percent} % "
    "of {like:count} like journeys without it: {difference:points} points ({low:points} to "
    "{high:points}).",
    "conformance.undecided": "Whether that costs anything is undecided: {a:percent} % of these "
    "{n:count} reach the outcome, {b:percent} % of {like:count} like journeys. To show a "
    "difference of this size, {more:count} more journeys are needed.",
    "conformance.alike": "Nothing says that it costs anything: {a:percent} % of these {n:count} "
    "reach the outcome, and {b:percent} % of {like:count} like journeys.",
    "conformance.caveat": "Like journeys passed the same place and came by the same channel first; "
    "they may still differ in what the log does not say.",
    "conformance.set_aside": "Journeys too long to be laid beside a stage in any order: "
    "{count:count}; they are left out.",
    # alerts
    "alert.share_at_least": "{name} is {value:percent} %, below the target of "
    "{threshold:percent} %.",
    "alert.share_at_most": "{name} is {value:percent} %, above the target of "
    "{threshold:percent} %.",
    "alert.share_at_least_interval": "{name} is {value:percent} % (95 % interval {low:percent} to "
    "{high:percent} %, n = {n:count}), below the target of {threshold:percent} %.",
    "alert.share_at_most_interval": "{name} is {value:percent} % (95 % interval {low:percent} to "
    "{high:percent} %, n = {n:count}), above the target of {threshold:percent} %.",
    "alert.seconds_at_least": "{name} is {value:duration}, shorter than the target of "
    "{threshold:duration}.",
    "alert.seconds_at_most": "{name} is {value:duration}, longer than the target of "
    "{threshold:duration}.",
    "alert.count_at_least": "{name} is {value:number}, below the target of {threshold:number}.",
    "alert.count_at_most": "{name} is {value:number}, above the target of {threshold:number}.",
    "compare.overlap": "{count:count} persons are in both groups; the intervals take the groups as "
    "independent.",
    **EFFECTS,
    **ENDINGS,
    **MOMENTS,
    **PAINS,
}
"""Every sentence in English, by its key."""
