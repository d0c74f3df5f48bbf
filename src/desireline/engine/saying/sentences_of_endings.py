"""What is said of why they leave, in English, by key."""

from __future__ import annotations

from collections.abc import Mapping

BESIDE = (
    "{a:percent} % of these {n:count} leave, {b:percent} % of {like:count} like persons without "
    "that: {difference:points} points ({low:points} to {high:points})."
)
ENDINGS: Mapping[str, str] = {
    "endings.ended": "Of {n:count} journeys, {count:count} have ended. Of {known:count} of them a "
    "reason is known that the company can change.",
    "endings.ended_unexplained": "Of {n:count} journeys, {count:count} have ended.",
    "endings.rhythm": "Who has been silent for longer than others who came back is taken as gone: "
    "after {shortest:count} to {longest:count} days, by stage.",
    "endings.rhythm_alike": "Who has been silent for longer than others who came back is taken as "
    "gone: after {longest:count} days, at every stage.",
    "endings.rhythm_given": "Who has been silent for {longest:count} days is taken as gone.",
    "endings.rhythm_unknown": "Too few came back, or the log is too short, to know what a silence "
    "means; {longest:count} days are a guess.",
    "endings.unanswered": "No “{act}” after “{place}”: " + BESIDE,
    "endings.late": "“{act}” later than {bound:duration} after “{place}”: " + BESIDE,
    "endings.went_wrong": "“{act}” after “{place}”: " + BESIDE,
    "endings.no_offer": "No “{act}” before “{place}”: " + BESIDE,
    "endings.low_score": "A mark of {mark:number} or less at “{place}”: " + BESIDE,
    "endings.went_elsewhere": "An event that says so: they went elsewhere after “{place}”. "
    + BESIDE,
    "endings.lost": "That is about {lost:count} persons lost ({least:count} to {most:count}).",
    "endings.for_whom": "It weighs most where {property} is {value}: {difference:points} points "
    "({low:points} to {high:points}, n = {n:count}).",
    "endings.undecided": "Undecided: to show a difference of this size, {more:count} more persons "
    "are needed.",
    "endings.alike": "Nothing says that this drives anybody away.",
    "endings.none": "No reason was found among {asked:count} that were asked about.",
    "endings.unasked": "There is nothing to ask about yet: too few have come, or nobody says which "
    "events are acts of the company. Events need an actor, or touchpoints an initiator.",
    "endings.person_said": "The journey ended after “{place}”: an event says so.",
    "endings.person_said_nowhere": "The journey ended: an event says so.",
    "endings.person_silent": "The journey ended at “{place}”: nothing has been heard for "
    "{bound:duration}.",
    "endings.person_silent_nowhere": "The journey ended: nothing has been heard for "
    "{bound:duration}.",
    "endings.person_on": "The journey goes on.",
    "endings.person_nobody": "This person has no journey of this map.",
    "endings.person_why": "Of the reasons found, {count:count} concerned this person where the "
    "journey ended.",
    "endings.person_unknown": "None of the reasons found concerned this person where the journey "
    "ended: most people leave for reasons that no log has.",
    "endings.caveat": "Like persons came to the same step by the same way and channel; they may "
    "still differ in what the log does not say. To be sure, do it for some by lot, and compare.",
}
