"""What is said of pains, in English, by key."""

from __future__ import annotations

from collections.abc import Mapping

PAINS: Mapping[str, str] = {
    "pains.found": "Signals that hurt: {found:count}, of {judged:count} that were compared at the "
    "touchpoints of {cases:count} journeys.",
    "pains.none": "No pain was found; {judged:count} signals were compared at the touchpoints of "
    "{cases:count} journeys.",
    "pains.exit": "{interval} of {n:count} journeys that come to {name} leave there.",
    "pains.loop": "{interval} of {n:count} journeys leave {name} and have to come back.",
    "pains.wait": "{interval} of {n:count} journeys wait for {name} longer than most.",
    "pains.detour": "{interval} of {n:count} journeys come to {name} only by a way round.",
    "pains.switch": "{interval} of {n:count} journeys change the channel on the way to {name}.",
    "pains.repeated": "{interval} of {n:count} journeys have to do {name} again at once.",
    "pains.unanswered": "{name}: {interval} of {n:count} journeys get no answer.",
    "pains.error": "In {interval} of {n:count} journeys something fails at {name}.",
    "pains.low_score": "{interval} of {n:count} journeys give a low score at {name}.",
    "pains.negative_words": "{interval} of {n:count} journeys say something bad at {name}.",
    "pains.skipped": "{interval} of {n:count} journeys go on without {name}.",
    "pains.effect_outcome": "{a:percent} % of these {n:count} reach the outcome, {b:percent} % of "
    "{like:count} like visits without it: {difference:points} points ({low:points} to "
    "{high:points}).",
    "pains.effect_staying": "{a:percent} % of these {n:count} are seen again, {b:percent} % of "
    "{like:count} like visits without it: {difference:points} points ({low:points} to "
    "{high:points}).",
    "pains.effect_exit": "{a:percent} % leave here, {b:percent} % at a usual place of this map: "
    "{difference:points} points ({low:points} to {high:points}).",
    "pains.effect_frequent": "{a:percent} % here, {b:percent} % at the other places of this map: "
    "{difference:points} points ({low:points} to {high:points}).",
    "pains.undecided": "Whether that costs anything is undecided: {a:percent} % of these "
    "{n:count} end well, {b:percent} % of {like:count} like visits. To show a difference of this "
    "size, {more:count} more visits are needed.",
    "pains.alike": "Nothing says that it hurts: {a:percent} % of these {n:count}, {b:percent} % of "
    "{like:count} like visits.",
    "pains.no_like": "There are no like visits to compare with.",
    "pains.costs_outcome": "That costs about {harm:number} outcomes.",
    "pains.costs_worth": "That costs about {harm:number} outcomes, worth {worth:number}.",
    "pains.costs_staying": "That costs about {harm:number} customers.",
    "pains.caveat": "Like visits came from the same place, by the same channels, as far on the "
    "way; they may still differ in what the log does not say.",
    "pains.no_outcome": "The map names no outcome, so pains are ranked by how many people they "
    "meet, not by what they cost.",
}
"""Sentences by key."""
