"""The tables of imports. Neither holds a row of any file: those are in the file, and then go."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, PrimaryKeyConstraint, Table, Text

from desireline.kit.columns import Key, number, text
from desireline.kit.database import metadata

import_file = Table(
    "import_file",
    metadata,
    Column("id", Key, primary_key=True, autoincrement=True),
    text("name"),
    number("bytes"),
    text("sha256"),
    text("state"),
    text("mapping"),
    text("asked_by"),
    number("made_at"),
    Column("started_at", BigInteger),
    Column("ended_at", BigInteger),
    number("tries", server_default="0"),
    text("stage"),
    number("done", server_default="0"),
    number("total", server_default="0"),
    text("problem"),
    text("report"),
)
"""A file that was uploaded. `state` is waiting, queued, running, cancelling, done, cancelled,
failed or expired. `mapping`, `problem` and `report` are JSON, empty where there is none.

The file lies in the folder `uploads` under its id. It goes when the import is done or cancelled,
at the latest a day after it came, and with it `name` and `problem`, which may quote it.
"""

saved_mapping = Table(
    "saved_mapping",
    metadata,
    Column("name", Text, nullable=False),
    number("version"),
    text("signature"),
    text("document"),
    text("author"),
    number("made_at"),
    PrimaryKeyConstraint("name", "version"),
)
"""A mapping under a name, version by version. `signature` says for which columns it was made."""
