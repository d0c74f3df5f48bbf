"""The whole way through the application: in each of its languages, and by the keyboard alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.server.processes import Running, until
from tests.web.browsing import IN_A_BROWSER, ROOT, WIDE, Seen
from tests.web.drafts import SAVED, draft_of
from tests.web.owned import OWNER, PASSWORD, owned

pytestmark = IN_A_BROWSER
LOCALES = {"en": "en-GB", "pl": "pl-PL", "ru": "ru-RU", "ro": "ro-RO"}
Words = dict[str, dict[str, str]]
SEEN = """() => [document.body.innerText, ...[...document.querySelectorAll(
    "[aria-label], [data-tip], [placeholder], [title]")].flatMap(e => ["aria-label", "data-tip",
    "placeholder", "title"].map(name => e.getAttribute(name) ?? ""))].join("\\n")"""
"""All that a reader reads or hears of a page."""
HERE = """() => {
    const e = document.activeElement;
    if (e === document.body) return "";
    return [e.getAttribute("aria-label"), e.labels?.[0]?.innerText, e.title, e.dataset.cell,
        e.innerText].filter(Boolean).join(" | ");
}"""
"""What the keyboard stands on."""
STOPS = 80
PATIENCE_MS = 60_000


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with owned(tmp_path_factory.mktemp("whole") / "w") as found:
        yield found


@cache
def _words(language: str) -> Words:
    """Everything the application says in a language, by room."""
    files = [p for p in (ROOT / "web/src").rglob(f"words/{language}.json") if _is_page(p)]
    return {room: said for file in files for room, said in json.loads(file.read_text()).items()}


def _is_page(file: Path) -> bool:
    return "api" not in file.relative_to(ROOT / "web/src").parts


@cache
def _english_only(language: str) -> tuple[str, ...]:
    """Sentences of which a page in another language has none."""
    here = _words(language)
    return tuple(
        text
        for room, said in _words("en").items()
        for key, text in said.items()
        if len(text) > 20 and "{{" not in text and here[room].get(key, text) != text
    )


def _speaks(page: Page, language: str) -> None:
    """It says no key, and nothing in English that is to be said otherwise."""
    assert page.evaluate("document.documentElement.lang") == language
    read = page.evaluate(SEEN)
    keys = [
        found[0]
        for found in re.finditer(r"\b([a-z_]+)\.([a-z_]{2,})\b", read)
        if found[2] in _words(language).get(found[1], {})
    ]
    assert keys == []
    if language != "en":
        assert [text for text in _english_only(language) if text in read] == []


@pytest.mark.parametrize("language", LOCALES)
def test_it_is_walked_in_each_language(browser: Browser, shop: Running, language: str) -> None:
    said = _words(language)
    context = browser.new_context(
        viewport={"width": WIDE, "height": 860}, locale=LOCALES[language], reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE_MS)
    seen = Seen(context.new_page())
    seen.watch()
    page = seen.page
    page.goto(f"{shop.address}/sign-in?to=/start")
    page.get_by_label(said["session"]["email"]).fill(OWNER)
    _speaks(page, language)
    page.locator("[autocomplete=current-password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("main h2")
    _speaks(page, language)
    page.goto(f"{shop.address}/maps/plan")
    page.wait_for_selector("[data-live='live']")
    _speaks(page, language)
    page.get_by_role("link", name=said["maps"]["open_editor_key"]).click()
    page.wait_for_selector(SAVED)
    page.wait_for_selector("[data-cell='reach:cart'] [data-fresh]:has-text('50')")
    _speaks(page, language)
    page.get_by_role("link", name=said["shell"]["explore"], exact=True).click()
    page.wait_for_selector("[role=status] p")
    _speaks(page, language)
    page.goto(f"{shop.address}/maps/plan/desire-lines")
    page.wait_for_selector("[role=status]")
    _speaks(page, language)
    assert [one for one in seen.complaints if "401" not in one] == []
    context.close()


def _tab_to(page: Page, words: str) -> None:
    """Goes on by the key for it until the keyboard stands on what these words name."""
    stood = []
    for _ in range(STOPS):
        stood.append(page.evaluate(HERE))
        if words in stood[-1]:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{words!r} is not reached: {stood}")


def _press(page: Page, words: str) -> None:
    _tab_to(page, words)
    page.keyboard.press("Enter")


def test_all_is_done_without_a_mouse(browser: Browser, shop: Running) -> None:
    context = browser.new_context(
        viewport={"width": WIDE, "height": 860}, locale="en-GB", reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    keys = page.keyboard
    page.goto(f"{shop.address}/maps")
    page.wait_for_selector("input[type=email]:focus")
    keys.type(OWNER)
    _tab_to(page, "Password")
    keys.type(PASSWORD)
    keys.press("Enter")
    page.wait_for_selector("h1:has-text('Maps')")
    _press(page, "New map")
    page.wait_for_selector("h1:has-text('New map')")
    _press(page, "From nothing")
    page.wait_for_url("**from=nothing")
    _tab_to(page, "Name")
    keys.type("Fountain")
    keys.press("Enter")
    page.wait_for_selector(SAVED)
    _edited(page)
    until(lambda: draft_of(shop, "fountain")["lanes"][0]["cells"]["looks"]["text"] == "Is it loud?")
    _press(page, "Publish")
    page.wait_for_selector("[role=dialog] textarea:focus")
    keys.type("First")
    _press(page, "Publish as version 1")
    page.wait_for_selector("text=Version 1 is published.")
    page.wait_for_selector("[role=dialog]", state="detached")
    keys.press("g")
    keys.press("e")
    page.wait_for_selector("[role=status] p")
    _press(page, "page_viewed → cart_filled")
    page.wait_for_selector("[role=dialog] li a")
    _press(page, "Person 2")
    page.wait_for_url("**/people/*")
    page.wait_for_selector("h2:has-text('Timeline')")
    context.close()


def _edited(page: Page) -> None:
    """Adds a touchpoint and a lane, and writes where they meet."""
    keys = page.keyboard
    _tab_to(page, "touchpoint:")
    keys.press("n")
    keys.type("Looks")
    keys.press("Enter")
    page.wait_for_selector("[data-cell='touchpoint:looks']:focus")
    _press(page, "Add a lane")
    page.wait_for_selector("[role=menu]")
    keys.press("ArrowDown")
    keys.press("Enter")
    page.wait_for_selector("[data-cell^='lane-'][data-cell$=':']:focus")
    head = page.locator("[data-cell='touchpoint:looks']")
    for _ in range(int(head.get_attribute("aria-colindex") or 2) - 1):
        keys.press("ArrowRight")
    page.wait_for_selector("[data-cell^='lane-'][data-cell$=':looks']:focus")
    keys.press("Enter")
    keys.type("Is it loud?")
    keys.press("Enter")
    page.wait_for_selector(SAVED)
