"""What every route of discussions takes: the service, and who it is that votes."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends

from desireline.kit.permissions import Caller
from desireline.modules.discussion.service import Discussion
from desireline.modules.module import service_of

Here = Annotated[Discussion, Depends(service_of("discussion"))]


def voter_of(caller: Caller) -> str:
    """Who votes: the member, else whatever access calls the caller."""
    return caller.name if caller.member is None else f"member:{caller.member}"
