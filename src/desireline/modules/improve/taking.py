"""What the routes of the board take: the service, a number, a map, and the state that was seen."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Path, Query

from desireline.modules.improve.service import Improve
from desireline.modules.module import service_of
from desireline.modules.revisions import revision_seen

Here = Annotated[Improve, Depends(service_of("improve"))]
Number = Annotated[int, Path(ge=1, le=2**53)]
Seen = Annotated[int | None, Depends(revision_seen)]
OfMap = Annotated[str, Query(max_length=100, description="Only of this map.")]
At = Annotated[str, Query(max_length=200, description="Only at this touchpoint.")]
