"""Which workspace a command is about, for every command that opens one."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from desireline.settings import Settings, read_settings


def names_workspace(function: Callable[..., Any]) -> Callable[..., Any]:
    """Adds `--data` and `--database`; the function is called with the `settings` they give."""

    @click.option(
        "--data",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="The folder of the workspace; else DESIRELINE_DATA_DIR or your own.",
    )
    @click.option(
        "--database",
        metavar="URL",
        help="Its database, where that is not SQLite in the folder: postgresql://...",
    )
    @wraps(function)
    def with_settings(data: Path | None, database: str | None, **options: Any) -> Any:
        return function(settings=settings_of(data, database), **options)

    return with_settings


def settings_of(data: Path | None, database: str | None) -> Settings:
    """The settings of the environment with what was told on the command line over them."""
    return read_settings(data_dir=data, database_url=database)
