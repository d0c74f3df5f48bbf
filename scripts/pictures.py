"""Takes the pictures of the docs from real pages: the simulated shop, and four public logs.

    python scripts/pictures.py [FOLDER WITH THE PUBLIC LOGS]

Needs Debian's chromium. Writes docs/images/*.png; without the folder, only those of the shop.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

import desireline as dl

IMAGES = Path(__file__).parent.parent / "docs" / "images"
CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
LOGS = {
    "bpic2012": ("Loan applications (BPIC 2012)", "event_index"),
    "sepsis": ("Sepsis patients", "event_order"),
    "traffic_fines_sample": ("Traffic fines", "event_order"),
    "receipt_coselog": ("Permit applications, receipt phase", "event_index"),
}


@dataclass(frozen=True)
class Shot:
    """A picture: of which view, how large, in which colours; `whole` for the whole page."""

    name: str
    view: str = ""
    width: int = 1280
    height: int = 820
    scheme: str = "light"


SHOP = (
    Shot("map"),
    Shot("map-dark", scheme="dark"),
    Shot("map-narrow", width=400, height=860),
    Shot("map-narrow-dark", width=400, height=860, scheme="dark"),
    Shot("flow", view="#view=flow"),
    Shot("funnel", view="#view=funnel"),
    Shot("journeys", view="#view=journeys"),
    Shot("panel", view="#open=cart_product_added"),
)


def take(browser: Browser, page_file: Path, shot: Shot) -> None:
    """One picture of a page on disk."""
    size = {"width": shot.width, "height": shot.height}
    scheme = "dark" if shot.scheme == "dark" else "light"
    context = browser.new_context(
        viewport=size, color_scheme=scheme, reduced_motion="reduce", locale="en-GB"
    )
    page = context.new_page()
    page.goto(f"file://{page_file}{shot.view}")
    page.wait_for_timeout(1500)
    page.screenshot(path=IMAGES / f"{shot.name}.png")
    context.close()


def page_of(journeys: dl.Journeys, name: str, folder: Path) -> Path:
    """The page of some journeys' draft map."""
    living = journeys.bind(journeys.discover(name=name).journey_map)
    return dl.write_page(living.to_dict(), folder)[0].resolve()


def main(logs: Path | None) -> None:
    """All pictures."""
    IMAGES.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        shop = page_of(dl.simulate(), "Cat-fountain shop", Path(folder))
        for shot in SHOP:
            take(browser, shop, shot)
        for log, (name, order) in LOGS.items() if logs else ():
            journeys = dl.read_events(logs / log / "events.parquet", order=order)
            take(browser, page_of(journeys, name, Path(folder)), Shot(log, height=620, width=1600))
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
