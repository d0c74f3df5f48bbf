"""Shades of one accent that people can read in both schemes.

Contrast is that of WCAG 2.2: 4.5 to 1 for text. A colour that is too light for the light scheme
is darkened, and one that is too dark for the dark scheme lightened, at the same hue.
"""

from __future__ import annotations

import colorsys
import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from desireline.modules.appearance.errors import AccentUnfit

Scheme = Literal["light", "dark"]
Rgb: TypeAlias = tuple[float, float, float]
NEEDED = 4.5
SURFACES: dict[Scheme, str] = {"light": "#ffffff", "dark": "#161b24"}
"""What tints are mixed with (`surface` of web/src/app/tokens.ts)."""
HARDEST: dict[Scheme, str] = {"light": "#eef0f4", "dark": "#1d2430"}
"""The ground on which text is hardest to read: `sunken` of the light scheme, `raised` of the dark.
"""
ON_ACCENT: dict[Scheme, str] = {"light": "#ffffff", "dark": "#0b0e13"}
SOFT: dict[Scheme, float] = {"light": 0.1, "dark": 0.16}
FILL: dict[Scheme, tuple[str, float]] = {"light": ("#ffffff", 0.8), "dark": ("#000000", 0.68)}
STEPS = 200
_HEX = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True)
class Shades:
    """The tokens of one scheme that follow the accent, as #rrggbb."""

    accent: str
    fill: str
    soft: str
    on_accent: str
    contrast: float
    """Of the colour as it was chosen, on the hardest ground."""

    def tokens(self) -> dict[str, str]:
        """By the names that the pages use."""
        return {
            "accent": self.accent,
            "accent-fill": self.fill,
            "accent-soft": self.soft,
            "on-accent": self.on_accent,
            "focus": self.accent,
        }


def accent_of(text: str) -> str:
    """A colour as #rrggbb in small letters. Raises AccentUnfit."""
    colour = text.strip().lower()
    if _HEX.fullmatch(colour) is None:
        raise AccentUnfit(
            f"The accent is {text[:40]!r}, which is no colour.", hint="Write it as #2a6cb5."
        )
    return colour


def shades_of(accent: str, scheme: Scheme) -> Shades:
    """The shades of an accent in a scheme: the colour itself where it can be read there."""
    chosen = _rgb(accent)
    hue, lightness, saturation = colorsys.rgb_to_hls(*chosen)
    end = 0.0 if scheme == "light" else 1.0
    for step in range(STEPS + 1):
        moved = lightness + (end - lightness) * step / STEPS
        shown = chosen if step == 0 else _as_shown(colorsys.hls_to_rgb(hue, moved, saturation))
        soft = _as_shown(_mixed(shown, _rgb(SURFACES[scheme]), SOFT[scheme]))
        if min(_contrast(shown, _rgb(HARDEST[scheme])), _contrast(shown, soft)) >= NEEDED:
            break
    other, share = FILL[scheme]
    return Shades(
        accent=_hex(shown),
        fill=_hex(_mixed(shown, _rgb(other), share)),
        soft=_hex(soft),
        on_accent=ON_ACCENT[scheme],
        contrast=contrast(accent, HARDEST[scheme]),
    )


def contrast(a: str, b: str) -> float:
    """Contrast of two colours, from 1 to 21."""
    return _contrast(_rgb(a), _rgb(b))


def _contrast(a: Rgb, b: Rgb) -> float:
    dark, light = sorted((_luminance(a), _luminance(b)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Rgb) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mixed(colour: Rgb, other: Rgb, share: float) -> Rgb:
    red, green, blue = (a * share + b * (1 - share) for a, b in zip(colour, other, strict=True))
    return red, green, blue


def _as_shown(colour: Rgb) -> Rgb:
    """In steps of 1/255, which may be what the contrast lacks."""
    return _rgb(_hex(colour))


def _rgb(colour: str) -> Rgb:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _hex(colour: Rgb) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)
