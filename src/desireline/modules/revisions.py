"""Which state of a thing a change was made from: the ETag that came with it, sent as If-Match."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import Header

from desireline.engine.errors import DesirelineError

_TAG = re.compile(r'(?:W/)?"?(\d{1,9})"?')


class RevisionUnreadable(DesirelineError):
    """If-Match holds no revision."""


async def revision_seen(
    if_match: Annotated[
        str | None, Header(description="The ETag that GET gave: the state that you changed.")
    ] = None,
) -> int | None:
    """The revision that a change was made from. RevisionUnreadable."""
    if if_match is None:
        return None
    found = _TAG.fullmatch(if_match.strip())
    if found is None:
        raise RevisionUnreadable(
            f"If-Match is {if_match[:40]!r}, which is no revision.",
            hint='Send the ETag as it came: If-Match: "3".',
        )
    return int(found[1])
