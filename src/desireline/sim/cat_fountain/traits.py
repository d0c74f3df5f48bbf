"""Who the visitors are. A trait is a silent step at the beginning that sets a fact."""

from __future__ import annotations

from collections.abc import Mapping

from desireline.sim.model import Edge, Step

PERSONAS = {"cat owner": 0.45, "discount lover": 0.30, "gift buyer": 0.25}
REGIONS = {"north": 0.5, "south": 0.5}
"""The fix is deployed in the north only; the south is its control."""
DEVOTION = {"devoted": 0.35, "casual": 0.65}
"""Hidden from the shop: the devoted open parcels in the app, and buy again for other reasons."""
DEVICES = {"phone": 0.58, "desktop": 0.32, "tablet": 0.10}
SOURCES = {"ad": 0.40, "search": 0.28, "social": 0.14, "word of mouth": 0.06, "direct": 0.12}
FRIEND = "friend"
TRAITS: Mapping[str, Mapping[str, float]] = {
    "persona": PERSONAS,
    "region": REGIONS,
    "devotion": DEVOTION,
    "device": DEVICES,
    "source": SOURCES,
}
ENTRANCES = {
    "ad": "ad_seen",
    "search": "search_clicked",
    "social": "post_seen",
    "word of mouth": "page_viewed",
    "direct": "page_viewed",
}
"""The first touchpoint by source."""
VISITOR, INVITED = "a visitor", "an invited friend"


def trait_steps() -> tuple[Step, ...]:
    """The two beginnings and one silent step for each option of each trait."""
    options = [Step(name, sets=(name,)) for options in TRAITS.values() for name in options]
    drawn = [Step(f"draw {trait}") for trait in TRAITS]
    return (Step(VISITOR), Step(INVITED, sets=(FRIEND,)), *drawn, *options)


def trait_edges() -> tuple[Edge, ...]:
    """From the beginnings through every trait to the entrance that the source opens."""
    names = list(TRAITS)
    edges = [Edge(start, f"draw {names[0]}", 1.0) for start in (VISITOR, INVITED)]
    for trait, following in zip(names, [*names[1:], ""], strict=True):
        for option, share in TRAITS[trait].items():
            edges += _drawn(trait, option, share)
            if following:
                edges.append(Edge(option, f"draw {following}", 1.0))
    edges += [Edge(source, at, 1.0, without=(FRIEND,)) for source, at in ENTRANCES.items()]
    return (*edges, Edge("word of mouth", "referral_link_opened", 1.0, needs=(FRIEND,)))


def _drawn(trait: str, option: str, share: float) -> list[Edge]:
    """Friends come by word of mouth, whatever the shares say."""
    if trait != "source":
        return [Edge(f"draw {trait}", option, share)]
    alone = Edge(f"draw {trait}", option, share, without=(FRIEND,))
    invited = Edge(f"draw {trait}", option, 1.0, needs=(FRIEND,))
    return [alone, invited] if option == "word of mouth" else [alone]
