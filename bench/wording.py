"""Numbers as the report writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any


def seconds(value: float) -> str:
    """A time with three digits, in milliseconds below one second."""
    return f"{value * 1000:.3g} ms" if value < 1 else f"{value:.3g} s"


def ratio(value: float) -> str:
    """A ratio: one digit after the point below 10."""
    return f"{value:.2f}" if value < 2 else f"{value:.1f}" if value < 10 else f"{value:.0f}"


def spread(values: Mapping[str, Any], word: Callable[[float], str]) -> str:
    """The median, and in brackets the least and the most."""
    return f"{word(values['median'])} ({word(values['least'])} - {word(values['most'])})"


def bytes_of(count: int | None) -> str:
    """Bytes in GiB or MiB."""
    if count is None:
        return "not known"
    return f"{count / 2**30:.1f} GiB" if count >= 2**30 else f"{count / 2**20:.0f} MiB"


def met(*, fine: bool) -> str:
    """Whether a bar is met, in words."""
    return "met" if fine else "**not met**"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """The lines of a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return ["| " + " | ".join(line) + " |" for line in lines]
