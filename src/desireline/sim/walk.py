"""The walk: persons go through the tables of a model, one after the other, each by her own seed.

Random numbers are splitmix64 (Steele, Lea, Flood 2014, "Fast splittable pseudorandom number
generators"), seeded by (seed, number of the person, number of the friend), so that the walk of a
person does not depend on who walked before her.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from desireline.engine.journeys import F32, F64, I32, I64, U8
from desireline.sim.tables import END, Tables

U64 = NDArray[np.uint64]

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
FIRST = np.uint64(0xBF58476D1CE4E5B9)
SECOND = np.uint64(0x94D049BB133111EB)
S30, S27, S31, S11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
UNIT = 2.0**-53
HOUR_US = 3_600_000_000
MONDAY = 72
"""Hours from Thursday 1970-01-01 back to a Monday 0:00, modulo a week: (hour + 72) % 168."""
DRAWS = 40
"""How often a wait is drawn again for its clock before it is taken as it is."""
FAMILY = 16
"""Most friends of one family."""
MOVES = 100_000
"""Moves after which a walk is held to be endless."""
FINE, FULL, ENDLESS = 0, 1, 2


class Trail(NamedTuple):
    """Where the walk writes: one entry an event, then one entry a person."""

    case: I32
    time: I64
    step: I32
    channel: U8
    deviate: F32
    """A standard normal draw for steps with a value or score, else NaN."""
    number: I64
    friend: I32
    facts: I64
    count: I64
    """Events written, persons written, status (FINE, FULL or ENDLESS)."""


class Family(NamedTuple):
    """A person and the friends whom she and they bring."""

    comes: I64
    """When each of them comes."""
    host: I64
    """The case of the one who invited each of them."""
    size: I64


@njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]
def mixed(z: np.uint64) -> np.uint64:
    """The 64 bits of `z`, well shaken."""
    z = (z ^ (z >> S30)) * FIRST
    z = (z ^ (z >> S27)) * SECOND
    return z ^ (z >> S31)


@njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]
def draw(rng: U64) -> float:
    """A number from 0 to 1, 1 excluded."""
    rng[0] += GOLDEN
    return (mixed(rng[0]) >> S11) * UNIT


@njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]
def deviate(rng: U64) -> float:
    """A standard normal number (Box and Muller 1958)."""
    return np.sqrt(-2.0 * np.log(1.0 - draw(rng))) * np.cos(2.0 * np.pi * draw(rng))


@njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]
def picked(until: F64, first: int, last: int, rng: U64) -> int:
    """An index from `first` to `last`, by the cumulative shares `until`."""
    u = draw(rng)
    while first < last - 1 and u >= until[first]:
        first += 1
    return first


@njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]
def chosen(t: Tables, step: int, facts: int, rng: U64) -> int:
    """One of the step's edges that are open to a person with these facts; END if none is."""
    total = 0.0
    for e in range(t.first_edge[step], t.first_edge[step + 1]):
        if facts & t.needs[e] == t.needs[e] and facts & t.without[e] == 0:
            total += t.chance[e]
    if total == 0.0:
        return END
    u = draw(rng) * total
    found = END
    for e in range(t.first_edge[step], t.first_edge[step + 1]):
        if facts & t.needs[e] == t.needs[e] and facts & t.without[e] == 0:
            found = e
            u -= t.chance[e]
            if u < 0.0:
                break
    return found


@njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]
def waited(t: Tables, edge: int, now: int, rng: U64) -> int:
    """A wait in microseconds that ends at an hour which the edge's clock takes."""
    wait = np.int64(0)
    if t.median[edge] == 0.0:
        return wait
    clock = t.clock[edge]
    for _ in range(DRAWS):
        wait = np.int64(t.median[edge] * np.exp(t.spread[edge] * deviate(rng)))
        if clock == 0:
            break
        hour = ((now + wait) // HOUR_US + MONDAY) % 168
        if draw(rng) < t.clocks[clock, hour]:
            break
    return wait


@njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]
def write_for(t: Tables, out: Trail, case: int, step: int, time: int, rng: U64) -> None:  # noqa: PLR0913
    """One event of `case`, if it is within the period; the status is FULL if there is no room."""
    first, last = t.first_channel[step], t.first_channel[step + 1]
    channel = t.channel[picked(t.channel_until, first, last, rng)]
    number = deviate(rng) if t.numbered[step] else np.nan
    n = out.count[0]
    if time >= t.period[1]:
        return
    if n == len(out.time):
        out.count[2] = FULL
        return
    out.case[n] = case
    out.time[n] = time
    out.step[n] = step
    out.channel[n] = channel
    out.deviate[n] = number
    out.count[0] = n + 1


@njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]
def write(t: Tables, out: Trail, step: int, time: int, rng: U64) -> None:
    """One event of the person who walks."""
    write_for(t, out, out.count[1], step, time, rng)


@njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]
def known(t: Tables, facts: int, now: int) -> int:
    """The facts of a person together with those that hold for everybody by now."""
    for k in range(len(t.era_time)):
        if now >= t.era_time[k]:
            facts |= t.era_fact[k]
    return facts


@njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]
def invite(t: Tables, out: Trail, family: Family, now: int, rng: U64) -> None:
    """One more friend who comes later, unless the family is complete."""
    size = family.size[0]
    wait = np.int64(t.friend_wait[0] * np.exp(t.friend_wait[1] * deviate(rng)))
    if size < FAMILY and now + wait < t.period[1]:
        family.comes[size] = now + wait
        family.host[size] = out.count[1]
        family.size[0] = size + 1


@njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]
def disturb(t: Tables, out: Trail, now: int, wait: int, rng: U64) -> None:
    """Noise at any time of a wait, as often as the dice say."""
    while draw(rng) < t.noise_chance:
        step = t.noise[picked(t.noise_until, 0, len(t.noise), rng)]
        write(t, out, step, now + np.int64(draw(rng) * wait), rng)


@njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]
def walk_person(t: Tables, out: Trail, family: Family, me: int, rng: U64) -> int:
    """The events of member `me` of the family; the time of her first reward step, else 0."""
    facts, rewarded = np.int64(0), np.int64(0)
    step, now = t.begin[min(me, 1)], family.comes[me]
    for _ in range(MOVES):
        facts = (facts | t.sets[step]) & ~t.clears[step]
        if t.seen[step]:
            write(t, out, step, now, rng)
        if t.invites[step]:
            invite(t, out, family, now, rng)
        if t.rewards[step] and rewarded == 0:
            rewarded = now
        edge = chosen(t, step, known(t, facts, now), rng)
        if edge == END:
            break
        wait = waited(t, edge, now, rng)
        if wait > 0:
            disturb(t, out, now, wait, rng)
        now += wait
        step = t.to[edge]
        if step == END or now >= t.period[1]:
            break
    else:
        out.count[2] = ENDLESS
    out.facts[out.count[1]] = facts
    return rewarded


@njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]
def arrival(t: Tables, rng: U64) -> int:
    """When a journey begins: an hour by the arrivals, and any moment of it."""
    hour = np.searchsorted(t.arrivals, draw(rng), side="right")
    return t.period[0] + np.int64((hour + draw(rng)) * HOUR_US)


@njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]
def walk_family(t: Tables, out: Trail, family: Family, seed: np.uint64, number: int) -> None:
    """The events of a person, of the friends whom she brings, and of their friends."""
    rng = np.empty(1, np.uint64)
    own = mixed(seed + GOLDEN * np.uint64(number + 1))
    rng[0] = own
    family.comes[0] = arrival(t, rng)
    family.size[0] = 1
    me = 0
    while me < family.size[0] and out.count[2] == FINE:
        if out.count[1] == len(out.number):
            out.count[2] = FULL
            break
        rng[0] = mixed(own + GOLDEN * np.uint64(me + 1))
        out.number[out.count[1]] = number
        out.friend[out.count[1]] = me
        rewarded = walk_person(t, out, family, me, rng)
        if me > 0 and rewarded > 0:
            at = rewarded + np.int64(draw(rng) * HOUR_US)
            write_for(t, out, family.host[me], t.begin[2], at, rng)
        out.count[1] += 1
        me += 1


@njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]
def walk(t: Tables, out: Trail, seed: np.uint64, first: int, last: int) -> int:
    """Walks persons `first` to `last` (excluded); the person to go on with when `out` is full.

    A family is written whole or not at all. `out.count` then holds the events and persons written.
    """
    family = Family(
        np.empty(FAMILY, np.int64),
        np.empty(FAMILY, np.int64),
        np.empty(1, np.int64),
    )
    out.count[:] = 0
    for number in range(first, last):
        events, persons = out.count[0], out.count[1]
        walk_family(t, out, family, seed, number)
        if out.count[2] != FINE:
            out.count[0], out.count[1] = events, persons
            return number
    return last
