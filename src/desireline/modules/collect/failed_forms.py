"""In which protocol a failed event came: a text kept with it, so that it can be replayed."""

from __future__ import annotations

from typing import NamedTuple

from desireline.modules.collect.protocols import PROTOCOLS
from desireline.modules.collect.protocols.protocol import Protocol
from desireline.modules.collect.translating import Reading


class FailedForm(NamedTuple):
    """How a failed event is to be read."""

    protocol: Protocol
    form: str
    """What its address said of it."""
    skew: int
    """What its clock was corrected by, in microseconds."""


def form_said(reading: Reading) -> str:
    """How what fails is to be read again, as it is kept: `segment/track/0`; empty: as our own."""
    if not reading.is_needed:
        return ""
    return f"{reading.protocol.name}/{reading.form}/{reading.skew}"


def form_of(said: str) -> FailedForm | None:
    """The form of a failed event, by what was kept; None for one of our own form."""
    name, _, rest = said.partition("/")
    form, _, skew = rest.rpartition("/")
    protocol = next((one for one in PROTOCOLS if one.name == name), None)
    return None if protocol is None else FailedForm(protocol, form, int(skew))
