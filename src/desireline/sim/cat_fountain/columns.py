"""Further columns of the shop's events: source, campaign, device, region, department, ..."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from desireline.engine.journeys import F64, I32, Column
from desireline.sim.cat_fountain import traits
from desireline.sim.cat_fountain.steps import ORDERS
from desireline.sim.model import Model, Step
from desireline.sim.tables import channels_of, facts_of
from desireline.sim.walk import GOLDEN, S11, UNIT, Trail, shaken

LANDINGS = (
    *("ad_seen", "ad_clicked", "search_clicked", "post_seen"),
    *("referral_link_opened", "page_viewed", "email_captured"),
)
CAMPAIGNED = ("ad_seen", "ad_clicked", "post_seen", "discount_offered", "newsletter_opened")
CAMPAIGNS = (
    *("winter water", "winter water", "spring cats", "spring cats", "spring cats"),
    *("summer thirst", "summer thirst", "summer thirst", "autumn nest", "autumn nest"),
    *("black week", "gifts with whiskers"),
)
"""The campaign of each month."""
PAGES = ("page_viewed", "article_read", "product_viewed")
TOPICS = {
    "cat owner": {"cats": 0.55, "fountains": 0.35, "offers": 0.06, "gifts": 0.04},
    "discount lover": {"cats": 0.10, "fountains": 0.30, "offers": 0.55, "gifts": 0.05},
    "gift buyer": {"cats": 0.08, "fountains": 0.32, "offers": 0.10, "gifts": 0.50},
}
"""What the pages are about that a persona looks at."""
ABOUT_ORDERS = (
    *ORDERS,
    *("parcel_shipped", "parcel_delivered", "parcel_opened", "return_requested", "refund_paid"),
)
MOST_ORDERS = 1000
FAMILY = 100
"""Order numbers are person, friend and order in one number: exact below 2**53."""


def shop_columns(model: Model) -> Callable[[Trail], Mapping[str, Column]]:
    """The maker of the further columns of a trail."""
    bits = facts_of(model).bit

    def columns(trail: Trail) -> Mapping[str, Column]:
        sources = _trait(trail, traits.SOURCES, bits)
        return {
            "source": Column(
                codes=_where(model, trail, lambda s: s.event in LANDINGS, sources),
                values=tuple(traits.SOURCES),
            ),
            "campaign": _campaign(model, trail),
            "topic": _topics(model, trail, bits),
            "device": _devices(model, trail, bits),
            "region": Column(
                codes=_trait(trail, traits.REGIONS, bits), values=tuple(traits.REGIONS)
            ),
            "department": _departments(model, trail),
            "order_id": Column(numbers=_orders(model, trail)),
            "score": Column(numbers=_scores(model, trail)),
        }

    return columns


def _trait(trail: Trail, options: Mapping[str, float], bits: Mapping[str, int]) -> I32:
    """For each event the option that its person has."""
    facts = trail.persons["facts"]
    of_person: I32 = np.full(len(facts), -1, np.int32)
    for code, name in enumerate(options):
        of_person[(facts >> bits[name]) & 1 == 1] = code
    of_event: I32 = of_person[trail.events["case"]]
    return of_event


def _where(model: Model, trail: Trail, kept: Callable[[Step], bool], codes: I32) -> I32:
    """The codes at events of the kept steps, and -1 elsewhere."""
    marks = np.array([kept(step) for step in model.steps], np.bool_)
    return np.where(marks[trail.events["step"]], codes, np.int32(-1)).astype(np.int32)


def _campaign(model: Model, trail: Trail) -> Column:
    values = tuple(dict.fromkeys(CAMPAIGNS))
    of_month: I32 = np.array([values.index(name) for name in CAMPAIGNS], np.int32)
    month = trail.events["time"].astype("datetime64[us]").astype("datetime64[M]").astype(np.int64)
    codes = of_month[month % 12]
    return Column(codes=_where(model, trail, lambda s: s.event in CAMPAIGNED, codes), values=values)


def _topics(model: Model, trail: Trail, bits: Mapping[str, int]) -> Column:
    """What a page is about, drawn by the persona's interests."""
    values = tuple(TOPICS[next(iter(TOPICS))])
    until = np.cumsum([[TOPICS[p][topic] for topic in values] for p in traits.PERSONAS], axis=1)
    events = trail.events
    salt = trail.persons["number"][events["case"]].astype(np.uint64) * GOLDEN
    u = (shaken(events["time"].astype(np.uint64) + salt) >> S11) * UNIT
    persona = _trait(trail, traits.PERSONAS, bits)
    codes: I32 = (u[:, None] >= until[persona]).sum(axis=1).astype(np.int32)
    codes = np.minimum(codes, np.int32(len(values) - 1))
    return Column(codes=_where(model, trail, lambda s: s.event in PAGES, codes), values=values)


def _devices(model: Model, trail: Trail, bits: Mapping[str, int]) -> Column:
    """The person's device on the web; the app runs on phones and tablets only."""
    values = tuple(traits.DEVICES)
    codes = _trait(trail, traits.DEVICES, bits)
    channels = channels_of(model)
    in_app = trail.events["channel"] == channels.index("app")
    on_web = trail.events["channel"] == channels.index("web")
    mobile = np.where(codes == values.index("desktop"), np.int32(values.index("phone")), codes)
    here = np.where(in_app, mobile, np.where(on_web, codes, np.int32(-1)))
    return Column(codes=here.astype(np.int32), values=values)


def _departments(model: Model, trail: Trail) -> Column:
    values = tuple(dict.fromkeys(step.department for step in model.steps if step.department))
    of_step: I32 = np.array(
        [values.index(s.department) if s.department else -1 for s in model.steps], np.int32
    )
    return Column(codes=of_step[trail.events["step"]], values=values)


def _orders(model: Model, trail: Trail) -> F64:
    """The number of the order that an event is about, NaN before the first order."""
    begins = np.array([step.event in ORDERS for step in model.steps])[trail.events["step"]]
    case = trail.events["case"]
    count = np.cumsum(begins)
    first = np.searchsorted(case, np.arange(len(trail.persons)))
    before = np.concatenate([np.zeros(1, np.int64), count])[first]
    order = count - before[case]
    person = trail.persons["number"] * FAMILY + trail.persons["friend"]
    about = np.array([step.event in ABOUT_ORDERS for step in model.steps])[trail.events["step"]]
    return np.where(about & (order > 0), person[case] * MOST_ORDERS + order, np.nan)


def _scores(model: Model, trail: Trail) -> F64:
    """Marks of surveys, reviews and moods: normal, rounded and cut to their scale."""
    none = (np.nan, np.nan, np.nan, np.nan)
    shape = np.array([step.score or none for step in model.steps], np.float64)
    mean, spread, low, high = shape[trail.events["step"]].T
    scores: F64 = np.clip(np.rint(mean + spread * trail.events["z"]), low, high)
    return scores
