"""Ways in, in a browser: passkeys, second factors, invitations, sessions, keys, OpenID Connect.

Passkeys are made by Chromium's own virtual authenticator, at http://localhost.
"""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pyotp
import pytest
from playwright.sync_api import Browser, Page
from tests.server.processes import ready, running, until
from tests.web.browsing import IN_A_BROWSER, NARROW
from tests.web.owned import PASSWORD, joined, printed_token
from tests.web.test_live import visited

pytestmark = IN_A_BROWSER
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
PEOPLE = (
    {"sub": "o-1", "email": "olga@shop.example", "email_verified": True, "name": "Olga"},
    {"sub": "e-2", "email": "eve@elsewhere.example", "email_verified": True, "name": "Eve"},
)


@dataclass
class Shop:
    """A server by its name, whose owner is Olga, and a client that is hers."""

    address: str
    owner: httpx.Client

    def colleague(self, name: str) -> str:
        """The address of somebody who has joined with the usual password."""
        joined(self.owner, name)
        return f"{name.lower()}@shop.example"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    for person in PEOPLE:
        command += ["--user-claims", json.dumps(person)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        until(lambda: _answers(address))
        yield address
    finally:
        process.kill()
        process.wait()


def _answers(address: str) -> bool:
    try:
        url = f"{address}/.well-known/openid-configuration"
        return httpx.get(url, trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    folder = tmp_path_factory.mktemp("access") / "w"
    with running(folder, DESIRELINE_EGRESS_ALLOW="127.0.0.0/8") as server:
        ready(server.client)
        address = server.address.replace("127.0.0.1", "localhost")
        with httpx.Client(base_url=address, timeout=60, trust_env=False) as owner:
            told = {"token": printed_token(server), "name": "Olga", "email": "olga@shop.example"}
            owner.post("/v1/first-owner", json=told | {"password": PASSWORD}).raise_for_status()
            owner.post("/v1/departments", json={"name": "Sales"}).raise_for_status()
            yield Shop(address, owner)


def signed_in(page: Page, email: str, code: str = "") -> None:
    """Signs in by password, and by a code where one is asked for."""
    page.get_by_label("E-mail").fill(email)
    page.locator("[autocomplete=current-password]").first.fill(PASSWORD)
    page.keyboard.press("Enter")
    if code:
        page.get_by_label("Code").fill(code)
        page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Settings')")


def signed_out(page: Page) -> None:
    """Leaves, and stands before the door to the settings."""
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in**")
    page.goto(page.url.split("/sign-in")[0] + "/sign-in?to=/settings")


def block(page: Page, heading: str) -> str:
    """The selector of a part of the settings."""
    return f"section:has(h2:text-is('{heading}'))"


class TestPasskeys:
    def test_one_is_made_signs_in_and_goes(self, browser: Browser, shop: Shop) -> None:
        email = shop.colleague("Paula")
        with visited(browser, f"{shop.address}/sign-in?to=/settings") as seen:
            page = seen.page
            devtools = page.context.new_cdp_session(page)
            devtools.send("WebAuthn.enable")
            devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
            signed_in(page, email)
            page.get_by_label("Name of the device").fill("Laptop")
            page.get_by_role("button", name="Make a passkey").click()
            page.wait_for_selector(f"{block(page, 'Passkeys')} li:has-text('Laptop')")
            assert seen.violations() == []
            signed_out(page)
            page.get_by_role("button", name="Sign in with a passkey").click()
            page.wait_for_selector("h1:has-text('Settings')")
            row = page.locator(f"{block(page, 'Passkeys')} li")
            row.get_by_text("last used").wait_for()
            row.get_by_role("button", name="Delete").click()
            row.wait_for(state="detached")
            signed_out(page)
            page.get_by_role("button", name="Sign in with a passkey").click()
            page.wait_for_selector("[role=alert]")
            assert [said for said in seen.complaints if "status of 40" not in said] == []


class TestSecondFactor:
    def test_codes_of_a_phone_and_of_recovery_let_in_once(
        self, browser: Browser, shop: Shop
    ) -> None:
        email = shop.colleague("Tom")
        with visited(browser, f"{shop.address}/sign-in?to=/settings") as seen:
            page = seen.page
            signed_in(page, email)
            part = block(page, "Second factor")
            page.locator(part).get_by_role("button", name="Set it up").click()
            secret = page.inner_text(f"{part} code")
            page.locator(part).get_by_label("Code").fill(pyotp.TOTP(secret).now())
            page.locator(part).get_by_role("button", name="Confirm").click()
            page.wait_for_selector(f"{part} li code")
            recovery = page.locator(f"{part} li code").all_inner_texts()
            assert len(set(recovery)) == 10
            assert seen.violations() == []
            signed_out(page)
            signed_in(page, email, recovery[0])
            signed_out(page)
            page.get_by_label("E-mail").fill(email)
            page.locator("[autocomplete=current-password]").first.fill(PASSWORD)
            page.keyboard.press("Enter")
            page.get_by_label("Code").fill(recovery[0])
            page.keyboard.press("Enter")
            page.wait_for_selector("[role=alert]")
            page.get_by_label("Code").fill(recovery[1])
            page.keyboard.press("Enter")
            page.wait_for_selector("h1:has-text('Settings')")


class TestTeam:
    def test_somebody_is_invited_into_a_department_and_joins(
        self, browser: Browser, shop: Shop
    ) -> None:
        with visited(browser, f"{shop.address}/sign-in?to=/settings") as seen:
            page = seen.page
            signed_in(page, "olga@shop.example")
            page.goto(f"{shop.address}/settings/team")
            part = page.locator(block(page, "Invitations"))
            part.get_by_label("E-mail").fill("ivan@shop.example")
            part.get_by_label("Role").select_option("sales")
            part.get_by_role("combobox", name="Departments").click()
            page.get_by_role("listbox").get_by_role("option", name="Sales").click()
            page.keyboard.press("Escape")
            part.get_by_role("button", name="Make an invitation").click()
            link = page.inner_text("[role=status] code")
            assert seen.violations() == []
        with visited(browser, link, width=NARROW, scheme="dark") as seen:
            page = seen.page
            page.get_by_label("Your name").fill("Ivan")
            page.locator("[autocomplete=new-password]").fill(PASSWORD)
            assert seen.violations() == []
            page.keyboard.press("Enter")
            page.wait_for_selector("text=Your journey map begins")
        members = shop.owner.get("/v1/members").json()["members"]
        ivan = next(one for one in members if one["name"] == "Ivan")
        assert (ivan["role"], [one["name"] for one in ivan["departments"]]) == ("sales", ["Sales"])

    def test_sessions_are_seen_and_ended(self, browser: Browser, shop: Shop) -> None:
        email = shop.colleague("Sara")
        door = f"{shop.address}/sign-in?to=/settings"
        with visited(browser, door) as here, visited(browser, door) as there:
            signed_in(here.page, email)
            signed_in(there.page, email)
            here.page.reload()
            rows = here.page.locator(f"{block(here.page, 'Where you are signed in')} li")
            rows.filter(has_text="this browser").wait_for()
            others = rows.filter(has_not_text="this browser")
            while others.count():
                before = others.count()
                others.first.get_by_role("button", name="End").click()
                until(lambda before=before: others.count() < before)
            there.page.goto(f"{shop.address}/settings")
            there.page.wait_for_url("**/sign-in**")
            here.page.reload()
            here.page.wait_for_selector("h1:has-text('Settings')")

    def test_a_key_is_shown_once_and_opens_what_it_says(self, browser: Browser, shop: Shop) -> None:
        with visited(browser, f"{shop.address}/sign-in?to=/settings") as seen:
            page = seen.page
            signed_in(page, "olga@shop.example")
            page.goto(f"{shop.address}/settings/keys")
            page.get_by_label("What is it for?").fill("Reports")
            page.get_by_role("button", name="Make the key").click()
            key = page.inner_text("[role=status] code")
            assert seen.violations() == []
            page.reload()
            page.wait_for_selector("li:has-text('Reports')")
            assert key not in page.content()
            bearer = {"authorization": f"Bearer {key}"}
            maps = httpx.get(f"{shop.address}/v1/maps", headers=bearer, trust_env=False)
            people = httpx.get(f"{shop.address}/v1/persons", headers=bearer, trust_env=False)
            assert (maps.status_code, people.status_code) == (200, 403)
            page.locator("li:has-text('Reports')").get_by_role("button", name="Delete").click()
            page.locator("li:has-text('Reports')").wait_for(state="detached")
        gone = httpx.get(f"{shop.address}/v1/maps", headers=bearer, trust_env=False)
        assert gone.status_code == 401


class TestProvider:
    def test_an_account_elsewhere_lets_members_in_and_others_not(
        self, browser: Browser, shop: Shop, issuer: str
    ) -> None:
        provider = {"name": "acme", "label": "Acme", "issuer": issuer}
        provider |= {"client_id": "desireline", "client_secret": "very secret"}
        shop.owner.post("/v1/oidc-providers", json=provider).raise_for_status()
        with visited(browser, f"{shop.address}/sign-in", free=False) as seen:
            page = seen.page
            _through_acme(page, "e-2")
            page.wait_for_url("**/sign-in?problem=account_unknown")
            page.wait_for_selector("[role=alert]:has-text('you are no member here')")
            _through_acme(page, "o-1")
            page.wait_for_selector("text=Your journey map begins")
            assert page.evaluate("fetch('/v1/session').then((it) => it.status)") == 200


def _through_acme(page: Page, person: str) -> None:
    """Goes to the provider and says yes there as somebody."""
    page.get_by_role("link", name="Sign in with Acme").click()
    page.wait_for_url(re.compile(r"127\.0\.0\.1.*/oauth2/authorize"))
    page.fill("input[name=sub]", person)
    page.locator("input[name=sub]").press("Enter")
