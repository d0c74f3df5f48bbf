"""What is said of moments of truth, in English, by key."""

from __future__ import annotations

from collections.abc import Mapping

MOMENTS: Mapping[str, str] = {
    "moments.none_nominated": "No touchpoint is nominated as a moment of truth; the log, with "
    "{journeys:count} journeys, was asked about all of them.",
    "moments.one_nominated_confirmed": "1 touchpoint is nominated as a moment of truth. The log, "
    "with {journeys:count} journeys, confirms it.",
    "moments.one_nominated_refuted": "1 touchpoint is nominated as a moment of truth. The log, "
    "with {journeys:count} journeys, refutes it.",
    "moments.one_nominated_undecided": "1 touchpoint is nominated as a moment of truth. The log, "
    "with {journeys:count} journeys, leaves it undecided.",
    "moments.nominated": "{n:count} touchpoints are nominated as moments of truth. The log, with "
    "{journeys:count} journeys, confirms {confirmed:count}, refutes {refuted:count} and leaves "
    "{undecided:count} undecided.",
    "moments.surprise": "A surprise: {name} decides, and nobody had nominated it.",
    "moments.happened": "{name}: {a:percent} % reach the outcome where it happens, {b:percent} % "
    "of like journeys where it does not: {difference:points} points ({low:points} to "
    "{high:points}, n = {n:count}).",
    "moments.answered": "{name}: {a:percent} % reach the outcome where somebody answers, "
    "{b:percent} % of like journeys where nobody does: {difference:points} points ({low:points} "
    "to {high:points}, n = {n:count}).",
    "moments.quick": "{name}: {a:percent} % reach the outcome where it comes soon, {b:percent} % "
    "of like journeys where it takes longer: {difference:points} points ({low:points} to "
    "{high:points}, n = {n:count}).",
    "moments.worked": "{name}: {a:percent} % reach the outcome where it works, {b:percent} % of "
    "like journeys where it fails: {difference:points} points ({low:points} to {high:points}, n "
    "= {n:count}).",
    "moments.liked": "{name}: {a:percent} % reach the outcome after a good mark, {b:percent} % of "
    "like journeys after a bad one: {difference:points} points ({low:points} to {high:points}, n "
    "= {n:count}).",
    "moments.once": "{name}: {a:percent} % reach the outcome where once is enough, {b:percent} % "
    "of like journeys where it takes several times: {difference:points} points ({low:points} to "
    "{high:points}, n = {n:count}).",
    "moments.effect": "So {name} is a moment of truth. To explain this away, something that "
    "nobody recorded would have to make both at least {e_value:number} times as likely.",
    "moments.too_small": "So {name} is no moment of truth: whichever way it goes, the outcome "
    "hardly changes.",
    "moments.other_people": "So {name} is no moment of truth, its people are other people: in "
    "later rounds, without it, those who had it at first still reach the outcome more often "
    "({a:percent} % against {b:percent} %, n = {again:count}). What it adds itself, in its own "
    "round, is with 95 % certainty at most {most:percent} points of the difference.",
    "moments.lasting": "Only an effect of {name} that never wears off could look the same. A "
    "trial would tell: hold it back from a random half.",
    "moments.more": "Whether {name} is a moment of truth is undecided: about {more:count} more "
    "journeys are needed.",
    "moments.hidden": "Whether {name} is a moment of truth is undecided: this is no more than "
    "what a hidden trait of customers could do (it would have to make both {e_value:number} "
    "times as likely).",
    "moments.hidden_trial": "More journeys do not settle it, a trial does: offer it to a random "
    "half.",
    "moments.hidden_more": "In its own round it seems to add little: about {more:count} more "
    "journeys would show whether that is all. A trial tells as well: offer it to a random half.",
    "moments.overlap": "Whether {name} is a moment of truth is undecided: those for whom it goes "
    "well and the others are too unlike to be compared (worth {worth:count} journeys).",
    "moments.too_late": "Whether {name} is a moment of truth is undecided: by the time it is "
    "known how it goes, many have reached the outcome already.",
    "moments.nothing_to_compare": "Nothing can be said of {name}: it always goes the same way, or "
    "too few came there.",
    "moments.agreement": "Staff and data: over {touchpoints:count} touchpoints, the order of "
    "votes and the order of effects go together by {rank:number} (95 % interval {low:number} to "
    "{high:number}; 1 is the same order, 0 none, \N{MINUS SIGN}1 the reverse).",
    "moments.agreement_unknown": "Staff have voted on {touchpoints:count} touchpoints that can be "
    "compared; four are needed to hold their order against the data.",
    "moments.control": "{compared:count} comparisons were made at once; of those called confirmed "
    "at most 5 % are expected to be none. An effect below {smallest:percent} points is taken as "
    "none.",
}
"""Sentences by key."""
