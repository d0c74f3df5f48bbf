"""Photos of personas: small pictures inside the document, so that no page asks another site.

A picture elsewhere would tell that site who looks at the persona, and when; the application's own
policy lets none be shown. SVG may hold scripts and is none of the forms.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping

from desireline.modules.personas.errors import PhotoUnfit

FORM = re.compile(r"data:image/(png|jpeg|webp);base64,([A-Za-z0-9+/]+={0,2})")
BEGINS: Mapping[str, re.Pattern[bytes]] = {
    "png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "jpeg": re.compile(rb"\xff\xd8\xff"),
    "webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
}
"""How files of each form begin."""


def check_photo(photo: str) -> None:
    """Nothing where it is empty or a picture of the form that it says. Raises PhotoUnfit."""
    if photo == "":
        return
    said = FORM.fullmatch(photo)
    if said is None:
        raise PhotoUnfit(
            f"The photo begins {photo[:40]!r}, which is no picture inside the document.",
            hint="Send data:image/png;base64,... (or jpeg, webp); other addresses are not shown.",
        )
    try:
        inside = base64.b64decode(said[2], validate=True)
    except binascii.Error:
        inside = b""
    if not BEGINS[said[1]].match(inside):
        raise PhotoUnfit(
            f"The photo says that it is {said[1]}, and it is not.",
            hint="Save the picture anew as PNG, JPEG or WebP.",
        )
