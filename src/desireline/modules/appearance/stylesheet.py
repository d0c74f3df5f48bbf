"""The look as a stylesheet: the tokens that follow the accent, over those of the product."""

from __future__ import annotations

from typing import get_args

from desireline.modules.appearance.colours import Scheme, shades_of


def stylesheet_of(accent: str) -> str:
    """CSS for the pages; empty where nothing was chosen.

    The root is named twice, so that it outweighs what the pages set themselves.
    """
    if not accent:
        return ""
    rules = []
    for scheme in get_args(Scheme):
        tokens = shades_of(accent, scheme).tokens()
        said = "".join(f"--dl-{name}:{colour};" for name, colour in tokens.items())
        rules.append(f':root:root[data-mantine-color-scheme="{scheme}"]{{{said}}}\n')
    return "".join(rules)
