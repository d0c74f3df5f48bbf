"""What an improvement and a hypothesis say: whom they reach, and what they shall change."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from desireline.modules.explore.facade import Document, Name, RuleDocument

Words = Annotated[str, Field(max_length=5_000)]
Title = Annotated[str, Field(min_length=1, max_length=200)]
Days = Annotated[float, Field(gt=0, le=366)]
Share = Annotated[float, Field(gt=0, lt=1)]


class Everybody(Document):
    """Whoever comes to the touchpoint."""

    who: Literal["everybody"] = "everybody"


ByLot = Annotated[
    bool,
    Field(description="Whether a lot decided who is reached, dealt by a program of your own."),
]


class WithProperty(Document):
    """Who has an event of which a property has this value: region is north."""

    who: Literal["property"] = "property"
    name: Annotated[str, Field(min_length=1, max_length=200)]
    value: str | float | bool
    by_lot: ByLot = False


class BySource(Document):
    """Who has an event that came by this source: by a write key of its own."""

    who: Literal["source"] = "source"
    name: Annotated[str, Field(min_length=1, max_length=200)]
    by_lot: ByLot = False


class InSegment(Document):
    """Persons for whom a rule holds, over all that is known of them."""

    who: Literal["segment"] = "segment"
    rule: RuleDocument


class AtRandom(Document):
    """A random share of all, by a hash of who somebody is: the one way that proves a cause."""

    who: Literal["random"] = "random"
    share: Share = 0.5


Reach: TypeAlias = Annotated[
    Everybody | WithProperty | BySource | InSegment | AtRandom, Field(discriminator="who")
]


class Measure(Document):
    """Of those who enter: whether they reach something within some days, what it is worth, when."""

    entered: Annotated[
        RuleDocument | None, Field(description="Without: the touchpoint of the opportunity.")
    ] = None
    reached: Annotated[RuleDocument | None, Field(description="Without: the map's outcome.")] = None
    within_days: Days = 30.0
    counts: Annotated[
        Literal["rate", "value", "each", "time"],
        Field(
            description="`rate`: whether it comes; `value`: the sum of the values of such events "
            "a visit; `each`: the value of the first, of visits that have one; `time`: until the "
            "first, the whole time where there is none.",
        ),
    ] = "rate"
    good: Annotated[
        Literal["more", "less"], Field(description="Whether more of it is better, or less.")
    ] = "more"
    at_most: Annotated[
        float | None, Field(gt=0, description="What one visit counts for at most, of values.")
    ] = None


class ImprovementDocument(Document):
    """What is done, by whom, for whom, and how one will see what it has changed."""

    title: Title
    words: Words = ""
    owner: Name = ""
    department: Name = ""
    reach: Reach = Everybody()
    measure: Measure = Measure()
    smallest: Annotated[
        Share,
        Field(
            description="The smallest change that is worth noticing: of a rate in the rate itself, "
            "of values and times as a share of what they are now.",
        ),
    ] = 0.05


class HypothesisDocument(Document):
    """A claim about customers, and the number that would refute it."""

    claim: Annotated[str, Field(min_length=1, max_length=500)]
    words: Words = ""
    entered: Annotated[RuleDocument, Field(description="Who is counted, once each.")]
    reached: Annotated[RuleDocument, Field(description="What they are claimed to do.")]
    within_days: Days = 7.0
    claims: Annotated[
        Literal["at_least", "at_most"], Field(description="On which side the share is claimed.")
    ] = "at_least"
    number: Annotated[Share, Field(description="The share that refutes it from the other side.")]
    margin: Annotated[
        Share, Field(description="How far off the truth may be before it matters; for planning.")
    ] = 0.05
