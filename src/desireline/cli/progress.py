"""What the command line says while it works: bars for what takes long, sentences for the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

console = Console(stderr=True, highlight=False, soft_wrap=True)


def tell(sentence: str) -> None:
    """Writes a sentence to standard error; standard output is for results alone."""
    console.print(sentence, markup=False)


@contextmanager
def reading_bar() -> Iterator[Callable[[str, float], None]]:
    """A bar that follows `progress(stage, share)`; it leaves nothing behind when done."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with bar:
        task: TaskID = bar.add_task("Working", total=1.0)
        yield lambda stage, share: bar.update(task, description=stage, completed=share)


@contextmanager
def working(stage: str) -> Iterator[None]:
    """A bar that only says what is being done and for how long, for work that cannot tell more."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with bar:
        bar.add_task(stage, total=None)
        yield


class Rate(ProgressColumn):
    """How many events a second, over the last half minute."""

    def render(self, task: Task) -> Text:
        """Nothing while it is not known, or while no events are counted."""
        known = task.speed and task.fields.get("counts")
        return Text(f"{task.speed:,.0f} events/s" if known else "")


@contextmanager
def counting_bar() -> Iterator[Callable[[str, int, int], None]]:
    """A bar that follows `progress(stage, done, total)`, with rate and remaining time.

    A total above 100 counts events, else it is a share.
    """
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        Rate(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with bar:
        tasks: dict[str, TaskID] = {}

        def progress(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                for task in tasks.values():
                    bar.update(task, visible=False)
                tasks[stage] = bar.add_task(stage, total=total, counts=total > 100)
            bar.update(tasks[stage], completed=done, total=total)

        yield progress
