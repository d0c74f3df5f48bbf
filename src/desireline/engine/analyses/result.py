"""What every analysis returns: a frozen result that can show itself and be taken elsewhere."""

from __future__ import annotations

import html
from dataclasses import asdict, dataclass
from typing import Any

SHOWN_ROWS = 20
"""Rows that a result shows of itself in a notebook."""


@dataclass(frozen=True)
class Result:
    """A result of an analysis: `to_dict` is all of it, `rows` its main table."""

    def to_dict(self) -> dict[str, Any]:
        """Everything, as plain data that JSON can hold."""
        return asdict(self)

    def rows(self) -> list[dict[str, Any]]:
        """The main table: one flat dictionary a row, the same keys in each."""
        raise NotImplementedError

    def to_pandas(self) -> Any:
        """The main table as a pandas DataFrame. Raises ModuleNotFoundError without pandas."""
        import pandas as pd  # noqa: PLC0415 - pandas is the caller's, not ours

        return pd.DataFrame(self.rows())

    def to_polars(self) -> Any:
        """The main table as a polars DataFrame. Raises ModuleNotFoundError without polars."""
        import polars as pl  # noqa: PLC0415 - polars is the caller's, not ours

        return pl.DataFrame(self.rows())

    def _repr_html_(self) -> str:
        rows = self.rows()
        head = "".join(f"<th>{html.escape(str(k))}</th>" for k in (rows[0] if rows else ()))
        body = "".join(
            "<tr>" + "".join(f"<td>{html.escape(_cell(v))}</td>" for v in row.values()) + "</tr>"
            for row in rows[:SHOWN_ROWS]
        )
        more = f"<p>{len(rows) - SHOWN_ROWS} more rows</p>" if len(rows) > SHOWN_ROWS else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _cell(value: object) -> str:
    return f"{value:,.3g}" if isinstance(value, float) else str(value)
