"""Writes the schemas of maps and their changes, and what the browser knows of parts and lanes.

    .venv/bin/python scripts/map_schemas.py

Tests hold the files to the program.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from desireline.engine.journey_map import lane_kinds, schema
from desireline.engine.journey_map.changes import changes_schema, part_forms

ROOT = Path(__file__).parents[1]
SCHEMAS = ROOT / "docs" / "schemas"
IN_BROWSER = ROOT / "web" / "packages" / "map-core" / "src" / "edit"
WRITTEN = {
    SCHEMAS / "journey_map.schema.json": schema,
    SCHEMAS / "map_change.schema.json": changes_schema,
    IN_BROWSER / "lane_kinds.json": lane_kinds,
    IN_BROWSER / "part_forms.json": part_forms,
}

if __name__ == "__main__":
    for path, made in WRITTEN.items():
        path.write_bytes(msgspec.json.format(msgspec.json.encode(made()), indent=2) + b"\n")
        print(path.relative_to(ROOT))
