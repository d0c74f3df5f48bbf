"""Writes a script of src/desireline/migrations/versions: what the tables have and it has not yet.

    .venv/bin/python scripts/new_migration.py "Keep maps and their versions"

Read what it wrote before you commit it; rows that a table begins with are written by hand.
"""

from __future__ import annotations

import importlib
import sys
from datetime import UTC, datetime
from tempfile import TemporaryDirectory

from alembic import command
from alembic.config import Config

from desireline.kit.database import Database, metadata
from desireline.kit.migrating import SCRIPTS, VERSION_TABLE, upgrade

ROOT = SCRIPTS.parent


def import_tables() -> None:
    """Imports every module that declares tables: `tables*.py` and `models.py`."""
    for pattern in ("tables*.py", "models.py"):
        for file in ROOT.rglob(pattern):
            if "kit.database import" in file.read_text():
                importlib.import_module(
                    ".".join(("desireline", *file.relative_to(ROOT).with_suffix("").parts))
                )


def main(message: str) -> None:
    """Compares the tables with a new database, and writes the difference as a script."""
    import_tables()
    with TemporaryDirectory() as folder:
        db = Database(f"sqlite:///{folder}/new.db")
        upgrade(db)
        config = Config()
        config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
        config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
        with db.transaction() as tx:
            config.attributes |= {
                "connection": tx,
                "version_table": VERSION_TABLE,
                "target_metadata": metadata,
            }
            now = datetime.now(UTC)
            command.revision(
                config, message=message, autogenerate=True, rev_id=f"{now:%Y%m%d_%H%M}"
            )
        db.close()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit('Say what changes: scripts/new_migration.py "Keep maps and their versions"')
    main(sys.argv[1])
