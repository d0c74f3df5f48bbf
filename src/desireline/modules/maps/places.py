"""What every route of maps takes: the service, and the key in the address."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Path

from desireline.modules.maps.service import Maps
from desireline.modules.module import service_of

Here = Annotated[Maps, Depends(service_of("maps"))]
Key = Annotated[str, Path(max_length=100, description="The map's key.")]
