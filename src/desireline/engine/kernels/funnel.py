"""Kernels of the funnel: how far attempts get, and how long they take.

An attempt is a row of `chain`: for each step the place of its event in the journey, counted from
the journey's first event, or -1 where the attempt did not pass it. Arrays about labels say what an
event with this label is: `fits[label, step]`, `kills[label, step]` (it ends the way from an earlier
step to this one), `high` and `low`, the last and first step that it fits (where none: -1 and the
number of steps), and whether it `matters` at all. `deadly` says that there are events that kill,
`longest` how many events the longest journey has.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desireline.engine.journeys import I32, I64, Bools, Codes
from desireline.engine.kernels.compiled import kernel

I16 = NDArray[np.int16]


@kernel
def furthest(
    offset: I64,
    time: I64,
    label: Codes,
    keep_event: Bools | None,
    keep_journey: Bools | None,
    fits: Bools,
    kills: Bools,
    high: I16,
    low: I16,
    matters: Bools,
    optional: Bools,
    within: I64,
    window: int,
    strict: bool,  # noqa: FBT001 - a kernel's arguments stand in line
    deadly: bool,  # noqa: FBT001
    longest: int,
    level: I16,
    chain: I32,
    after: I32,
) -> None:
    """For each journey the attempt that gets furthest: its last step (-1: none) and its events.

    For each step it is enough to know the latest event that reached it: whatever goes on from an
    earlier one goes on from the later one as well, with more time left in both windows and fewer
    events in between that could end it. `after` is the next event after the attempt's last.
    """
    n_steps = fits.shape[1]
    place = np.empty(n_steps, np.int64)  # the latest event that reached each step, or -1
    begun = np.empty(n_steps, np.int64)  # when its attempt began
    killed = np.empty(n_steps, np.int64)  # the latest event that ends the way to each step
    walk = np.empty((n_steps, n_steps), np.int32)
    mattering = np.empty(longest + 1, np.int64)
    for j in range(len(offset) - 1):
        level[j] = after[j] = -1
        if keep_journey is not None and not keep_journey[j]:
            continue
        start = offset[j]
        # Without a branch: twice as fast in all. Unsigned: a tenth off that (see `count_pairs`).
        n = np.uint64(0)
        for i in range(np.uint64(start), np.uint64(offset[j + 1])):
            mattering[n] = i
            n += np.uint64(matters[label[i]] and (keep_event is None or keep_event[i]))
        for s in range(n_steps):
            place[s] = killed[s] = -1
        before, reached = -1, -1
        for m in range(n):
            i = mattering[m]
            what, now = label[i], time[i]
            for s in range(high[what], max(low[what], 1) - 1, -1):
                oldest = max(before if strict else killed[s], 0)
                best = -1
                for p in range(s - 1, -1, -1):
                    there = place[p]
                    if there >= oldest and now - begun[p] <= window:
                        later = best < 0 or there > place[best]
                        later |= best >= 0 and there == place[best] and begun[p] > begun[best]
                        if later and now - time[there] <= within[s]:
                            best = p
                    if not optional[p]:
                        break
                if best < 0 or not fits[what, s]:
                    continue
                place[s] = i
                begun[s] = begun[best]
                for p in range(s):
                    walk[s, p] = walk[best, p] if p <= best else -1
                walk[s, s] = i - start
                if s > reached:
                    reached = s
                    for p in range(s + 1):
                        chain[j, p] = walk[s, p]
            if low[what] == 0:
                place[0] = i
                begun[0] = now
                walk[0, 0] = i - start
                if reached < 0:
                    reached = 0
                    chain[j, 0] = i - start
            if reached == n_steps - 1:
                break
            if deadly:
                for s in range(1, n_steps):
                    if kills[what, s]:
                        killed[s] = i
            before = i
        level[j] = reached
        if reached >= 0:
            for i in range(start + chain[j, reached] + 1, offset[j + 1]):
                if keep_event is None or keep_event[i]:
                    after[j] = i - start
                    break


@kernel
def furthest_of_entries(
    offset: I64,
    time: I64,
    label: Codes,
    keep_event: Bools | None,
    keep_journey: Bools | None,
    fits: Bools,
    kills: Bools,
    high: I16,
    low: I16,
    matters: Bools,  # noqa: ARG001 - both kernels take the same arguments
    optional: Bools,
    within: I64,
    window: int,
    strict: bool,  # noqa: FBT001 - a kernel's arguments stand in line
    deadly: bool,  # noqa: FBT001
    longest: int,  # noqa: ARG001
    level: I16,
    chain: I32,
    after: I32,
    owner: I32,
) -> int:
    """For each event at the first step the attempt from there that gets furthest; how many.

    Walks each journey backwards. For each step and each later step (the goal) it is enough to know
    the nearest event from which the goal can be reached: it reaches it no later than any event
    after it. So the work is linear in events, however many entries overlap.
    """
    n_steps = fits.shape[1]
    place = np.empty((n_steps, n_steps), np.int64)  # nearest event at a step that reaches a goal
    goal_at = np.empty((n_steps, n_steps), np.int64)  # and when it does
    way = np.empty((n_steps, n_steps, n_steps), np.int32)
    killed = np.empty(n_steps, np.int64)
    n = 0
    for j in range(len(offset) - 1):
        if keep_journey is not None and not keep_journey[j]:
            continue
        for s in range(n_steps):
            killed[s] = offset[j + 1]
            for goal in range(n_steps):
                place[s, goal] = -1
        start, following = offset[j], -1
        for i in range(offset[j + 1] - 1, start - 1, -1):
            if keep_event is not None and not keep_event[i]:
                continue
            what = label[i]
            for s in range(max(low[what], 0), high[what] + 1):
                if not fits[what, s]:
                    continue
                for goal in range(s, n_steps):
                    best = s if goal == s else -1
                    for q in range(s + 1, goal + 1):
                        there = place[q, goal]
                        alive = there <= killed[q] and (there == following or not strict)
                        alive = alive and there >= 0 and time[there] - time[i] <= within[q]
                        if alive and (best < 0 or goal_at[q, goal] < goal_at[best, goal]):
                            best = q
                        if not optional[q]:
                            break
                    if best < 0:
                        continue
                    place[s, goal] = i
                    goal_at[s, goal] = time[i] if best == s else goal_at[best, goal]
                    for p in range(s + 1, goal + 1):
                        way[s, goal, p] = way[best, goal, p] if p >= best else -1
                    way[s, goal, s] = i - start
            if low[what] == 0 and fits[what, 0]:
                reached = 0
                for goal in range(1, n_steps):
                    if place[0, goal] == i and goal_at[0, goal] - time[i] <= window:
                        reached = goal
                level[n] = reached
                owner[n] = j
                for p in range(reached + 1):
                    chain[n, p] = way[0, reached, p]
                after[n] = -1
                for k in range(start + chain[n, reached] + 1, offset[j + 1]):
                    if keep_event is None or keep_event[k]:
                        after[n] = k - start
                        break
                n += 1
            if deadly:
                for s in range(1, n_steps):
                    if kills[what, s]:
                        killed[s] = i
            following = i
    return n


@kernel
def list_waits(
    start: I64,
    time: I64,
    code: Codes,
    level: I16,
    chain: I32,
    after: I32,
    last: int,
    window: int,
    series: I16,
    wait: I64,
    following: I64,
) -> int:
    """Lists how long attempts took from step to step, and what each did next; returns how many.

    `start` is the first event of each attempt's journey. Series s is from the step before to step
    s, series 0 from the first step to step `last` (which converts); at most an entry for each step
    of each attempt. `following` gets the code of the next event within `window` of those who ended
    before step `last`, and is left as it is where there is none.
    """
    n = 0
    for a in range(len(level)):
        if level[a] < 0:
            continue
        entered = before = time[start[a] + chain[a, 0]]
        for s in range(1, level[a] + 1):
            if chain[a, s] < 0:
                continue
            now = time[start[a] + chain[a, s]]
            series[n] = s
            wait[n] = now - before
            n += 1
            before = now
            if s == last:
                series[n] = 0
                wait[n] = now - entered
                n += 1
        if level[a] < last and after[a] >= 0:
            following_at = start[a] + after[a]
            if time[following_at] - before <= window:
                following[a] = code[following_at]
    return n
