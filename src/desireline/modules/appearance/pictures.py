"""Pictures from outside: PNG or SVG, small, and harmless."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from hashlib import sha256

from desireline.modules.appearance.errors import PictureUnfit
from desireline.modules.appearance.svg import written_anew

MOST_BYTES = 100_000
MOST_PIXELS = 2_048
"""On each side."""
PNG_BEGINS = b"\x89PNG\r\n\x1a\n"
PNG_ENDS = b"IEND\xaeB`\x82"
HEAD_BYTES = 24


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that pages may show."""

    kind: str
    data: bytes
    left_out: tuple[str, ...] = ()
    """Names of what an SVG had and could not keep."""

    @property
    def tag(self) -> str:
        """Differs where the bytes do."""
        return sha256(self.data).hexdigest()[:20]


def picture_in(data: bytes) -> Picture:
    """The picture in these bytes, whatever they were called. Raises PictureUnfit."""
    if len(data) > MOST_BYTES:
        raise PictureUnfit(
            f"The picture has {len(data):,} bytes, and may have {MOST_BYTES:,}.",
            hint="Save it smaller, or as SVG.",
            case="large",
            most=MOST_BYTES,
        )
    if data.startswith(PNG_BEGINS):
        return _png(data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    if "<svg" not in text:
        raise PictureUnfit("This is neither PNG nor SVG.", hint="Save the picture as one of them.")
    clean, left_out = written_anew(text)
    return Picture("image/svg+xml", clean.encode(), tuple(left_out))


def _png(data: bytes) -> Picture:
    if len(data) < HEAD_BYTES or data[12:16] != b"IHDR" or not data.endswith(PNG_ENDS):
        raise PictureUnfit("The PNG is not whole.", hint="Save it anew.")
    width, height = struct.unpack(">II", data[16:24])
    if not (0 < width <= MOST_PIXELS and 0 < height <= MOST_PIXELS):
        raise PictureUnfit(
            f"The picture is {width:,} x {height:,} pixels; at most {MOST_PIXELS:,} are taken.",
            hint="Save it smaller.",
            case="pixels",
            width=width,
            height=height,
            most=MOST_PIXELS,
        )
    return Picture("image/png", data)
