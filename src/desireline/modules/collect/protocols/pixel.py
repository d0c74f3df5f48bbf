"""The smallest picture, as an answer to browsers that send by asking for one."""

from __future__ import annotations

from desireline.modules.collect.protocols.protocol import Given

PIXEL = Given(
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\x00\x00\x00!\xf9\x04\x01\x00\x00\x00\x00,"
    b"\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;",
    "image/gif",
)
"""One transparent point."""
