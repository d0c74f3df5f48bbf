"""SVG from outside, written anew from what is known to be harmless; all else is left out."""

from __future__ import annotations

import re
from collections import Counter
from xml.etree import ElementTree as ET

from desireline.modules.appearance.errors import PictureUnfit

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
MOST_DEEP = 50
_ELEMENTS = (
    "svg g defs symbol use path circle rect ellipse line polyline polygon text tspan title desc"
    " linearGradient radialGradient stop clipPath mask pattern"
)
_LOOKS = (
    "fill fill-opacity fill-rule stroke stroke-width stroke-linecap stroke-linejoin stroke-opacity"
    " stroke-dasharray stroke-dashoffset stroke-miterlimit opacity color stop-color stop-opacity"
    " clip-path clip-rule mask display visibility font-family font-size font-style font-weight"
    " letter-spacing text-anchor dominant-baseline vector-effect paint-order"
)
_OTHERS = (
    "id x y x1 y1 x2 y2 dx dy cx cy r rx ry fx fy d points width height viewBox transform offset"
    " preserveAspectRatio gradientUnits gradientTransform spreadMethod clipPathUnits maskUnits"
    " maskContentUnits patternUnits patternContentUnits patternTransform version role"
)
ELEMENTS = frozenset(_ELEMENTS.split())
LOOKS = frozenset(_LOOKS.split())
"""What may stand in an attribute as well as in a style."""
ATTRIBUTES = LOOKS | frozenset(_OTHERS.split())
_HARMLESS = re.compile(r"[^<>\\;{}@]*")
_REFERENCES = re.compile(r"url\(\s*['\"]?#[\w.:-]+['\"]?\s*\)")
_OWN = re.compile(r"#[\w.:-]+")


def written_anew(text: str) -> tuple[str, list[str]]:
    """The picture with its shapes, colours and gradients; and the names of what was left out.

    Scripts, styles, events, links, pictures and whatever comes from elsewhere have no name in the
    lists above, so they never come through. Raises PictureUnfit.
    """
    lowered = text.lower()
    if "<!doctype" in lowered or "<!entity" in lowered:
        raise _unfit("it declares a document type", "Save it as plain SVG, without DOCTYPE.")
    try:
        found = ET.fromstring(text)  # noqa: S314 - without a document type there are no entities
    except ET.ParseError as error:
        raise _unfit(f"it is no XML ({error})", "Save it anew as plain SVG.") from None
    if found.tag != f"{{{SVG}}}svg":
        raise _unfit("its outermost element is no svg", "Save it anew as plain SVG.")
    left_out: Counter[str] = Counter()
    clean = _cleaned(found, left_out, MOST_DEEP)
    ET.register_namespace("", SVG)
    return ET.tostring(clean, encoding="unicode"), sorted(left_out)


def _cleaned(one: ET.Element, left_out: Counter[str], room: int) -> ET.Element:
    if room == 0:
        raise _unfit("its elements lie too deep in one another", "Save it anew as plain SVG.")
    clean = ET.Element(one.tag, _attributes(one, left_out))
    clean.text, clean.tail = one.text, one.tail
    for part in one:
        name = _local(part.tag)
        if isinstance(part.tag, str) and part.tag == f"{{{SVG}}}{name}" and name in ELEMENTS:
            clean.append(_cleaned(part, left_out, room - 1))
        else:
            left_out[name] += 1
    return clean


def _attributes(one: ET.Element, left_out: Counter[str]) -> dict[str, str]:
    kept: dict[str, str] = {}
    for name, value in one.attrib.items():
        if name == "style":
            kept |= _styled(value, left_out)
        elif name in ("href", f"{{{XLINK}}}href") and _OWN.fullmatch(value.strip()):
            kept["href"] = value.strip()
        elif name in ATTRIBUTES and _is_harmless(value):
            kept.setdefault(name, value)
        else:
            left_out[_local(name)] += 1
    return kept


def _styled(style: str, left_out: Counter[str]) -> dict[str, str]:
    """The declarations of a style as attributes."""
    kept: dict[str, str] = {}
    for declaration in filter(str.strip, style.split(";")):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        if name in LOOKS and _is_harmless(value):
            kept[name] = value
        else:
            left_out[name[:40]] += 1
    return kept


def _is_harmless(value: str) -> bool:
    """Whether it reaches for nothing outside the picture."""
    rest = _REFERENCES.sub("", value).lower()
    return _HARMLESS.fullmatch(rest) is not None and "url" not in rest and "script:" not in rest


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2][:40] if isinstance(tag, str) else "comment"


def _unfit(why: str, hint: str) -> PictureUnfit:
    return PictureUnfit(f"The SVG cannot be taken: {why}.", hint=hint)
