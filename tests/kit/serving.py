"""Opens a workspace, prints its id, and keeps it open until a line is read: folder, held|shared."""

from __future__ import annotations

import sys

from desireline.kit.workspace import open_workspace
from desireline.settings import read_settings

if __name__ == "__main__":
    told = read_settings(data_dir=sys.argv[1])
    with open_workspace(told, exclusive=sys.argv[2] == "held", create=True) as workspace:
        sys.stdout.write(f"{workspace.id}\n")
        sys.stdout.flush()
        sys.stdin.readline()
