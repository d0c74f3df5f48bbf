"""The walk: persons go through the tables of a model, one after the other, each by her own seed.

Random numbers are splitmix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number
generators"), seeded by (seed, number of the person, number of the friend), so that the walk of a
person does not depend on who walked before her.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from desireline.engine.journeys import I64
from desireline.engine.kernels.compiled import kernel, part
from desireline.sim.tables import END, Records, Tables

U64 = NDArray[np.uint64]

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
FIRST = np.uint64(0xBF58476D1CE4E5B9)
SECOND = np.uint64(0x94D049BB133111EB)
S30, S27, S31, S11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
UNIT = 2.0**-53
HOUR_US = 3_600_000_000
MONDAY = 72
"""1970-01-01 was a Thursday: 72 hours after a Monday 0:00."""
DRAWS = 16
"""How often a wait is drawn again for its clock, before it is made longer hour by hour."""
FAMILY = 16
"""Most members of one family."""
FAITHFUL = 0.9
"""How often a person picks the channel by habit."""
MOVES = 100_000
"""Moves after which a walk is held to be endless."""
FINE, FULL, ENDLESS = 0, 1, 2

EVENT = np.dtype([("time", "i8"), ("case", "i4"), ("step", "i2"), ("channel", "u1"), ("z", "f4")])
"""`z` is a standard normal draw for steps with a value or score, else NaN."""
PERSON = np.dtype([("number", "i8"), ("friend", "i8"), ("facts", "i8"), ("habit", "f8")])
"""`habit` is the draw by which a person mostly picks her channels."""
MEMBER = np.dtype([("comes", "i8"), ("host", "i8")])
"""When a member of a family comes, and the case of the one who invited her."""


class Trail(NamedTuple):
    """Where the walk writes."""

    events: Records
    persons: Records
    written: I64
    """Events written, persons written, members of the family so far, status."""


def shaken(z: Any) -> Any:
    """The 64 bits of `z`, or of each of them, well mixed."""
    z = (z ^ (z >> S30)) * FIRST
    z = (z ^ (z >> S27)) * SECOND
    return z ^ (z >> S31)


mixed = kernel(shaken)


@part
def draw(rng: U64) -> float:
    """A number from 0 to 1, 1 excluded."""
    rng[0] += GOLDEN
    return float((mixed(rng[0]) >> S11) * UNIT)


@part
def deviate(rng: U64) -> float:
    """A standard normal number (Box and Muller 1958)."""
    radius = np.sqrt(-2.0 * np.log(1.0 - draw(rng)))
    return float(radius * np.cos(2.0 * np.pi * draw(rng)))


@part
def picked(drawn: Records, first: int, last: int, u: float) -> int:
    """The code of that one of drawn[first:last] in whose share `u` lies."""
    while first < last - 1 and u >= drawn[first].until:
        first += 1
    return int(drawn[first].code)


@part
def is_open(edge: Any, facts: int) -> bool:
    """Whether a person with these facts may take the edge."""
    return bool(facts & edge.needs == edge.needs and facts & edge.without == 0)


@part
def chosen(edges: Records, first: int, last: int, facts: int, rng: U64) -> int:
    """The index of one of edges[first:last] that are open, by their chances; END if none is."""
    total = 0.0
    for e in range(first, last):
        if is_open(edges[e], facts):
            total += edges[e].chance
    u = draw(rng) * total
    found = END
    for e in range(first, last):
        if is_open(edges[e], facts):
            found = e
            u -= edges[e].chance
            if u < 0.0:
                break
    return found


@part
def awake(clock: int, clocks: Any, time: int, rng: U64) -> bool:
    """Whether the clock takes an arrival at this time: for certain at its busiest hour."""
    hour = (time // HOUR_US + MONDAY) % 168
    return bool(draw(rng) < clocks[clock, hour])


@part
def waited(edge: Any, clocks: Any, now: int, rng: U64) -> int:
    """A wait in microseconds that ends at an hour which the edge's clock takes."""
    wait = 0
    if edge.median == 0.0:
        return wait
    for _ in range(DRAWS):
        wait = int(edge.median * np.exp(edge.spread * deviate(rng)))
        if edge.clock == 0:
            return wait
        if awake(edge.clock, clocks, now + wait, rng):
            return wait
    while not awake(edge.clock, clocks, now + wait, rng):
        wait += HOUR_US
    return wait


@part
def arrival(arrivals: Any, rng: U64) -> int:
    """Microseconds from the begin of the period: an hour by the arrivals, any moment of it."""
    u = draw(rng)
    low, high = 0, len(arrivals) - 1
    while low < high:
        middle = (low + high) // 2
        if arrivals[middle] <= u:
            low = middle + 1
        else:
            high = middle
    return int((low + draw(rng)) * HOUR_US)


