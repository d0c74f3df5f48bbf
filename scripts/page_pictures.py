"""Takes a picture of every page in both widths and colours, and writes docs/pages.md with them.

    python scripts/page_pictures.py [NAME ...]

Needs Debian's chromium and the built application. Writes docs/images/pages/*.webp of the sample
shop (all, or those of the pages that are named), and docs/pages.md.
"""

from __future__ import annotations

import base64
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent.parent))

from pictures import CHROMIUM, FLAGS, tell_of_ann
from playwright.sync_api import Browser, Page, sync_playwright
from tests.web.every_page import PLACES, Place, Shop, furnished_shop

ROOT = Path(__file__).parent.parent
FILE = ROOT / "docs" / "pages.md"
IMAGES = ROOT / "docs" / "images" / "pages"
PATIENCE_MS = 60_000
SETTLE_MS = 1_200
QUALITY = 62
"""Of WebP: text stays sharp, and a page takes some 30 kB."""
HEAD = """# Pages

Written by `python scripts/page_pictures.py`, which takes the pictures of the simulated shop. Each
page is shown at 1280 and 400 pixels, in the light and the dark colours. A test fails when the
router knows a page that is not here.

"""


@dataclass(frozen=True)
class Look:
    """A width of the window, and its colours."""

    suffix: str
    width: int
    height: int
    scheme: str


LOOKS = (
    Look("", 1280, 800, "light"),
    Look("-dark", 1280, 800, "dark"),
    Look("-narrow", 400, 800, "light"),
    Look("-narrow-dark", 400, 800, "dark"),
)


def told() -> str:
    """The text of docs/pages.md."""
    return HEAD + "\n".join(map(_told, PLACES))


def _told(place: Place) -> str:
    title = place.name.replace("-", " ").capitalize()
    images = [f"![{title}, {_words(look)}]({_source(place, look)})" for look in LOOKS]
    return "\n\n".join((f"## {title}", f"`{place.route}`: {place.says}", "\n".join(images))) + "\n"


def _words(look: Look) -> str:
    return f"{look.width} pixels, {look.scheme}"


def _source(place: Place, look: Look) -> str:
    return f"images/pages/{place.name}{look.suffix}.webp"


def take_pages(browser: Browser, shop: Shop, places: Sequence[Place]) -> None:
    """All pictures of these pages."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    address = shop.server.address
    for look in LOOKS:
        for is_open in (True, False):
            context = browser.new_context(
                viewport={"width": look.width, "height": look.height},
                color_scheme="dark" if look.scheme == "dark" else "light",
                reduced_motion="reduce",
                locale="en-GB",
            )
            if not is_open:
                named = {"name": "desireline_session", "value": shop.session}
                context.add_cookies([{**named, "url": address}])
            for place in (place for place in places if place.is_open == is_open):
                page = context.new_page()
                page.goto(address + place.filled(shop.where))
                _keep(page, place, IMAGES / f"{place.name}{look.suffix}.webp")
                page.close()
            context.close()


def _keep(page: Page, place: Place, file: Path) -> None:
    """Once the page shows what it is for. Playwright writes no WebP; the browser does."""
    page.wait_for_selector(place.shows, timeout=PATIENCE_MS)
    page.wait_for_timeout(SETTLE_MS)
    asked = {"format": "webp", "quality": QUALITY}
    taken = page.context.new_cdp_session(page).send("Page.captureScreenshot", asked)
    file.write_bytes(base64.b64decode(taken["data"]))


def main(names: Sequence[str]) -> None:
    """Writes the pictures and the page."""
    places = [place for place in PLACES if not names or place.name in names]
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with furnished_shop(Path(folder) / "w", tell_of_ann) as shop:
            take_pages(browser, shop, places)
        browser.close()
    FILE.write_text(told(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
