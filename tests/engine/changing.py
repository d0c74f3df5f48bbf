"""Random changes of a map as plain data: most can be made, some cannot."""

from __future__ import annotations

from random import Random
from typing import Any

Plain = dict[str, Any]
RULES = (
    {"type": "event", "in": ["a", "b"]},
    {"type": "event", "in": ["c"]},
    {"type": "any", "rules": []},
    {"type": "property", "name": "size", "op": "exists"},
)
LISTS = {
    "stage": "stages", "lane": "lanes", "persona": "personas", "actor": "actors",
    "note": "notes", "left_out": "left_out",
}  # fmt: skip
PARTS = (*LISTS, "touchpoint")
WORDS = ("", "Żółw", "two words\nand more", "a")


def random_change(random: Random, plain: Plain, kinds: tuple[str, ...] = ()) -> Plain:
    """A change of one of these kinds, of any kind without them."""
    return MADE[random.choice(kinds or tuple(MADE))](random, plain)


def keys_of(plain: Plain, part: str) -> list[str]:
    """The keys of a kind of part; one that is not there too."""
    if part == "touchpoint":
        found = [t["key"] for stage in plain["stages"] for t in stage["touchpoints"]]
    else:
        found = [p["event" if part == "left_out" else "key"] for p in plain[LISTS[part]]]
    return [*found, "nothing_such"] if len(found) < 3 else found


def _key(random: Random, plain: Plain, part: str) -> str:
    return random.choice(keys_of(plain, part))


def _new_key(random: Random) -> str:
    return (
        random.choice(("k", "two words", ""))
        if random.random() < 0.05
        else f"k{random.randrange(40)}"
    )


def _value(random: Random, plain: Plain, part: str) -> Plain:
    key, name = _new_key(random), random.choice(WORDS)
    known = keys_of(plain, "touchpoint")
    made: dict[str, Plain] = {
        "stage": {"key": key, "name": name},
        "lane": {"key": key, "name": name, "kind": random.choice(("think", "emotion", "pain"))},
        "persona": {"key": key, "name": name, "rule": random.choice((None, *RULES))},
        "actor": {"key": key, "name": name},
        "note": {"key": key, "text": name, "x": 3},
        "left_out": {"event": key},
        "touchpoint": _touchpoint(random, key, known),
    }
    if part == "lane" and random.random() < 0.5:
        made["lane"]["cells"] = {random.choice(known): _cell(random)}
    if part == "stage" and random.random() < 0.3:
        made["stage"]["touchpoints"] = [_touchpoint(random, _new_key(random), known)]
    return made[part]


def _touchpoint(random: Random, key: str, known: list[str]) -> Plain:
    more = {"alternative_to": random.choice(known)} if random.random() < 0.3 else {}
    return {"key": key, "name": random.choice(WORDS), "rule": random.choice(RULES)} | more


def _cell(random: Random) -> Plain:
    more = {"value": random.choice((-2, 0.5, 2, 3))} if random.random() < 0.4 else {}
    return {"text": random.choice(WORDS), "n": random.choice((None, 0, 7))} | more


def _place(random: Random, part: str, plain: Plain) -> Plain:
    at = {} if random.random() < 0.3 else {"at": random.randrange(5)}
    return at | ({"stage": _key(random, plain, "stage")} if part == "touchpoint" else {})


def _add(random: Random, plain: Plain) -> Plain:
    part = random.choice(PARTS)
    value = _value(random, plain, part)
    return {"type": "add", "part": part, "value": value} | _place(random, part, plain)


def _remove(random: Random, plain: Plain) -> Plain:
    part = random.choice(PARTS)
    return {"type": "remove", "part": part, "key": _key(random, plain, part)}


def _move(random: Random, plain: Plain) -> Plain:
    part = random.choice(PARTS)
    key = _key(random, plain, part)
    return {"type": "move", "part": part, "key": key} | _place(random, part, plain)


def _set(random: Random, plain: Plain) -> Plain:
    if random.random() < 0.2:
        field, value = random.choice(
            (("name", "N"), ("kind", "to_be"), ("scope", "task"), ("goal", {"statement": "G"}),
             ("case_by", {"kind": "column"}), ("parent", {"map": "firm"}), ("parent", None))
        )  # fmt: skip
        return {"type": "set", "part": "map", "field": field, "value": value}
    part = random.choice(("stage", "touchpoint", "touchpoint", "lane", "actor"))
    field, value = "name", random.choice(WORDS)
    if part == "touchpoint":
        field, value = random.choice((
            ("name", "T"), ("rule", random.choice(RULES)), ("optional", True), ("owner", None),
            ("alternative_to", random.choice((None, _key(random, plain, "touchpoint")))),
            ("moment_of_truth", {"to_company": 2}), ("not_after_seconds", 5), ("wrong", 1),
            ("not_before_seconds", 9), ("goals", [{"department": "d", "statement": "s"}]),
        ))  # fmt: skip
    if part == "lane" and random.random() < 0.5:
        field, value = "kind", random.choice(("think", "emotion", "metric"))
    return {
        "type": "set",
        "part": part,
        "key": _key(random, plain, part),
        "field": field,
        "value": value,
    }


def _set_cell(random: Random, plain: Plain) -> Plain:
    cell = {} if random.random() < 0.2 else {"cell": _cell(random)}
    return {
        "type": "set_cell",
        "lane": _key(random, plain, "lane"),
        "touchpoint": _key(random, plain, "touchpoint"),
    } | cell


def _split_stage(random: Random, plain: Plain) -> Plain:
    return {
        "type": "split_stage",
        "key": _key(random, plain, "stage"),
        "at": random.randrange(3),
        "new_key": _new_key(random),
        "new_name": "New",
    }


def _merge(part: str) -> Any:
    def made(random: Random, plain: Plain) -> Plain:
        key, into = _key(random, plain, part), _key(random, plain, part)
        return {"type": f"merge_{part}s", "key": key, "into": into}

    return made


def _split_touchpoint(random: Random, plain: Plain) -> Plain:
    value = _value(random, plain, "touchpoint")
    rule = {"rule": random.choice(RULES)} if random.random() < 0.5 else {}
    return {
        "type": "split_touchpoint",
        "key": _key(random, plain, "touchpoint"),
        "value": value,
    } | rule


def _grow_note(random: Random, plain: Plain) -> Plain:
    return {
        "type": "grow_note",
        "key": _key(random, plain, "note"),
        "touchpoint": _new_key(random),
        "stage": _key(random, plain, "stage"),
    }


def _all(random: Random, plain: Plain) -> Plain:
    kinds = ("add", "set", "set_cell", "move", "remove")
    return {"type": "all", "changes": [random_change(random, plain, kinds) for _ in range(2)]}


def _replace(random: Random, plain: Plain) -> Plain:
    return {"type": "replace", "document": plain | {"name": random.choice(WORDS), "lanes": []}}


MADE = {
    "add": _add,
    "remove": _remove,
    "move": _move,
    "set": _set,
    "set_cell": _set_cell,
    "split_stage": _split_stage,
    "merge_stages": _merge("stage"),
    "split_touchpoint": _split_touchpoint,
    "merge_touchpoints": _merge("touchpoint"),
    "grow_note": _grow_note,
    "all": _all,
    "replace": _replace,
}