@part
def write(t: Tables, out: Trail, at: tuple[int, int, int], rng: U64) -> None:
    """One event of (case, step, time), if within the period; FULL where there is no room."""
    case, step, time = at
    place = t.steps[step]
    u = draw(rng)
    u = out.persons[case].habit if u < FAITHFUL else (u - FAITHFUL) / (1.0 - FAITHFUL)
    channel = picked(t.channels, place.drawn, place.drawn_end, u)
    z = deviate(rng) if place.numbered else np.nan
    n = out.written[0]
    if time >= t.frame[0].ends:
        return
    if n == len(out.events):
        out.written[3] = FULL
        return
    event = out.events[n]
    event.case, event.step, event.time = case, step, time
    event.channel, event.z = channel, z
    out.written[0] = n + 1


@part
def disturb(t: Tables, out: Trail, now: int, wait: int, rng: U64) -> None:
    """Noise at any time of a wait, as often as the dice say."""
    while draw(rng) < t.frame[0].noise_chance:
        step = picked(t.noise, t.frame[0].noise, t.frame[0].noise_end, draw(rng))
        at = now + int(draw(rng) * min(wait, t.frame[0].noise_within))
        write(t, out, (out.written[1], step, at), rng)


@part
def invite(frame: Records, out: Trail, family: Records, now: int, rng: U64) -> None:
    """One more friend who comes later, unless the family is complete."""
    size = out.written[2]
    comes = now + int(frame[0].friend_median * np.exp(frame[0].friend_spread * deviate(rng)))
    if size < FAMILY and comes < frame[0].ends:
        family[size].comes = comes
        family[size].host = out.written[1]
        out.written[2] = size + 1


@part
def known(eras: Records, facts: int, now: int) -> int:
    """The facts of a person together with those that hold for everybody by now."""
    for era in eras:
        if now >= era.time:
            facts |= era.fact
    return facts


@part
def walk_person(t: Tables, out: Trail, family: Records, me: int, rng: U64) -> None:
    """The events of member `me` of the family.

    When a friend first comes to a step that rewards, her host has an event too, within an hour.
    """
    facts, rewarded = 0, me == 0
    now = family[me].comes
    step = t.frame[0].friend if me > 0 else t.frame[0].first
    for _ in range(MOVES):
        here = t.steps[step]
        facts = (facts | here.sets) & ~here.clears
        if here.seen:
            write(t, out, (out.written[1], step, now), rng)
        if here.invites:
            invite(t.frame, out, family, now, rng)
        if here.rewards and not rewarded:
            at = now + int(draw(rng) * HOUR_US)
            write(t, out, (family[me].host, t.frame[0].reward, at), rng)
            rewarded = True
        e = chosen(t.edges, here.edges, here.edges_end, known(t.eras, facts, now), rng)
        if e == END:
            break
        wait = waited(t.edges[e], t.clocks, now, rng)
        if wait > 0:
            disturb(t, out, now, wait, rng)
        now += wait
        step = t.edges[e].to
        if step == END or now >= t.frame[0].ends:
            break
    else:
        out.written[3] = ENDLESS
    out.persons[out.written[1]].facts = facts


@kernel
def walk(t: Tables, out: Trail, seed: np.uint64, first: int, last: int) -> int:
    """Walks persons `first` to `last` (excluded); the person to go on with when `out` is full.

    A person and the friends whom she and they bring are a family, which is written whole or not at
    all; `out.written` says how much there is.
    """
    family = np.empty(FAMILY, MEMBER)
    rng = np.empty(1, np.uint64)
    out.written[:] = 0
    for number in range(first, last):
        events, persons = out.written[0], out.written[1]
        own = mixed(seed + GOLDEN * np.uint64(number + 1))
        rng[0] = own
        family[0].comes = t.frame[0].begins + arrival(t.arrivals, rng)
        out.written[2] = 1
        for me in range(FAMILY):
            if me == out.written[2] or out.written[3] != FINE:
                break
            if out.written[1] == len(out.persons):
                out.written[3] = FULL
                break
            rng[0] = mixed(own + GOLDEN * np.uint64(me + 1))
            person = out.persons[out.written[1]]
            person.number, person.friend, person.habit = number, me, draw(rng)
            walk_person(t, out, family, me, rng)
            out.written[1] += 1
        if out.written[3] != FINE:
            out.written[0], out.written[1] = events, persons
            return number
    return last
