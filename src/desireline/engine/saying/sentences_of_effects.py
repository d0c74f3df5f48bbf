"""What is said of effects and of claims, in English, by key."""

from __future__ import annotations

from collections.abc import Mapping

EFFECTS: Mapping[str, str] = {
    "effects.rate_helped": "The change helped: {estimate:points} points ({low:points} to "
    "{high:points}), from {n:count} visits.",
    "effects.rate_harmed": "The change did harm: {estimate:points} points ({low:points} to "
    "{high:points}), from {n:count} visits.",
    "effects.rate_undecided": "Whether the change did anything is undecided: {estimate:points} "
    "points ({low:points} to {high:points}), from {n:count} visits.",
    "effects.value_helped": "The change helped: {estimate:number} a visit ({low:number} to "
    "{high:number}), from {n:count} visits.",
    "effects.value_harmed": "The change did harm: {estimate:number} a visit ({low:number} to "
    "{high:number}), from {n:count} visits.",
    "effects.value_undecided": "Whether the change did anything is undecided: {estimate:number} a "
    "visit ({low:number} to {high:number}), from {n:count} visits.",
    "effects.rate_any_time": "However often one looks, it lies between {low:points} and "
    "{high:points} points; the verdict is by that.",
    "effects.value_any_time": "However often one looks, it lies between {low:number} and "
    "{high:number}; the verdict is by that.",
    # who was compared with whom
    "effects.rate_sides": "Of those whom it reaches, {before:percent} % before ({n_before:count}) "
    "and {after:percent} % after ({n_after:count}); of the others, {other_before:percent} % "
    "({m_before:count}) and {other_after:percent} % ({m_after:count}).",
    "effects.rate_lot": "{after:percent} % of {n_after:count} with the change, "
    "{other_after:percent} % of {m_after:count} without it.",
    "effects.rate_alone": "{before:percent} % of {n_before:count} before, {after:percent} % of "
    "{n_after:count} after.",
    "effects.value_sides": "Of those whom it reaches, {before:number} a visit before "
    "({n_before:count}) and {after:number} after ({n_after:count}); of the others, "
    "{other_before:number} ({m_before:count}) and {other_after:number} ({m_after:count}).",
    "effects.value_lot": "{after:number} a visit of {n_after:count} with the change, "
    "{other_after:number} of {m_after:count} without it.",
    "effects.value_alone": "{before:number} a visit of {n_before:count} before, {after:number} of "
    "{n_after:count} after.",
    # how it is known
    "effects.by_randomised": "A lot decided whom the change reaches, so nothing else tells the two "
    "groups apart.",
    "effects.by_synthetic_control": "The change reached some of many units. A mixture of the "
    "others that moved with them before shows what would have been.",
    "effects.by_difference_in_differences": "Those whom the change did not reach show what would "
    "have been: only what changed more than there counts.",
    "effects.by_interrupted_time_series": "There is nothing but a date: what would have been is "
    "the trend from before, gone on.",
    "effects.check_shares_passed": "The lot reached {value:percent} % of {of:count}, as it was "
    "meant to.",
    "effects.check_shares_failed": "The lot reached {value:percent} % of {of:count}, which is not "
    "what it was meant to: something lost visits on one side, so nothing here can be believed.",
    "effects.check_pre_trend_passed": "Before the change both sides moved alike ({of:count} "
    "periods).",
    "effects.check_pre_trend_failed": "Before the change the two sides did not move alike "
    "({of:count} periods): the others are no control.",
    "effects.check_placebo_dates_passed": "At {of:count} dates before the change, nothing is found "
    "that was not there.",
    "effects.check_placebo_dates_failed": "At {of:count} dates before the change, a change is "
    "found that nobody made: this way to measure cannot be believed here.",
    "effects.check_placebo_units_passed": "Of {of:count} units without the change, as good as none "
    "moved as much.",
    "effects.check_placebo_units_failed": "Of {of:count} units without the change, others moved "
    "as much: it may be chance.",
    "effects.check_fit_passed": "The mixture went along with the reached in the {of:count} periods "
    "before.",
    "effects.check_fit_failed": "No mixture went along with the reached in the {of:count} periods "
    "before: the others are no control.",
    # what would change it
    "effects.more": "To show an effect of this size, {more:count} more visits are needed.",
    "effects.alike": "Nothing says that it did anything: an effect this small takes more than "
    "twenty times as many visits to show.",
    "effects.caveat_randomised": "What would change this: people who got both, or a lot that was "
    "not kept to.",
    "effects.caveat_synthetic_control": "What would change this: something else that came to the "
    "reached alone at the same time.",
    "effects.caveat_difference_in_differences": "What would change this: something else that came "
    "at the same time to those whom the change reaches, and not to the others.",
    "effects.caveat_interrupted_time_series": "What would change this: anything else at the same "
    "time, such as a season or a campaign. Keeping the change from some people would tell.",
    "effects.time_helped": "The change helped: {estimate:moved} until it comes ({low:moved} to "
    "{high:moved}), from {n:count} visits.",
    "effects.time_harmed": "The change did harm: {estimate:moved} until it comes ({low:moved} to "
    "{high:moved}), from {n:count} visits.",
    "effects.time_undecided": "Whether the change did anything is undecided: {estimate:moved} "
    "until it comes ({low:moved} to {high:moved}), from {n:count} visits.",
    "effects.time_any_time": "However often one looks, it lies between {low:moved} and "
    "{high:moved}; the verdict is by that.",
    "effects.time_sides": "Of those whom it reaches, it takes {before:duration} before "
    "({n_before:count}) and {after:duration} after ({n_after:count}); of the others, "
    "{other_before:duration} ({m_before:count}) and {other_after:duration} ({m_after:count}).",
    "effects.time_lot": "It takes {after:duration} with the change ({n_after:count} visits), "
    "{other_after:duration} without it ({m_after:count}).",
    "effects.time_alone": "It takes {before:duration} before ({n_before:count} visits), "
    "{after:duration} after ({n_after:count}).",
    "effects.of_each": "Counted is the value of the first such event, of those visits alone that "
    "have one: where the change also moves how many have one, other people are compared.",
    "effects.of_time": "Where it does not come, the whole time that is looked at counts.",
    "effects.cut": "One visit counts for {most:number} at most; {count:count} would have counted "
    "for more.",
    "effects.left_out": "Visits left out: {count:count}. Their time is not over, or ran into the "
    "change.",
    "effects.refused_not_deployed": "Nothing to measure yet: the log ends before the change.",
    "effects.refused_nobody_reached": "Nobody whom the change reaches has come here.",
    "effects.refused_nobody_compared": "There is nobody to compare with. Keep the change from some "
    "people, or name those whom it does not reach.",
    "effects.refused_too_few": "Too few have come to say anything: {more:count} more visits are "
    "needed for a first answer.",
    "effects.refused_too_short": "The time before or after the change is too short to tell it from "
    "chance.",
    "effects.refused_unlike_before": "Nothing comparable: before the change, those whom it reaches "
    "already moved in their own way.",
    # claims
    "hypotheses.at_least_holds": "The claim holds: at least {number:percent} % were claimed, and "
    "{interval} of {n:count} did.",
    "hypotheses.at_least_refuted": "The claim is refuted: at least {number:percent} % were "
    "claimed, and {interval} of {n:count} did.",
    "hypotheses.at_least_undecided": "Undecided: at least {number:percent} % are claimed, and "
    "{interval} of {n:count} did so far.",
    "hypotheses.at_most_holds": "The claim holds: at most {number:percent} % were claimed, and "
    "{interval} of {n:count} did.",
    "hypotheses.at_most_refuted": "The claim is refuted: at most {number:percent} % were claimed, "
    "and {interval} of {n:count} did.",
    "hypotheses.at_most_undecided": "Undecided: at most {number:percent} % are claimed, and "
    "{interval} of {n:count} did so far.",
    "hypotheses.nobody": "Nobody has come since the claim was made. To decide it, "
    "{needed:count} people are needed.",
    "hypotheses.more": "If it stays like this, {more:count} more people decide it.",
    "hypotheses.any_time": "One may look as often as one likes: at most one claim in twenty is "
    "judged wrongly.",
    "hypotheses.young": "People whose time is not over: {count:count}.",
}
"""Every sentence about effects and claims."""
