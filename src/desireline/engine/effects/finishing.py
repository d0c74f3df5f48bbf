"""From the sums to the answer: which design, what it finds, and whether it may be believed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from desireline.engine.effects.counting import Partial
from desireline.engine.effects.lot import by_lot
from desireline.engine.effects.measured import Measured, Refused, more_needed
from desireline.engine.effects.mixing import LEAST_UNITS, by_mixture, panel
from desireline.engine.effects.over_time import LEAST, by_date, with_control
from desireline.engine.effects.query import Design, Query
from desireline.engine.effects.result import Effect, Side, Verdict, Why
from desireline.engine.effects.table import Table
from desireline.engine.journeys import Bools

DESIGNS: Mapping[Design, Callable[[Table, Query], Measured | Refused]] = {
    "randomised": by_lot,
    "synthetic_control": by_mixture,
    "difference_in_differences": with_control,
    "interrupted_time_series": by_date,
}
"""How each design measures."""


def finish(partial: Partial, query: Query) -> Effect:
    """The answer; it may be that there is none."""
    table = Table.of(partial, query)
    if partial.last is None or query.deployed >= partial.last:
        return _told(partial, table, query, (None, None), Refused("not_deployed"))
    if not table.n(table.reached):
        return _told(partial, table, query, (None, None), Refused("nobody_reached"))
    chosen = chosen_design(table, query)
    found = _possible(table, query, chosen[0]) or DESIGNS[chosen[0]](table, query)
    return _told(partial, table, query, chosen, found)


def chosen_design(table: Table, query: Query) -> tuple[Design, Why]:
    """The most trustworthy design for what is there, and why it is that."""
    if query.design is not None:
        return query.design, "asked"
    if query.randomised:
        return "randomised", "lot"
    if query.unit_property and len(panel(table).names) > LEAST_UNITS:
        return "synthetic_control", "units"
    if query.reached is not None:
        return "difference_in_differences", "control"
    return "interrupted_time_series", "date_only"


def _possible(table: Table, query: Query, design: Design) -> Refused | None:
    """The refusal of a design that was asked for, or has nobody to compare with."""
    if design == "interrupted_time_series":
        return None
    if design == "randomised" and not query.randomised:
        return Refused("nobody_compared")
    if table.n(~table.reached) < (1 if design == "randomised" else LEAST):
        return Refused("nobody_compared")
    return None


def _told(
    partial: Partial,
    table: Table,
    query: Query,
    chosen: tuple[Design | None, Why | None],
    found: Measured | Refused,
) -> Effect:
    n = table.n(table.group >= 0)
    measured = found if isinstance(found, Measured) else None
    refused = found if isinstance(found, Refused) else None
    any_time = measured.any_time if measured else None
    if measured:
        more = more_needed(measured, table.n(table.after))
    else:
        more = refused.more if refused else 0
    return Effect(
        verdict=_verdict(measured, query),
        design=chosen[0],
        why=chosen[1],
        refusal=refused.refusal if refused else None,
        kind=query.metric.kind,
        good=query.metric.good,
        estimate=measured.estimate if measured else None,
        low=measured.low if measured else None,
        high=measured.high if measured else None,
        p=measured.p if measured else None,
        any_time_low=any_time[0] if any_time else None,
        any_time_high=any_time[1] if any_time else None,
        n=n,
        reached=_side(table, table.reached),
        compared=_side(table, ~table.reached),
        visits_a_day=table.a_day(),
        left_out=partial.left_out,
        at_most=query.metric.at_most,
        cut=partial.cut,
        deviation=table.deviation(),
        more=more,
        period_days=measured.period_days if measured else 1,
        checks=found.checks,
        series=measured.series if measured else (),
        weights=measured.weights if measured else (),
        variance_kept=measured.variance_kept if measured else None,
    )


def _verdict(measured: Measured | None, query: Query) -> Verdict:
    if measured is None:
        return "refused"
    low, high = measured.decides
    if low <= 0 <= high or not all(check.passed for check in measured.checks):
        return "undecided"
    return "helped" if (low > 0) == (query.metric.good == "more") else "harmed"


def _side(table: Table, rows: Bools) -> Side:
    before, after = rows & ~table.after, rows & table.after
    return Side(table.n(before), table.mean(before), table.n(after), table.mean(after))
